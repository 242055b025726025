#![cfg(not(target_arch = "wasm32"))]

//! Whether a request can still be approved, against every way to approve it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

use super::*;
use crate::delegations::Delegations;
use crate::people::Subject;
use crate::policies::{Approver, Required};
use crate::policies::{PolicyTerms, Stated};
use crate::requests::ReviewStatus;
use crate::values::{AccessDuration, PolicyId};

const PEOPLE: [&str; 5] = ["ann", "ben", "cat", "dan", "eve"];

fn company() -> Directory {
    let mut directory = Directory::default();
    for id in PEOPLE {
        let subject: Subject = serde_json::from_value(json!({"type": "user", "id": id, "name": id})).unwrap();
        directory.upsert_subject(subject.into(), 1);
    }
    directory
}

fn quorum() -> impl Strategy<Value = Value> {
    let required = prop_oneof![Just(json!(1)), Just(json!(2)), Just(json!("all"))];
    (subsequence(&PEOPLE, 1..=4), required).prop_map(|(people, required)| {
        let approvers: Vec<_> = people.iter().map(|id| json!({"subject": id})).collect();
        json!({"approvers": approvers, "required": required})
    })
}

fn terms() -> impl Strategy<Value = PolicyTerms> {
    let list = || prop::collection::vec(quorum(), 1..=2);
    let step = prop_oneof![
        list().prop_map(|quorums| json!({"quorums": quorums})),
        prop::collection::vec(list(), 2).prop_map(|lists| json!({"anyOf": lists})),
    ];
    let steps = prop::collection::vec(step, 1..=3);
    (steps, any::<bool>(), any::<bool>()).prop_map(|(steps, distinct, own)| {
        serde_json::from_value(json!({
            "name": "any", "targets": {"paths": ["/**"]}, "actions": "all", "steps": steps,
            "distinctApprovers": distinct, "selfApproval": own,
        }))
        .unwrap()
    })
}

fn approval_by(step: u32, reviewer: &SubjectId) -> ReviewRecord {
    let review = Review {
        step,
        reviewer: reviewer.clone(),
        on_behalf_of: None,
        verdict: Verdict::Approve,
        comment: None,
        content_hash: String::new(),
        duration: AccessDuration::Permanent,
        at: serde_json::from_value(json!(0)).unwrap(),
    };
    ReviewRecord { review, standing: ReviewStatus::Standing }
}

/// Whether some order of approvals, one after the other, approves the request.
fn can_be_approved(
    approval: Approval<'_>,
    step: u32,
    given: &[ReviewRecord],
    dead_ends: &mut BTreeSet<Vec<(u32, SubjectId)>>,
) -> bool {
    let now = Approval { reviews: given, ..approval };
    let left = now.eligible(step).into_iter().filter(|id| !now.standing(step).any(|it| it.reviewer == **id));
    for id in left {
        let mut given = given.to_vec();
        given.push(approval_by(step, id));
        let mut situation: Vec<_> =
            given.iter().map(|it| (it.review.step, it.review.reviewer.clone())).collect();
        situation.sort();
        if dead_ends.contains(&situation) {
            continue;
        }
        let is_complete = Approval { reviews: &given, ..approval }.is_complete(step);
        let is_approved = is_complete && step == approval.last_step();
        let next = if is_complete { step + 1 } else { step };
        if is_approved || can_be_approved(approval, next, &given, dead_ends) {
            return true;
        }
        dead_ends.insert(situation);
    }
    false
}

/// Two `all` of one later step that have somebody in common: taken to be unmeetable.
fn has_common_all(terms: &PolicyTerms) -> bool {
    let alls = |list: &[Quorum]| -> Vec<BTreeSet<Approver>> {
        let alls = list.iter().filter(|quorum| quorum.required == Required::All);
        alls.map(|quorum| quorum.approvers.iter().cloned().collect()).collect()
    };
    let mut lists = terms.steps.iter().skip(1).flat_map(Step::lists);
    lists.any(|list| matches!(&alls(list)[..], [one, other] if !one.is_disjoint(other)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Before anybody has approved, and after whoever is first.
    #[test]
    fn a_request_falls_short_exactly_when_no_order_of_approvals_approves_it(
        terms in terms().prop_filter("a common `all`", |terms| !has_common_all(terms)),
        requester in prop::sample::select(&["ann", "somebody else"]),
    ) {
        let (directory, requester) = (company(), SubjectId::try_from(requester).unwrap());
        let delegations = Delegations::default();
        let id = PolicyId::try_from("pol_1_0").unwrap();
        let policy = Policy { id, version: 1, terms, stated: Stated::in_commit(1) };
        let approval = Approval::new(&directory, &delegations, &policy, &requester);
        let can = can_be_approved(approval, 1, &[], &mut BTreeSet::new());
        prop_assert_eq!(approval.shortfall(1).is_none(), can);
        for first in approval.eligible(1) {
            let given = [approval_by(1, first)];
            let after = Approval { reviews: &given, ..approval };
            let step = if after.is_complete(1) { 2 } else { 1 };
            let can = step > approval.last_step() || can_be_approved(approval, step, &given, &mut BTreeSet::new());
            prop_assert_eq!(after.shortfall(1).is_none(), can, "after {:?}", first);
        }
    }
}
