//! What is refused when a policy is saved.

use std::collections::BTreeSet;

use super::conflict::conflict;
use super::stated::principals;
use super::step::{Approver, Quorum, Step};
use super::store::Policies;
use super::terms::{Policy, PolicyTerms};
use crate::limits;
use crate::people::{Directory, Principal};
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind};

/// Checks a policy about to be saved, in the place of the version before it. A fault that the version before has by now
/// is no reason to refuse it.
///
/// # Errors
/// In this order: `invalid_input` and `limit_exceeded` for the form of the steps, `no_steps`, `no_approvers`, `required_out_of_range`, `rejections_out_of_range`, `unknown_subject`,
/// `unknown_group`, `escalation_out_of_range`, `reminder_out_of_range`, `break_glass_out_of_range`, `policy_conflict`.
pub fn check_policy(
    directory: &Directory,
    policies: &Policies,
    policy: &Policy,
    before: Option<&Policy>,
) -> Result<(), Refusal> {
    let faults = faults(directory, policies, policy);
    if faults.is_empty() {
        return Ok(());
    }
    let had = before.map_or_else(Vec::new, |before| self::faults(directory, policies, before));
    faults.into_iter().find(|fault| !had.contains(fault)).map_or(Ok(()), Err)
}

/// All that is wrong with a policy, the first to be told first.
fn faults(directory: &Directory, policies: &Policies, policy: &Policy) -> Vec<Refusal> {
    let terms = &policy.terms;
    let steps = || (1_u32..).zip(terms.steps.iter());
    let nobody =
        steps().filter(|(_, step)| names_nobody(step)).map(|(step, _)| Refusal::NoApprovers { step });
    let none = terms.steps.is_empty().then_some(Refusal::NoSteps);
    shape(terms)
        .into_iter()
        .chain(none)
        .chain(nobody)
        .chain(steps().flat_map(|(number, step)| required(directory, policy, number, step)))
        .chain(steps().filter_map(|(number, step)| rejections(directory, policy, number, step)))
        .chain(principals(terms).filter_map(|principal| check_known(directory, &principal).err()))
        .chain(steps().filter_map(|(number, step)| escalation(terms, number, step)))
        .chain(steps().filter_map(|(number, step)| reminder(number, step)))
        .chain(break_glass(terms))
        .chain(
            policies
                .all_live()
                .filter(|other| other.id != policy.id)
                .filter_map(|other| collision(terms, other)),
        )
        .collect()
}

/// What is wrong with the form of the steps: a step has quorums, or several lists of them.
fn shape(terms: &PolicyTerms) -> Option<Refusal> {
    let problem = (0..).zip(terms.steps.iter()).find_map(|(index, step): (usize, _)| {
        let place =
            |problem| Invalid::new(InvalidKind::InvalidInput, problem).inside(&format!("steps[{index}]"));
        match (step.quorums.is_empty(), step.any_of.len()) {
            (true, 1) => Some(place("`anyOf` has 1 list: give 2 or more, or `quorums`")),
            (false, 1..) => Some(place("a step has either `quorums` or `anyOf`: leave one out")),
            (true, _) | (false, 0) => None,
        }
    });
    let ways = terms.steps.iter().fold(1_usize, |ways, step| ways.saturating_mul(step.lists().count()));
    let too_many = (ways > limits::WAYS).then(|| {
        let problem = format!(
            "there are {ways} ways through the lists of the steps: at most {} are allowed",
            limits::WAYS
        );
        Invalid::new(InvalidKind::LimitExceeded, problem).inside("steps")
    });
    problem.or(too_many).map(Refusal::from)
}

fn names_nobody(step: &Step) -> bool {
    step.lists().any(|list| list.is_empty() || list.iter().any(|quorum| quorum.approvers.is_empty()))
        || step.escalate.as_ref().is_some_and(|escalation| escalation.approvers.is_empty())
}

fn escalation(terms: &PolicyTerms, step: u32, of: &Step) -> Option<Refusal> {
    let request_ttl_seconds = terms.request_ttl.get();
    let after_seconds = of.escalate.as_ref()?.after;
    (after_seconds >= request_ttl_seconds).then_some(Refusal::EscalationOutOfRange {
        step,
        after_seconds,
        request_ttl_seconds,
    })
}

fn reminder(step: u32, of: &Step) -> Option<Refusal> {
    let remind_every_seconds = of.remind_every.filter(|every| every.get() < limits::MIN_REMINDER)?;
    Some(Refusal::ReminderOutOfRange { step, remind_every_seconds })
}

fn break_glass(terms: &PolicyTerms) -> Option<Refusal> {
    let max_duration_seconds = terms.break_glass_cap();
    let longest_seconds = terms.max_duration.filter(|longest| max_duration_seconds > *longest)?;
    Some(Refusal::BreakGlassOutOfRange { max_duration_seconds, longest_seconds })
}

/// How many people quorums name, as far as can be told without a requester.
fn named<'q>(directory: &Directory, policy: &Policy, quorums: impl IntoIterator<Item = &'q Quorum>) -> u32 {
    let mut people: BTreeSet<&str> = BTreeSet::default();
    let mut manager = false;
    let is_meant = |principal: &Principal| {
        !directory.knows(principal) || directory.is_same_since(principal, policy.stated.steps)
    };
    for approver in quorums.into_iter().flat_map(|quorum| quorum.approvers.iter()) {
        match approver {
            // Who is not known counts here: another check says so.
            Approver::Subject(id) => {
                let is_disabled = directory.knows(&id.into()) && !directory.is_active(id);
                let is_there = !is_disabled && is_meant(&id.into());
                people.extend(is_there.then(|| directory.person_behind(id)));
            }
            Approver::Group(id) => {
                let group = Some(Principal::from(id)).filter(is_meant);
                let members = group.iter().flat_map(|group| directory.members(group));
                people.extend(members.map(|id| directory.person_behind(id)));
            }
            Approver::Manager => manager = true,
        }
    }
    u32::try_from(people.len()).unwrap_or(u32::MAX).saturating_add(manager.into())
}

fn required(directory: &Directory, policy: &Policy, step: u32, of: &Step) -> Vec<Refusal> {
    let mut faults = Vec::new();
    for (list, quorums) in (1_u32..).zip(of.lists()) {
        for (quorum, terms) in (1_u32..).zip(quorums) {
            let named = named(directory, policy, [terms]);
            let required = u32::try_from(terms.required.at_least()).unwrap_or(u32::MAX);
            if !is_unknown_group(directory, terms) && !(1..=named).contains(&required) {
                let list = (!of.any_of.is_empty()).then_some(list);
                faults.push(Refusal::RequiredOutOfRange { step, list, quorum, required, named });
            }
        }
    }
    faults
}

fn rejections(directory: &Directory, policy: &Policy, step: u32, of: &Step) -> Option<Refusal> {
    let named = named(directory, policy, of.all_quorums());
    let required = of.rejections_required;
    let is_fine =
        (1..=named).contains(&required) || of.all_quorums().any(|quorum| is_unknown_group(directory, quorum));
    (!is_fine).then_some(Refusal::RejectionsOutOfRange { step, required, named })
}

/// A group that is not known says nothing of how many people it has; it is told as such, by a check of its own.
fn is_unknown_group(directory: &Directory, quorum: &Quorum) -> bool {
    let is_unknown =
        |approver: &Approver| matches!(approver, Approver::Group(id) if directory.group(id).is_none());
    quorum.approvers.iter().any(is_unknown)
}

/// Checks that the directory knows a subject or group that is named.
///
/// # Errors
/// `unknown_subject`, `unknown_group`.
pub(crate) fn check_known(directory: &Directory, principal: &Principal) -> Result<(), Refusal> {
    match principal {
        _ if directory.knows(principal) => Ok(()),
        Principal::Subject(id) => Err(Refusal::UnknownSubject { subject_id: id.clone() }),
        Principal::Group(id) => Err(Refusal::UnknownGroup { group_id: id.clone() }),
    }
}

fn collision(terms: &PolicyTerms, other: &Policy) -> Option<Refusal> {
    let (entry, _) = conflict(&terms.targets, &terms.actions, &other.terms.targets, &other.terms.actions)?;
    Some(Refusal::PolicyConflict {
        policy_id: other.id.clone(),
        policy_name: other.terms.name.clone(),
        environment: entry.environment.cloned(),
        path: entry.path.clone(),
    })
}
