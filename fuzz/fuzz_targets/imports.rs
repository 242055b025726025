//! The answer of a foreign API, as JSON text: what the report says of it is what becomes of it.
#![no_main]

use std::cell::OnceCell;

use access_engine::Project;
use access_engine::commands::Command;
use access_engine::import::{ImportChangeCode, ImportReport};
use access_engine::limits;
use access_engine::policies::PolicyTerms;
use access_engine::refusal::Refusal;
use access_engine_fuzz::{Story, actor, mutate_json, replayed};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::json;

thread_local! {
    static COMPANY: OnceCell<Story> = const { OnceCell::new() };
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate_json(data, size, max_size, seed)
});

fuzz_target!(|data: &[u8]| {
    let Ok(answer) = std::str::from_utf8(data) else { return };
    let mut story = COMPANY.with(|company| company.get_or_init(Story::of_the_company).clone());
    let Ok(report) = import(&story, "ada", answer) else { return };
    assert_eq!(import(&story, "host", answer), Ok(report.clone()), "the host is told otherwise");
    assert_eq!(import(&story, "dev", answer).map_err(|refusal| refusal.code()), Err("not_administrator"));
    for policy in &report.policies {
        let is_deleted = policy.changes.iter().any(|change| change.code == ImportChangeCode::Deleted);
        let outcomes = [policy.terms.is_some(), policy.refusal.is_some(), is_deleted];
        assert_eq!(outcomes.iter().filter(|outcome| **outcome).count(), 1, "{policy:?}");
    }
    if !make(&mut story, &report) {
        return;
    }
    replayed(&story.engine);
    let again = import(&story, "ada", answer).expect("it was read before");
    assert!(again.policies.iter().all(|policy| policy.terms.is_none()), "made twice: {again:?}");
});

fn import(story: &Story, viewer: &str, answer: &str) -> Result<ImportReport, Refusal> {
    let viewer = actor(viewer).expect("an actor");
    story.engine.import_policies(&viewer, answer, story.now)
}

/// Makes the policies of the report, which must be accepted; whether the commands were short enough to be sent.
fn make(story: &mut Story, report: &ImportReport) -> bool {
    let terms: Vec<&PolicyTerms> =
        report.policies.iter().filter_map(|policy| policy.terms.as_ref()).collect();
    for some in terms.chunks(limits::POLICIES_AT_ONCE) {
        let command = json!({"createPolicies": {"policies": some}}).to_string();
        if command.len() > limits::COMMAND_BYTES {
            return false;
        }
        assert!(Command::from_json(&command).is_ok(), "{command}");
        let made = story.tell(&format!("ada {command}"));
        assert!(matches!(made, Some(Ok(_))), "{made:?}: {command}");
    }
    let exported = exported(&story.engine);
    assert!(terms.iter().all(|terms| exported.contains(terms)), "what was made is not exported");
    true
}

fn exported(engine: &Project) -> Vec<PolicyTerms> {
    let host = actor("host").expect("an actor");
    engine.export_policies(&host).expect("the host may export").policies
}
