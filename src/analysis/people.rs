use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, FindingCode};
use super::policies::approvers;
use crate::approval;
use crate::people::SubjectType;
use crate::policies::Approver;
use crate::state::State;
use crate::values::SubjectId;

/// People, not programs, who are asked to approve and cannot be told.
pub(super) fn without_email(state: &State, findings: &mut Vec<Finding>) {
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
                named => {
                    let accounts = approval::people(directory, policy, named, &nobody);
                    people.extend(accounts.map(|account| &account.id));
                }
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

/// Accounts of different persons with one address, in any case: whom its mail reaches cannot be told.
pub(super) fn shared_emails(state: &State, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    let mut accounts: BTreeMap<String, Vec<&SubjectId>> = BTreeMap::default();
    for subject in directory.active_subjects() {
        if let Some(email) = &subject.email {
            accounts.entry(email.as_str().to_lowercase()).or_default().push(&subject.id);
        }
    }
    for ids in accounts.into_values() {
        let persons: BTreeSet<_> = ids.iter().map(|id| directory.person_behind(id)).collect();
        if persons.len() > 1 {
            let accounts = ids.into_iter().map(|id| directory.person(id)).collect();
            findings.push(Finding { accounts, ..Finding::new(FindingCode::SharedEmail) });
        }
    }
}
