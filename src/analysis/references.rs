use std::collections::BTreeSet;

use super::finding::{Finding, FindingCode, ReferencePart};
use super::policies::{approvers, of_policy};
use crate::conditions::Condition;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Policy};
use crate::state::State;

type Reference = (ReferencePart, Principal);

/// References of a policy to somebody who is gone or whose id somebody else has since, each once a part.
pub(super) fn stale_in_policy(directory: &Directory, policy: &Policy, findings: &mut Vec<Finding>) {
    let (terms, stated) = (&policy.terms, policy.stated);
    let named = |part, approvers: &mut dyn Iterator<Item = &Approver>| -> BTreeSet<Reference> {
        approvers.filter_map(Approver::principal).map(|it| (part, it)).collect()
    };
    let calls = terms.steps.iter().filter_map(|step| step.escalate.as_ref());
    let mut called = calls.flat_map(|escalation| escalation.approvers.iter());
    let mut references = named(ReferencePart::Approvers, &mut approvers(policy));
    references.extend(named(ReferencePart::Escalation, &mut called));
    let bypassers = terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter());
    references.extend(bypassers.map(|it| (ReferencePart::Bypassers, it.clone())));
    references.extend(of_condition(terms.condition.as_ref().map(|condition| condition.get())));
    let since = |part| match part {
        ReferencePart::Approvers | ReferencePart::Escalation => stated.steps,
        ReferencePart::Bypassers => stated.bypassers,
        ReferencePart::Condition => stated.condition,
    };
    let stale = references.into_iter().filter(|(part, named)| is_stale(directory, named, since(*part)));
    let blank = of_policy(policy, FindingCode::StaleReference);
    findings.extend(stale.map(|reference| about(directory, reference, &blank)));
}

/// The same of standing permissions; holders who are removed leave them at once.
pub(super) fn stale_in_permissions(state: &State, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    for permission in state.permissions().all() {
        let references = of_condition(permission.terms.condition.as_ref());
        let stale = references.filter(|(_, named)| is_stale(directory, named, permission.condition_stated));
        let blank = Finding {
            permission_id: Some(permission.id.clone()),
            ..Finding::new(FindingCode::StaleReference)
        };
        findings.extend(stale.map(|reference| about(directory, reference, &blank)));
    }
}

fn of_condition(condition: Option<&Condition>) -> impl Iterator<Item = Reference> {
    let named = condition.into_iter().flat_map(Condition::principals);
    named.map(|it| (ReferencePart::Condition, it))
}

/// An id that nobody ever had is no reference to somebody gone.
fn is_stale(directory: &Directory, named: &Principal, stated: u64) -> bool {
    directory.is_removed(named) || directory.was_taken_over_since(named, stated)
}

fn about(directory: &Directory, (part, named): Reference, blank: &Finding) -> Finding {
    let finding = Finding { part: Some(part), ..blank.clone() };
    match named {
        Principal::Subject(id) => Finding { subject: Some(directory.person(&id)), ..finding },
        Principal::Group(id) => Finding { group_id: Some(id), ..finding },
    }
}
