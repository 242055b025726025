//! What is wrong with the policies, the directory and the pending requests before anybody runs into it.

use std::collections::{BTreeMap, BTreeSet};

use crate::approval::Approval;
use crate::conditions::may_ask;
use crate::directory::Directory;
use crate::governance::governs_something;
use crate::model::{
    Approver, Finding, FindingCode, Policy, Principal, Quorum, RequestId, SubjectId, SubjectType,
};
use crate::policy_rules::principals;
use crate::state::State;

/// Everything that is wrong, policy by policy, then person by person, then request by request.
pub fn analyze(state: &State) -> Vec<Finding> {
    let mut findings = Vec::new();
    for policy in state.policies().all_live() {
        unapprovable(state, policy, &mut findings);
        empty_groups(state.directory(), policy, &mut findings);
        if !governs_something(state.policies(), policy) {
            findings.push(of_policy(policy, FindingCode::NeverGoverns));
        }
    }
    without_email(state, &mut findings);
    for (request_id, step) in stuck(state).into_iter() {
        let blank = Finding::new(FindingCode::RequestStuck);
        findings.push(Finding { request_id: Some(request_id), step: Some(step), ..blank });
    }
    findings
}

/// The pending requests that the people there are cannot approve any more, each with the first step that falls short.
pub fn stuck(state: &State) -> BTreeMap<RequestId, u32> {
    let mut stuck = BTreeMap::default();
    for request in state.requests().pending() {
        let Ok(policy) = state.policy_of(request) else { continue };
        let approval = Approval::of(state.directory(), state.delegations(), &policy.terms, request);
        if let Some(step) = approval.shortfall(request.step) {
            stuck.insert(request.id.clone(), step);
        }
    }
    stuck
}

fn of_policy(policy: &Policy, code: FindingCode) -> Finding {
    Finding { policy: Some(policy.to_name()), ..Finding::new(code) }
}

/// Steps that cannot be filled, by whoever asks: nobody in particular, and everybody whom it matters to leave out. With
/// a manager among the approvers there is nobody in particular.
fn unapprovable(state: &State, policy: &Policy, findings: &mut Vec<Finding>) {
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
    let approval = Approval::new(state.directory(), state.delegations(), &policy.terms, requester);
    let number = approval.shortfall(1)?;
    let is_short = |quorum: &Quorum| approval.counting(number, quorum).len() < quorum.required.at_least();
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
    approvers(policy).flat_map(|approver| directory.people(approver, &nobody)).collect()
}

/// Whom the steps name, those called by escalation aside.
fn approvers(policy: &Policy) -> impl Iterator<Item = &Approver> {
    policy.terms.steps.iter().flat_map(|step| step.quorums.iter()).flat_map(|quorum| quorum.approvers.iter())
}

fn asks_managers(policy: &Policy) -> bool {
    approvers(policy).any(|approver| *approver == Approver::Manager)
}

fn empty_groups(directory: &Directory, policy: &Policy, findings: &mut Vec<Finding>) {
    let named: BTreeSet<Principal> = principals(&policy.terms).collect();
    for principal in named {
        if let Principal::Group { id } = &principal
            && directory.members(&principal).is_empty()
        {
            findings
                .push(Finding { group_id: Some(id.clone()), ..of_policy(policy, FindingCode::EmptyGroup) });
        }
    }
    let bypassers = policy.terms.break_glass.iter().flat_map(|terms| terms.bypassers.iter());
    let is_nobody = bypassers.into_iter().all(|principal| directory.members(principal).is_empty());
    if policy.terms.break_glass.is_some() && is_nobody {
        findings.push(of_policy(policy, FindingCode::BypassersNobody));
    }
}

/// People, not programs, who are asked to approve and cannot be told.
fn without_email(state: &State, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    let nobody = SubjectId::nobody();
    let mut people = BTreeSet::default();
    for policy in state.policies().all_live() {
        let escalations = policy.terms.steps.iter().filter_map(|step| step.escalate.as_ref());
        let called = escalations.flat_map(|escalation| escalation.approvers.iter());
        for approver in approvers(policy).chain(called) {
            match approver {
                Approver::Manager => {
                    let subjects = directory.active_subjects();
                    people.extend(subjects.filter_map(|subject| subject.manager.as_ref()));
                }
                named => people.extend(directory.people(named, &nobody)),
            }
        }
    }
    let subjects =
        people.into_iter().filter(|id| directory.is_active(id)).filter_map(|id| directory.subject(id));
    for subject in subjects.filter(|it| it.email.is_none() && it.kind == SubjectType::User) {
        let blank = Finding::new(FindingCode::ApproverWithoutEmail);
        findings.push(Finding { subject: Some(directory.person(&subject.id)), ..blank });
    }
}
