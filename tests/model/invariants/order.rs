//! The order in which things are made or said does not matter.

use std::cell::Cell;

use access_engine::commands::{Command, RequestDraft};
use access_engine::people::Actor;
use access_engine::questions::Preview;
use access_engine::values::{PolicyId, RequestId, Seconds, SubjectId};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::runner::{config, history_of, told};
use super::stories::{PEOPLE, Story, beginning, sent, start, stories};
use crate::model::generator::PROJECT;
use crate::model::state::Sent;

/// A company with one policy of this step and a request by `dev`, and its content hash; each delegates to the next in
/// the list.
fn asked_under(step: &Value) -> Option<(Vec<Sent>, RequestId, String)> {
    let people = PEOPLE.map(|id| json!({ "type": "user", "id": id, "name": id }));
    let project = json!({ "project": PROJECT, "administrators": people });
    let terms = json!({ "name": "One", "targets": { "paths": ["/**"] }, "actions": "all", "steps": [step] });
    let mut all = vec![
        sent("host", &json!({ "createProject": project }), start()),
        sent("ada", &json!({ "createPolicy": terms }), start()),
    ];
    all.extend(PEOPLE.windows(2).map(|pair| {
        let delegation = json!({ "delegate": { "subject": pair[1] }, "duration": "P1D" });
        sent(pair[0], &json!({ "createDelegation": delegation }), start())
    }));
    let draft = json!({ "target": { "path": "/a" }, "actions": ["read"], "duration": "PT10M" });
    all.push(sent("dev", &json!({ "requestAccess": draft }), start()));
    let history = history_of(&told(&all));
    assert_eq!(history.state.delegations.len(), PEOPLE.len() - 1);
    let asked = history.requests().next()?;
    Some((all, asked.id.clone(), asked.content_hash.clone()))
}

fn subjects(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "subject": id })).collect()
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
    let called = (called, any::<bool>());
    let strategy = (vec(quorum, 1..=3), called, pairs.prop_shuffle(), 0..=9_usize, any::<[Index; 9]>());
    let (decided, cases) = (Cell::new(0_u32), config().cases);
    let run = |(quorums, (called, has_lists), mut reviewers, few, swaps): (
        Vec<Named>,
        (_, bool),
        Vec<Reviewer>,
        _,
        [Index; 9],
    )| {
        let quorums = quorums
            .iter()
            .map(|(people, required)| json!({ "approvers": subjects(people), "required": required }));
        let quorums: Vec<Value> = quorums.collect();
        let mut step = json!({ "quorums": quorums });
        if has_lists
            && let [first, rest @ ..] = &quorums[..]
            && !rest.is_empty()
        {
            step = json!({ "anyOf": [[first], rest] });
        }
        let called: Option<Vec<&str>> = called;
        if let Some(called) = called {
            step["escalate"] = json!({ "after": "PT1H", "approvers": subjects(&called) });
        }
        let Some((asked, id, hash)) = asked_under(&step) else { return Ok(()) };
        reviewers.truncate(few);
        let is_approved = |order: &[Reviewer]| {
            let reviews = order.iter().map(|(at, is_for_another)| {
                let mut review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
                if *is_for_another {
                    review["onBehalfOf"] = json!({ "subject": PEOPLE[*at] });
                }
                let reviewer = PEOPLE[at + usize::from(*is_for_another)];
                // Those who are called have been by then.
                sent(reviewer, &json!({ "reviewRequest": review }), start().plus(Seconds::hours(1)))
            });
            let all: Vec<Sent> = asked.iter().cloned().chain(reviews).collect();
            !told(&all).state().requests().get(&id).unwrap().is_pending()
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
    assert!(decided.get() * 5 >= cases, "only {} of {cases} requests were approved", decided.get());
}

#[test]
fn the_order_of_policies_groups_and_actions_does_not_matter() {
    let strategy = (stories(), any::<[Index; 3]>(), any::<bool>());
    let run = |(story, order, is_reversed): (Story, [Index; 3], bool)| {
        let one = beginning(&story);
        let mut other = beginning(&story);
        for (at, swap) in order.iter().enumerate() {
            other.swap(2 + at, 2 + swap.index(3));
        }
        if let Some(Command::SyncDirectory(sync)) = &mut other[1].command
            && is_reversed
        {
            sync.changes[PEOPLE.len() - 1..].reverse();
        }
        let (one, other) = (told(&one), told(&other));
        for person in ["dev", "sam", "bea"] {
            for path in ["/a/b", "/a/**", "/b", "/**", "/*/b"] {
                for actions in [["read", "write"], ["write", "read"]] {
                    let draft = json!({
                        "target": { "environment": "production", "path": path }, "actions": actions, "duration": "PT10M",
                    });
                    let draft: RequestDraft = serde_json::from_value(draft).unwrap();
                    let actor = Actor::Subject(SubjectId::try_from(person).unwrap());
                    let [one, other] = [&one, &other].map(|engine| {
                        let policy = |id: &PolicyId| engine.state().policies().live(id).unwrap();
                        let preview = engine.preview(&actor, &draft, start()).unwrap();
                        said(&preview, |id| format!("{:?}", policy(id).terms.targets))
                    });
                    prop_assert_eq!(one, other, "{} {:?}", person, draft);
                }
            }
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}

/// A preview without what the order gives names to: policies are told by their targets.
fn said(preview: &Preview, targets: impl Fn(&PolicyId) -> String) -> String {
    let mut exclusions: Vec<_> = preview
        .exclusions
        .iter()
        .map(|part| (targets(&part.policy_id), part.path.clone(), part.actions.clone()))
        .collect();
    let mut rivals: Vec<_> =
        preview.rivals.iter().map(|rival| (targets(&rival.policy.id), rival.because)).collect();
    exclusions.sort();
    rivals.sort_by(|one, other| one.0.cmp(&other.0));
    let refusal = preview.request.refusal.as_ref().map(|refused| &refused.code);
    let policy = preview.policy.as_ref().map(|policy| targets(&policy.id));
    format!("{refusal:?} {policy:?} {:?} {exclusions:?} {rivals:?}", preview.steps)
}
