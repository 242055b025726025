use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, FindingCode};
use crate::approval::{Approval, people};
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Policy, Quorum, may_ask};
use crate::state::State;
use crate::values::SubjectId;

pub(super) fn of_policy(policy: &Policy, code: FindingCode) -> Finding {
    Finding { policy: Some(policy.to_name()), ..Finding::new(code) }
}

/// Steps that cannot be filled, by whoever asks: nobody in particular, and everybody whom it matters to leave out. With
/// a manager among the approvers there is nobody in particular.
pub(super) fn unapprovable(state: &State, policy: &Policy, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    let nobody = Some(SubjectId::nobody()).filter(|_| !asks_managers(policy));
    let mut of_one: BTreeMap<_, BTreeSet<&SubjectId>> = BTreeMap::default();
    let general = nobody.and_then(|nobody| short(state, policy, &nobody));
    if let Some((step, quorum)) = general {
        findings.push(Finding { step: Some(step), quorum, ..of_policy(policy, code(quorum)) });
    }
    let requesters = requesters(directory, policy).into_iter();
    for requester in requesters.filter(|requester| may_ask(directory, policy, requester)) {
        match short(state, policy, requester) {
            Some(place) if Some(place) != general => {
                of_one.entry(place).or_default().insert(requester);
            }
            _ => {}
        }
    }
    for ((step, quorum), requesters) in of_one.into_iter() {
        findings.push(Finding {
            step: Some(step),
            quorum,
            requesters: requesters.into_iter().map(|id| directory.person(id)).collect(),
            ..of_policy(policy, code(quorum))
        });
    }
}

fn code(quorum: Option<u32>) -> FindingCode {
    if quorum.is_some() { FindingCode::QuorumUnmeetable } else { FindingCode::NobodyDistinctLeft }
}

/// The first step that a request by this person could not pass, with the quorum that is short by itself, if one is.
fn short(state: &State, policy: &Policy, requester: &SubjectId) -> Option<(u32, Option<u32>)> {
    let approval = Approval::new(state.directory(), state.delegations(), policy, requester);
    let number = approval.shortfall(1)?;
    let is_short = |quorum: &Quorum| approval.candidates(number, quorum).len() < quorum.required.at_least();
    let mut quorums = (1_u32..).zip(approval.step(number)?.quorums.iter());
    let quorum = quorums.find(|(_, quorum)| is_short(quorum));
    Some((number, quorum.map(|(number, _)| number)))
}

/// Whose requests may differ from those of others: who is named, and with a manager among the approvers, everybody.
fn requesters<'a>(directory: &'a Directory, policy: &'a Policy) -> BTreeSet<&'a SubjectId> {
    if asks_managers(policy) {
        return directory.active_subjects().map(|subject| &subject.id).collect();
    }
    let nobody = SubjectId::nobody();
    approvers(policy).flat_map(|approver| people(directory, policy, approver, &nobody)).collect()
}

/// Whom the steps name, those called by escalation aside.
pub(super) fn approvers(policy: &Policy) -> impl Iterator<Item = &Approver> {
    policy.terms.steps.iter().flat_map(|step| step.quorums.iter()).flat_map(|quorum| quorum.approvers.iter())
}

fn asks_managers(policy: &Policy) -> bool {
    approvers(policy).any(|approver| *approver == Approver::Manager)
}

pub(super) fn empty_groups(directory: &Directory, policy: &Policy, findings: &mut Vec<Finding>) {
    let named: BTreeSet<Principal> = policy.principals(directory).collect();
    for principal in named {
        if let Principal::Group { id } = &principal
            && directory.members(&principal).is_empty()
        {
            findings
                .push(Finding { group_id: Some(id.clone()), ..of_policy(policy, FindingCode::EmptyGroup) });
        }
    }
    let is_nobody = policy.bypassers(directory).all(|principal| directory.members(principal).is_empty());
    if policy.terms.break_glass.is_some() && is_nobody {
        findings.push(of_policy(policy, FindingCode::BypassersNobody));
    }
}
