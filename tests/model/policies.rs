//! Policies: what is refused when one is saved, and which one governs (`policy.*`, `policies.*`, `governs.*`).

use std::cmp::Ordering;

use access_engine::commands::{CreatePolicies, DeletePolicy, LiveGrants, PendingRequests, UpdatePolicy};
use access_engine::grants::{EndReason, Grant};
use access_engine::people::Principal;
use access_engine::policies::{Approver, Exclusion, PolicyTerms, Quorum, Required, Step};
use access_engine::requests::CancelReason;
use access_engine::resources::{ActionList, ActionSet, Pattern};
use access_engine::values::{GroupId, PolicyId, ResourceType, Seconds, SubjectId};

use super::grants;
use super::patch::changed;
use super::people::{check_administrator, members};
use super::requests;
use super::resources::{ACTIONS, Area, Entry, area_of, governed};
use super::state::{Code, Deed, Ruled, State, Terms};

/// All approvers that terms name, those called by escalation included.
fn approvers(terms: &PolicyTerms) -> impl Iterator<Item = &Approver> {
    terms.steps.iter().flat_map(|step| {
        let quorums = step.quorums.iter().flat_map(|quorum| quorum.approvers.iter());
        quorums.chain(step.escalate.iter().flat_map(|escalation| escalation.approvers.iter()))
    })
}

/// The groups that live policies name, as approvers or bypassers.
pub(crate) fn named_groups(state: &State) -> Vec<GroupId> {
    let mut groups = Vec::new();
    for terms in state.live_policies().map(Ruled::terms) {
        for approver in approvers(terms) {
            if let Approver::Group { id } = approver {
                groups.push(id.clone());
            }
        }
        for bypasser in terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter()) {
            if let Principal::Group { id } = bypasser {
                groups.push(id.clone());
            }
        }
    }
    groups
}

/// Whom a quorum names, for the check of its number: active people, an unknown one, the manager; `None` where it names
/// a group that is not known.
fn counted(state: &State, quorum: &Quorum) -> Option<Vec<String>> {
    let mut people: Vec<String> = Vec::new();
    for approver in quorum.approvers.iter() {
        match approver {
            Approver::Manager => people.push(String::from("\0 manager")),
            Approver::Subject { id } if state.people.subject(id).is_none() || state.people.is_active(id) => {
                people.push(id.to_string());
            }
            Approver::Subject { .. } => {}
            Approver::Group { id } => {
                state.people.group(id)?;
                people.extend(members(&state.people, id).iter().map(SubjectId::to_string));
            }
        }
    }
    people.sort();
    people.dedup();
    Some(people)
}

fn check(state: &State, own: Option<&PolicyId>, Terms { terms, entries }: &Terms) -> Result<(), Code> {
    if terms.steps.is_empty() {
        return Err("no_steps");
    }
    let names_nobody = |quorum: &Quorum| quorum.approvers.is_empty();
    let calls_nobody = |step: &Step| step.escalate.as_ref().is_some_and(|called| called.approvers.is_empty());
    let is_faulty =
        |step: &Step| step.quorums.is_empty() || step.quorums.iter().any(names_nobody) || calls_nobody(step);
    if terms.steps.iter().any(is_faulty) {
        return Err("no_approvers");
    }
    let quorums = || terms.steps.iter().flat_map(|step| step.quorums.iter());
    for quorum in quorums() {
        let Some(people) = counted(state, quorum) else { continue };
        let is_fine = match quorum.required {
            Required::Count(count) => count >= 1 && count as usize <= people.len(),
            Required::All => !people.is_empty(),
        };
        if !is_fine {
            return Err("required_out_of_range");
        }
    }
    for step in terms.steps.iter() {
        // A step with a quorum that is not counted is not counted either.
        let counted: Option<Vec<Vec<String>>> =
            step.quorums.iter().map(|quorum| counted(state, quorum)).collect();
        let Some(people) = counted else { continue };
        let mut people = people.concat();
        people.sort();
        people.dedup();
        let required = step.rejections_required as usize;
        if required < 1 || required > people.len() {
            return Err("rejections_out_of_range");
        }
    }
    check_known(state, terms)?;
    let ttl = terms.request_ttl.get();
    if terms.steps.iter().any(|step| step.escalate.as_ref().is_some_and(|escalate| escalate.after >= ttl)) {
        return Err("escalation_out_of_range");
    }
    if terms.steps.iter().any(|step| step.remind_every.is_some_and(|every| every < Seconds::hours(1))) {
        return Err("reminder_out_of_range");
    }
    if terms.break_glass.is_some() && terms.max_duration.is_some_and(|longest| cap(terms) > longest) {
        return Err("break_glass_out_of_range");
    }
    check_conflict(state, own, terms, entries)
}

/// How long access lasts at most when the glass is broken: an hour where nothing is said, if anybody may ask for one.
pub(crate) fn cap(terms: &PolicyTerms) -> Seconds {
    let hour = Seconds::hours(1);
    let said = terms.break_glass.as_ref().and_then(|glass| glass.max_duration);
    said.unwrap_or(terms.max_duration.map_or(hour, |longest| longest.min(hour)))
}

fn check_known(state: &State, terms: &PolicyTerms) -> Result<(), Code> {
    let known_subject = |id: &SubjectId| state.people.subject(id).map(|_| ()).ok_or("unknown_subject");
    let known_group = |id: &GroupId| state.people.group(id).map(|_| ()).ok_or("unknown_group");
    for approver in approvers(terms) {
        match approver {
            Approver::Subject { id } => known_subject(id)?,
            Approver::Group { id } => known_group(id)?,
            Approver::Manager => {}
        }
    }
    for bypasser in terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter()) {
        match bypasser {
            Principal::Subject { id } => known_subject(id)?,
            Principal::Group { id } => known_group(id)?,
        }
    }
    Ok(())
}

fn check_conflict(
    state: &State,
    own: Option<&PolicyId>,
    terms: &PolicyTerms,
    entries: &[Entry],
) -> Result<(), Code> {
    for other in state.live_policies().filter(|other| Some(&other.id) != own).map(Ruled::current) {
        let shares_actions = match (&terms.actions, &other.terms.actions) {
            (ActionSet::All, ActionSet::All) => true,
            (ActionSet::Listed(ours), ActionSet::Listed(theirs)) => {
                ours.as_slice().iter().any(|action| theirs.as_slice().contains(action))
            }
            _ => false,
        };
        let is_same = |ours: &Entry, theirs: &Entry| {
            ours.kind == theirs.kind && ours.environment == theirs.environment && ours.paths == theirs.paths
        };
        if shares_actions
            && entries.iter().any(|ours| other.entries.iter().any(|theirs| is_same(ours, theirs)))
        {
            return Err("policy_conflict");
        }
    }
    Ok(())
}

fn tell_administrators(state: &State, deed: &mut Deed) {
    state.people.administrators.iter().for_each(|id| deed.tell("policy_changed", id, None));
}

pub(crate) fn create(state: &mut State, terms: &PolicyTerms, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    let terms = Terms::new(terms);
    check(state, None, &terms)?;
    let id = PolicyId::try_from(format!("pol_{}_{}", deed.version, deed.counts.0)).expect("an id");
    deed.counts.0 += 1;
    state.policies.push(Ruled { id: id.clone(), versions: vec![terms], is_live: true });
    deed.has_changed = true;
    deed.made.policy.get_or_insert(id);
    tell_administrators(state, deed);
    Ok(())
}

/// All or none, each decided as if those before had been made.
pub(crate) fn create_all(state: &mut State, all: &CreatePolicies, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    let mut ahead = state.clone();
    for terms in all.policies.iter() {
        create(&mut ahead, terms, deed).map_err(|_| "item_refused")?;
    }
    *state = ahead;
    Ok(())
}

pub(crate) fn update(state: &mut State, update: &UpdatePolicy, deed: &mut Deed) -> Result<(), Code> {
    let before = state.live(&update.policy_id).ok_or("not_found")?.terms().clone();
    check_administrator(state, deed)?;
    let terms: PolicyTerms = changed(&before, update, &["policyId", "pendingRequests", "liveGrants"])?;
    let terms = Terms::new(&terms);
    check(state, Some(&update.policy_id), &terms)?;
    if terms.terms != before {
        state.policy_mut(&update.policy_id).versions.push(terms);
        deed.has_changed = true;
        deed.made.policy = Some(update.policy_id.clone());
        tell_administrators(state, deed);
    }
    if update.pending_requests == PendingRequests::Cancel {
        cancel_pending(state, &update.policy_id, CancelReason::PolicyUpdated, deed);
    }
    if update.live_grants == LiveGrants::Revoke {
        let is_meant = |grant: &Grant| grant.policy_id == update.policy_id;
        grants::revoke_with_renewals(state, is_meant, EndReason::Revoked, None, deed);
    }
    Ok(())
}

pub(crate) fn delete(state: &mut State, delete: &DeletePolicy, deed: &mut Deed) -> Result<(), Code> {
    state.live(&delete.policy_id).ok_or("not_found")?;
    check_administrator(state, deed)?;
    state.policy_mut(&delete.policy_id).is_live = false;
    deed.has_changed = true;
    deed.made.policy = Some(delete.policy_id.clone());
    tell_administrators(state, deed);
    cancel_pending(state, &delete.policy_id, CancelReason::PolicyDeleted, deed);
    if delete.live_grants == LiveGrants::Revoke {
        let is_meant = |grant: &Grant| grant.policy_id == delete.policy_id;
        grants::revoke_with_renewals(state, is_meant, EndReason::PolicyDeleted, None, deed);
    }
    Ok(())
}

fn cancel_pending(state: &mut State, policy: &PolicyId, reason: CancelReason, deed: &mut Deed) {
    let meant = state.pending().filter(|request| request.content.policy_id == *policy);
    for id in meant.map(|request| request.id.clone()).collect::<Vec<_>>() {
        requests::close_as_cancelled(state, &id, reason, None, deed);
        deed.has_changed = true;
    }
}

/// Which policy governs a target, and what others govern inside it.
pub(crate) struct Governing {
    pub(crate) policy_id: PolicyId,
    pub(crate) version: u32,
    pub(crate) exclusions: Vec<Exclusion>,
    /// All that the target and the actions are about.
    pub(crate) area: Area,
    pub(crate) left_out: Area,
}

/// The most specific policy that covers all of a target by one of its entries, for all actions asked.
pub(crate) fn governing(state: &State, target: &Pattern, actions: &ActionList) -> Result<Governing, Code> {
    let area = area_of(target, actions);
    let covers = |entry: &Entry| entry.kind == target.kind && area.without(entry.area()).is_empty();
    let covering = state.live_entries().filter(|(_, entry)| covers(entry));
    let best = covering.max_by(|(_, one), (_, other)| one.rank(other));
    let (policy, _) = best.ok_or("no_policy")?;
    let left_out = governed_elsewhere(state, &policy.id, policy.version(), &target.kind, area);
    if area.without(left_out).is_empty() {
        return Err("split_request");
    }
    let exclusions = exclusions(state, policy, target, actions);
    Ok(Governing { policy_id: policy.id.clone(), version: policy.version(), exclusions, area, left_out })
}

/// What of an area other live policies govern against a policy in one of its versions.
pub(crate) fn governed_elsewhere(
    state: &State,
    id: &PolicyId,
    version: u32,
    kind: &ResourceType,
    area: Area,
) -> Area {
    let others = state.live_entries().filter(|(policy, _)| policy.id != *id).map(|(_, entry)| entry);
    let others: Vec<&Entry> = others.collect();
    area.without(governed(area, kind, &state.terms(id, version).entries, &others))
}

/// What other live policies govern inside a target, by their entries: those above our best that covers all of it.
fn exclusions(state: &State, own: &Ruled, target: &Pattern, actions: &ActionList) -> Vec<Exclusion> {
    let area = area_of(target, actions);
    let is_cover = |entry: &&Entry| entry.kind == target.kind && area.without(entry.area()).is_empty();
    let covers = own.current().entries.iter().filter(is_cover);
    let cover = covers.max_by(|one, other| one.rank(other)).expect("one covers");
    let mut exclusions = Vec::new();
    for (other, entry) in state.live_entries().filter(|(other, _)| other.id != own.id) {
        let is_above = entry.rank(cover) == Ordering::Greater && entry.kind == target.kind;
        if !is_above || entry.area().and(area).is_empty() {
            continue;
        }
        let has = |name: &str| {
            ACTIONS.iter().position(|action| *action == name).is_some_and(|at| entry.actions[at])
        };
        let left: Vec<_> = actions.as_slice().iter().filter(|action| has(action.as_str())).cloned().collect();
        exclusions.push(Exclusion {
            policy_id: other.id.clone(),
            policy_version: other.version(),
            environment: entry.environment.clone(),
            path: entry.path.clone(),
            actions: ActionList::try_from(left).expect("they overlap"),
        });
    }
    exclusions.sort();
    exclusions
}
