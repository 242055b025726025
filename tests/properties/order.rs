//! The order in which things are made or said does not matter.

use std::cell::Cell;

use access_engine::Engine;
use access_engine::model::*;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::runner::config;
use super::world::{PEOPLE, START, Sent, Story, beginning, stories};

/// A company with one policy of these steps, and a request by `dev`.
fn asked_under(steps: &serde_json::Value) -> Option<(Engine, RequestId, String)> {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    let person = |id: &str| json!({ "type": "user", "id": id, "name": id });
    let at = Timestamp::from_millis(START).unwrap();
    let mut run = |actor: Actor, command: serde_json::Value| {
        engine.run(&actor, &Command::from_json(&command.to_string()).unwrap(), at)
    };
    let people: Vec<_> = PEOPLE.iter().map(|id| person(id)).collect();
    run(Actor::Host, json!({ "createProject": { "project": "acme", "administrators": people } })).unwrap();
    let ada = || Actor::Subject(SubjectId::try_from("ada").unwrap());
    let terms = json!({ "name": "One", "targets": { "paths": ["/**"] }, "actions": "all", "steps": steps });
    run(ada(), json!({ "createPolicy": terms })).ok()?;
    let dev = Actor::Subject(SubjectId::try_from("dev").unwrap());
    let draft = json!({ "target": { "path": "/app" }, "actions": ["read"], "duration": 600 });
    let receipt = run(dev, json!({ "requestAccess": draft })).ok()?;
    let made = receipt.events.iter().find_map(|event| match event {
        AccessEvent::RequestMade(event) => Some(event.content_hash.clone()),
        _ => None,
    });
    Some((engine, receipt.request_id?, made?))
}

/// Whom a quorum names, and how many of them it needs.
type Named = (Vec<&'static str>, serde_json::Value);

#[test]
fn the_order_of_reviews_within_a_step_does_not_matter() {
    let approvers = proptest::sample::subsequence(PEOPLE.to_vec(), 1..=5);
    let quorum = (approvers, prop_oneof![4 => Just(json!(1)), 2 => Just(json!(2)), 1 => Just(json!("all"))]);
    let reviewers = proptest::sample::subsequence(PEOPLE.to_vec(), 0..=8).prop_shuffle();
    let strategy = (proptest::collection::vec(quorum, 1..=3), reviewers, any::<[Index; 8]>());
    let decided = Cell::new(0_u32);
    let run = |(quorums, reviewers, swaps): (Vec<Named>, Vec<&'static str>, [Index; 8])| {
        let quorums: Vec<_> = quorums
            .into_iter()
            .map(|(people, required)| {
                let approvers: Vec<_> =
                    people.iter().map(|id| json!({ "type": "subject", "id": id })).collect();
                json!({ "approvers": approvers, "required": required })
            })
            .collect();
        let Some((engine, id, hash)) = asked_under(&json!([{ "quorums": quorums }])) else { return Ok(()) };
        let is_approved = |order: &[&'static str]| {
            let mut engine = engine.clone();
            for reviewer in order {
                let actor = Actor::Subject(SubjectId::try_from(*reviewer).unwrap());
                let review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
                let command = Command::from_json(&json!({ "reviewRequest": review }).to_string()).unwrap();
                let _ = engine.run(&actor, &command, Timestamp::from_millis(START).unwrap());
            }
            !engine.state().request(&id).unwrap().is_pending()
        };
        let mut swapped = reviewers.clone();
        for (at, swap) in swaps.iter().enumerate().take(reviewers.len()) {
            swapped.swap(at, swap.index(reviewers.len()));
        }
        decided.set(decided.get() + u32::from(is_approved(&reviewers)));
        prop_assert_eq!(is_approved(&reviewers), is_approved(&swapped), "{:?} or {:?}", reviewers, swapped);
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(decided.get() >= 50, "only {} requests were approved", decided.get());
}

#[test]
fn the_order_of_policies_groups_and_actions_does_not_matter() {
    let strategy = (stories(), any::<[Index; 3]>(), any::<bool>());
    let run = |(story, order, is_reversed): (Story, [Index; 3], bool)| {
        let made = |sent: Vec<Sent>| {
            let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
            for sent in sent {
                let _ = engine.run(&sent.actor, &sent.command, sent.at);
            }
            engine
        };
        let one = beginning(&story);
        let mut other = beginning(&story);
        for (at, swap) in order.iter().enumerate() {
            other.swap(2 + at, 2 + swap.index(3));
        }
        if let Command::SyncDirectory(sync) = &mut other[1].command
            && is_reversed
        {
            sync.changes[PEOPLE.len() - 1..].reverse();
        }
        let (one, other) = (made(one), made(other));
        for person in ["dev", "sam", "bea"] {
            for path in ["/app/db", "/app/**", "/orders", "/**", "/*/db"] {
                for actions in [["read", "write"], ["write", "read"]] {
                    let draft = json!({
                        "target": { "environment": "production", "path": path }, "actions": actions, "duration": 600,
                    });
                    let draft: RequestDraft = serde_json::from_value(draft).unwrap();
                    let actor = Actor::Subject(SubjectId::try_from(person).unwrap());
                    let at = Timestamp::from_millis(START).unwrap();
                    let said = |engine: &Engine| said(engine, &actor, &draft, at);
                    prop_assert_eq!(said(&one), said(&other), "{} {:?}", person, draft);
                }
            }
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}

/// A preview without what the order gives names to: policies are told by their targets.
fn said(engine: &Engine, actor: &Actor, draft: &RequestDraft, at: Timestamp) -> String {
    let preview = engine.preview(actor, draft, at).unwrap();
    let targets = |id: &PolicyId| format!("{:?}", engine.state().live_policy(id).unwrap().terms.targets);
    let mut exclusions: Vec<_> = preview
        .exclusions
        .iter()
        .map(|part| (targets(&part.policy_id), part.path.clone(), part.actions.clone()))
        .collect();
    let mut rivals: Vec<_> =
        preview.rivals.iter().map(|rival| (targets(&rival.policy.id), rival.because)).collect();
    exclusions.sort();
    rivals.sort_by(|one, other| one.0.cmp(&other.0));
    let refusal = preview.request.refusal.map(|refused| refused.code);
    let policy = preview.policy.map(|policy| targets(&policy.id));
    format!("{refusal:?} {policy:?} {:?} {exclusions:?} {rivals:?}", preview.steps)
}
