//! What is wrong with a policy that is to be saved, and whom it names (`policy.*`).

use access_engine::people::Principal;
use access_engine::permissions::Permission;
use access_engine::policies::{Approver, PolicyTerms, Quorum, Required, Stated, Step};
use access_engine::resources::ActionSet;
use access_engine::values::{GroupId, PolicyId, Seconds};

use super::approval::lists;
use super::conditions::names_group;
use super::people::{People, check_known, members};
use super::policies::cap;
use super::resources::Entry;
use super::state::{Code, State, Terms};

/// What is wrong: its code, and the fields to show.
pub(crate) type Fault = (Code, String);

/// The first fault answers that was not there before.
pub(crate) fn first(faults: &[Fault], before: &[Fault]) -> Result<(), Code> {
    faults.iter().find(|fault| !before.contains(fault)).map_or(Ok(()), |(code, _)| Err(code))
}

/// All approvers that terms name, those called by escalation included.
pub(crate) fn approvers(terms: &PolicyTerms) -> impl Iterator<Item = &Approver> {
    terms.steps.iter().flat_map(|step| {
        let quorums = lists(step).into_iter().flatten().flat_map(|quorum| quorum.approvers.iter());
        quorums.chain(step.escalate.iter().flat_map(|escalation| escalation.approvers.iter()))
    })
}

pub(crate) fn bypassers(terms: &PolicyTerms) -> impl Iterator<Item = &Principal> {
    terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter())
}

/// Whom an approver names by an id.
pub(crate) fn principal(approver: &Approver) -> Option<Principal> {
    match approver {
        Approver::Subject(id) => Some(id.into()),
        Approver::Group(id) => Some(id.into()),
        Approver::Manager => None,
    }
}

/// Whether a live policy or a permission names a group in any part; one that has taken over its id since is not meant.
pub(crate) fn names(state: &State, people: &People, group: &GroupId) -> bool {
    let is = |principal: &Principal| *principal == Principal::from(group);
    let is_since = |commit| people.is_since(&group.into(), commit);
    let by_policy = |terms: &Terms| {
        let Stated { steps, bypassers: glass, condition } = terms.stated;
        let is_compared = terms.condition.as_ref().is_some_and(|condition| names_group(condition, group));
        approvers(terms).filter_map(principal).any(|named| is(&named)) && is_since(steps)
            || bypassers(terms).any(is) && is_since(glass)
            || is_compared && is_since(condition)
    };
    let by_permission = |permission: &Permission| {
        let condition = permission.terms.condition.as_ref();
        permission.terms.holders.iter().any(is)
            || condition.is_some_and(|condition| names_group(condition, group))
                && is_since(permission.condition_stated)
    };
    state.live_policies().any(|policy| by_policy(policy.current()))
        || state.permissions.iter().any(|known| by_permission(&known.permission))
}

/// Whether a live policy names managers.
pub(crate) fn names_managers(state: &State) -> bool {
    state.live_policies().any(|policy| approvers(policy.current()).any(|named| *named == Approver::Manager))
}

/// Which persons a quorum names, for the check of its number: those of active people, an unknown one, the manager; `None`
/// where it names a group that is not known.
fn counted(state: &State, terms: &Terms, quorum: &Quorum) -> Option<Vec<String>> {
    let is_meant = |principal: Principal| state.people.is_since(&principal, terms.stated.steps);
    let mut people: Vec<String> = Vec::new();
    for approver in quorum.approvers.iter() {
        match approver {
            Approver::Manager => people.push(String::from("\0 manager")),
            Approver::Subject(id)
                if !state.people.knows(&id.into()) || state.people.is_active(id) && is_meant(id.into()) =>
            {
                people.push(state.people.person(id).to_owned());
            }
            Approver::Subject(_) => {}
            Approver::Group(id) if !state.people.knows(&id.into()) => return None,
            Approver::Group(id) if is_meant(id.into()) => {
                people.extend(state.people.persons(&members(&state.people, id)));
            }
            Approver::Group(_) => {}
        }
    }
    people.sort();
    people.dedup();
    Some(people)
}

/// All that is wrong with a policy, in the order in which it is looked at.
pub(crate) fn faults(state: &State, own: Option<&PolicyId>, terms: &Terms) -> Vec<Fault> {
    let mut faults = faults_of_form(terms);
    let steps = || (1_usize..).zip(terms.steps.iter());
    for (number, step) in steps() {
        let quorums = (1_usize..).zip(lists(step)).flat_map(|(list, quorums)| {
            let list = if step.any_of.is_empty() { 0 } else { list };
            (1_usize..).zip(quorums).map(move |(quorum, terms)| (list, quorum, terms))
        });
        for (list, place, quorum) in quorums {
            let Some(people) = counted(state, terms, quorum) else { continue };
            let (required, named) = (at_least(quorum.required), people.len());
            if required < 1 || required > named {
                faults.push(("required_out_of_range", format!("{number} {list} {place} {required} {named}")));
            }
        }
    }
    for (number, step) in steps() {
        // A step with a quorum that is not counted is not counted either.
        let quorums = lists(step).into_iter().flatten();
        let counted: Option<Vec<Vec<String>>> = quorums.map(|quorum| counted(state, terms, quorum)).collect();
        let Some(people) = counted else { continue };
        let mut people = people.concat();
        people.sort();
        people.dedup();
        let (required, named) = (step.rejections_required as usize, people.len());
        if required < 1 || required > named {
            faults.push(("rejections_out_of_range", format!("{number} {required} {named}")));
        }
    }
    let named = approvers(terms).filter_map(principal).chain(bypassers(terms).cloned());
    for named in named {
        faults.extend(check_known(&state.people, &named).err().map(|code| (code, format!("{named:?}"))));
    }
    faults.extend(faults_of_times(terms));
    faults.extend(conflicts(state, own, terms));
    faults
}

fn at_least(required: Required) -> usize {
    match required {
        Required::Count(count) => count as usize,
        Required::All => 1,
    }
}

/// What is wrong whoever there is.
fn faults_of_form(terms: &Terms) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let steps = || (1_usize..).zip(terms.steps.iter());
    // A step has quorums or several lists.
    let is_unclear = |step: &Step| match step.any_of.len() {
        0 => false,
        1 => true,
        _ => !step.quorums.is_empty(),
    };
    faults
        .extend(steps().filter(|(_, step)| is_unclear(step)).map(|(n, _)| ("invalid_input", format!("{n}"))));
    let ways: usize = terms.steps.iter().map(|step| lists(step).len()).product();
    if ways > 100 {
        faults.push(("limit_exceeded", format!("{ways} ways")));
    }
    if terms.steps.is_empty() {
        faults.push(("no_steps", String::new()));
    }
    let names_nobody = |quorum: &Quorum| quorum.approvers.is_empty();
    let calls_nobody = |step: &Step| step.escalate.as_ref().is_some_and(|called| called.approvers.is_empty());
    let is_faulty = |step: &Step| {
        let is_nobody = |list: &&[Quorum]| list.is_empty() || list.iter().any(names_nobody);
        lists(step).iter().any(is_nobody) || calls_nobody(step)
    };
    faults.extend(steps().filter(|(_, step)| is_faulty(step)).map(|(n, _)| ("no_approvers", format!("{n}"))));
    faults
}

fn faults_of_times(terms: &Terms) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let ttl = terms.request_ttl.get();
    for (number, step) in (1_usize..).zip(terms.steps.iter()) {
        if let Some(after) =
            step.escalate.as_ref().map(|escalate| escalate.after).filter(|after| *after >= ttl)
        {
            faults.push(("escalation_out_of_range", format!("{number} {after:?} {ttl:?}")));
        }
    }
    for (number, step) in (1_usize..).zip(terms.steps.iter()) {
        if let Some(every) = step.remind_every.filter(|every| *every < Seconds::hours(1)) {
            faults.push(("reminder_out_of_range", format!("{number} {every:?}")));
        }
    }
    if let Some(longest) =
        terms.max_duration.filter(|longest| terms.break_glass.is_some() && cap(terms) > *longest)
    {
        faults.push(("break_glass_out_of_range", format!("{:?} {longest:?}", cap(terms))));
    }
    faults
}

fn conflicts(state: &State, own: Option<&PolicyId>, terms: &Terms) -> Vec<Fault> {
    let mut faults = Vec::new();
    for other in state.live_policies().filter(|other| Some(&other.id) != own) {
        let shares_actions = match (&terms.actions, &other.current().actions) {
            (ActionSet::All, ActionSet::All) => true,
            (ActionSet::Listed(ours), ActionSet::Listed(theirs)) => {
                ours.as_slice().iter().any(|action| theirs.as_slice().contains(action))
            }
            _ => false,
        };
        let is_same = |ours: &Entry, theirs: &Entry| {
            ours.kind == theirs.kind && ours.environment == theirs.environment && ours.paths == theirs.paths
        };
        let entries = &other.current().entries;
        if shares_actions
            && terms.entries.iter().any(|ours| entries.iter().any(|theirs| is_same(ours, theirs)))
        {
            faults.push(("policy_conflict", other.id.to_string()));
        }
    }
    faults
}
