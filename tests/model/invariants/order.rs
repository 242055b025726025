//! The order in which things are made or said does not matter.

use std::cell::Cell;

use access_engine::Engine;
use access_engine::model::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::runner::config;
use super::stories::{PEOPLE, START, Sent, Story, beginning, stories};

/// A company with one policy of this step, one hour after a request by `dev`; each delegates to the next in the list.
fn asked_under(step: &Value) -> Option<(Engine, RequestId, String)> {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    let at = Timestamp::from_millis(START).unwrap();
    let mut run = |actor: Actor, command: Value| {
        engine.run(&actor, &Command::from_json(&command.to_string()).unwrap(), at)
    };
    let people = PEOPLE.map(|id| json!({ "type": "user", "id": id, "name": id }));
    run(Actor::Host, json!({ "createProject": { "project": "acme", "administrators": people } })).unwrap();
    let terms = json!({ "name": "One", "targets": { "paths": ["/**"] }, "actions": "all", "steps": [step] });
    run(actor("ada"), json!({ "createPolicy": terms })).ok()?;
    for pair in PEOPLE.windows(2) {
        let delegation = json!({ "delegate": pair[1], "duration": "P1D" });
        run(actor(pair[0]), json!({ "createDelegation": delegation })).unwrap();
    }
    let draft = json!({ "target": { "path": "/app" }, "actions": ["read"], "duration": 600 });
    let receipt = run(actor("dev"), json!({ "requestAccess": draft })).ok()?;
    let made = receipt.events.iter().find_map(|event| match event {
        AccessEvent::RequestMade(event) => Some(event.content_hash.clone()),
        _ => None,
    });
    Some((engine, receipt.request_id?, made?))
}

fn actor(id: &str) -> Actor {
    Actor::Subject(SubjectId::try_from(id).unwrap())
}

fn subjects(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "type": "subject", "id": id })).collect()
}

/// Whom a quorum names, and how many of them it needs.
type Named = (Vec<&'static str>, Value);

/// Who reviews, and whether the next in the list does it in their place.
type Reviewer = (usize, bool);

#[test]
fn the_order_of_reviews_within_a_step_does_not_matter() {
    let approvers = subsequence(PEOPLE.to_vec(), 1..=5);
    let quorum = (approvers, prop_oneof![4 => Just(json!(1)), 2 => Just(json!(2)), 1 => Just(json!("all"))]);
    let called = of(subsequence(PEOPLE.to_vec(), 1..=3));
    // Nobody twice: who is used up by one review gives no other, and then it matters which comes first.
    let pairs = subsequence(vec![0, 2, 4, 6], 0..=4).prop_map(|starts| {
        let alone = (0..PEOPLE.len()).filter(|at| !starts.contains(&(at - at % 2)));
        let alone = alone.map(|at| (at, false)).collect::<Vec<_>>();
        starts.into_iter().map(|at| (at, true)).chain(alone).collect::<Vec<Reviewer>>()
    });
    let strategy = (vec(quorum, 1..=3), called, pairs.prop_shuffle(), 0..=9_usize, any::<[Index; 9]>());
    let (decided, cases) = (Cell::new(0_u32), config().cases);
    let run =
        |(quorums, called, mut reviewers, few, swaps): (Vec<Named>, _, Vec<Reviewer>, _, [Index; 9])| {
            let quorums = quorums
                .iter()
                .map(|(people, required)| json!({ "approvers": subjects(people), "required": required }));
            let mut step = json!({ "quorums": quorums.collect::<Vec<_>>() });
            let called: Option<Vec<&str>> = called;
            if let Some(called) = called {
                step["escalate"] = json!({ "after": "PT1H", "approvers": subjects(&called) });
            }
            let Some((engine, id, hash)) = asked_under(&step) else { return Ok(()) };
            reviewers.truncate(few);
            let is_approved = |order: &[Reviewer]| {
                let mut engine = engine.clone();
                for (at, is_for_another) in order {
                    let mut review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
                    if *is_for_another {
                        review["onBehalfOf"] = json!(PEOPLE[*at]);
                    }
                    let reviewer = actor(PEOPLE[at + usize::from(*is_for_another)]);
                    let command =
                        Command::from_json(&json!({ "reviewRequest": review }).to_string()).unwrap();
                    let _ = engine.run(
                        &reviewer,
                        &command,
                        Timestamp::from_millis(START).unwrap().plus(Seconds::hours(1)),
                    );
                }
                !engine.state().request(&id).unwrap().is_pending()
            };
            let mut swapped = reviewers.clone();
            for (at, swap) in swaps.iter().enumerate().take(reviewers.len()) {
                swapped.swap(at, swap.index(reviewers.len()));
            }
            decided.set(decided.get() + u32::from(is_approved(&reviewers)));
            prop_assert_eq!(
                is_approved(&reviewers),
                is_approved(&swapped),
                "{:?} or {:?}",
                reviewers,
                swapped
            );
            Ok(())
        };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(decided.get() * 5 >= cases, "only {} of {cases} requests were approved", decided.get());
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
