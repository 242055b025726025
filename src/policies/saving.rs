//! What is refused when a policy is saved.

use std::collections::BTreeSet;

use super::conflict::conflict;
use super::step::{Approver, Quorum, Step};
use super::store::Policies;
use super::terms::PolicyTerms;
use crate::limits;
use crate::people::{Directory, Principal};
use crate::refusal::Refusal;
use crate::values::{PolicyId, SubjectId};

/// Checks a policy about to be saved; `except` is the policy that it replaces.
///
/// # Errors
/// In this order: `no_steps`, `no_approvers`, `required_out_of_range`, `rejections_out_of_range`, `unknown_subject`,
/// `unknown_group`, `escalation_out_of_range`, `reminder_out_of_range`, `break_glass_out_of_range`, `policy_conflict`.
pub fn check_terms(
    directory: &Directory,
    policies: &Policies,
    terms: &PolicyTerms,
    except: Option<&PolicyId>,
) -> Result<(), Refusal> {
    let steps = || (1_u32..).zip(terms.steps.iter());
    if terms.steps.is_empty() {
        return Err(Refusal::NoSteps);
    }
    if let Some((step, _)) = steps().find(|(_, step)| names_nobody(step)) {
        return Err(Refusal::NoApprovers { step });
    }
    steps().try_for_each(|(number, step)| check_required(directory, number, step))?;
    steps().try_for_each(|(number, step)| check_rejections(directory, number, step))?;
    principals(terms).try_for_each(|principal| check_known(directory, &principal))?;
    steps().try_for_each(|(number, step)| check_escalation(terms, number, step))?;
    steps().try_for_each(|(number, step)| check_reminder(number, step))?;
    check_break_glass(terms)?;
    check_conflict(policies, terms, except)
}

fn names_nobody(step: &Step) -> bool {
    step.quorums.is_empty()
        || step.quorums.iter().any(|quorum| quorum.approvers.is_empty())
        || step.escalate.as_ref().is_some_and(|escalation| escalation.approvers.is_empty())
}

fn check_escalation(terms: &PolicyTerms, step: u32, of: &Step) -> Result<(), Refusal> {
    let request_ttl = terms.request_ttl.get();
    match &of.escalate {
        Some(escalation) if escalation.after >= request_ttl => {
            Err(Refusal::EscalationOutOfRange { step, after: escalation.after, request_ttl })
        }
        _ => Ok(()),
    }
}

fn check_reminder(step: u32, of: &Step) -> Result<(), Refusal> {
    match of.remind_every {
        Some(remind_every) if remind_every.get() < limits::MIN_REMINDER => {
            Err(Refusal::ReminderOutOfRange { step, remind_every })
        }
        _ => Ok(()),
    }
}

fn check_break_glass(terms: &PolicyTerms) -> Result<(), Refusal> {
    match terms.max_duration {
        Some(longest) if terms.break_glass_cap() > longest => {
            Err(Refusal::BreakGlassOutOfRange { max_duration: terms.break_glass_cap(), longest })
        }
        _ => Ok(()),
    }
}

/// Whom a quorum names, as far as can be told without a requester.
struct Named<'a> {
    people: BTreeSet<&'a SubjectId>,
    manager: bool,
}

impl<'a> Named<'a> {
    fn by<'q: 'a>(directory: &'a Directory, quorums: impl IntoIterator<Item = &'q Quorum>) -> Self {
        let mut named = Self { people: BTreeSet::default(), manager: false };
        for approver in quorums.into_iter().flat_map(|quorum| quorum.approvers.iter()) {
            match approver {
                // Who is not known counts here: another check says so.
                Approver::Subject { id } => {
                    let is_disabled = directory.subject(id).is_some_and(|subject| subject.disabled);
                    named.people.extend((!is_disabled).then_some(id));
                }
                Approver::Group { id } => {
                    named.people.extend(directory.members(&Principal::Group { id: id.clone() }));
                }
                Approver::Manager => named.manager = true,
            }
        }
        named
    }

    fn count(&self) -> u32 {
        u32::try_from(self.people.len()).unwrap_or(u32::MAX).saturating_add(self.manager.into())
    }
}

fn check_required(directory: &Directory, step: u32, terms: &Step) -> Result<(), Refusal> {
    (1..).zip(terms.quorums.iter()).try_for_each(|(quorum, terms)| {
        let named = Named::by(directory, [terms]).count();
        let required = u32::try_from(terms.required.at_least()).unwrap_or(u32::MAX);
        if is_unknown_group(directory, terms) || (1..=named).contains(&required) {
            return Ok(());
        }
        Err(Refusal::RequiredOutOfRange { step, quorum, required, named })
    })
}

fn check_rejections(directory: &Directory, step: u32, terms: &Step) -> Result<(), Refusal> {
    let named = Named::by(directory, &*terms.quorums).count();
    let required = terms.rejections_required;
    if (1..=named).contains(&required)
        || terms.quorums.iter().any(|quorum| is_unknown_group(directory, quorum))
    {
        return Ok(());
    }
    Err(Refusal::RejectionsOutOfRange { step, required, named })
}

/// A group that is not known says nothing of how many people it has; it is told as such, by a check of its own.
fn is_unknown_group(directory: &Directory, quorum: &Quorum) -> bool {
    let is_unknown =
        |approver: &Approver| matches!(approver, Approver::Group { id } if directory.group(id).is_none());
    quorum.approvers.iter().any(is_unknown)
}

/// Everybody and every group that the policy names.
pub(crate) fn principals(terms: &PolicyTerms) -> impl Iterator<Item = Principal> {
    let named = terms.steps.iter().flat_map(|step| {
        let escalated = step.escalate.iter().flat_map(|escalation| escalation.approvers.iter());
        step.quorums.iter().flat_map(|quorum| quorum.approvers.iter()).chain(escalated)
    });
    let approvers = named.filter_map(|approver| match approver {
        Approver::Subject { id } => Some(Principal::Subject { id: id.clone() }),
        Approver::Group { id } => Some(Principal::Group { id: id.clone() }),
        Approver::Manager => None,
    });
    approvers.chain(terms.break_glass.iter().flat_map(|terms| terms.bypassers.iter().cloned()))
}

/// Checks that the directory knows a subject or group that is named.
///
/// # Errors
/// `unknown_subject`, `unknown_group`.
pub(crate) fn check_known(directory: &Directory, principal: &Principal) -> Result<(), Refusal> {
    match principal {
        Principal::Subject { id } if directory.subject(id).is_none() => {
            Err(Refusal::UnknownSubject { subject_id: id.clone() })
        }
        Principal::Group { id } if directory.group(id).is_none() => {
            Err(Refusal::UnknownGroup { group_id: id.clone() })
        }
        Principal::Subject { .. } | Principal::Group { .. } => Ok(()),
    }
}

fn check_conflict(
    policies: &Policies,
    terms: &PolicyTerms,
    except: Option<&PolicyId>,
) -> Result<(), Refusal> {
    let others = policies.all_live().filter(|policy| Some(&policy.id) != except);
    others.into_iter().try_for_each(|policy| {
        match conflict(&terms.targets, &terms.actions, &policy.terms.targets, &policy.terms.actions) {
            None => Ok(()),
            Some((entry, _)) => Err(Refusal::PolicyConflict {
                policy_id: policy.id.clone(),
                policy_name: policy.terms.name.clone(),
                environment: entry.environment.cloned(),
                path: entry.path.clone(),
            }),
        }
    })
}
