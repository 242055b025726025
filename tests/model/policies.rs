//! Policies: making, changing and deleting them, and which one governs (`policy.*`, `policies.*`, `governs.*`).

use std::cmp::Ordering;

use access_engine::commands::{CreatePolicies, DeletePolicy, LiveGrants, PendingRequests, UpdatePolicy};
use access_engine::grants::{EndReason, Grant};
use access_engine::policies::{Exclusion, PolicyTerms, Stated};
use access_engine::requests::CancelReason;
use access_engine::resources::{ActionList, Pattern};
use access_engine::values::{PolicyId, RequestId, ResourceType, Seconds};

use super::amending;
use super::grants;
use super::patch::{changed, states};
use super::people::{People, check_administrator};
use super::requests;
use super::resources::{ACTIONS, Area, Entry, area_of, governed};
use super::saving::{approvers, bypassers, faults, first, principal};
use super::state::{Code, Deed, Ruled, State, Terms};

/// How long access lasts at most when the glass is broken: an hour where nothing is said, if anybody may ask for one.
pub(crate) fn cap(terms: &PolicyTerms) -> Seconds {
    let hour = Seconds::hours(1);
    let said = terms.break_glass.as_ref().and_then(|glass| glass.max_duration);
    said.unwrap_or(terms.max_duration.map_or(hour, |longest| longest.min(hour)))
}

fn tell_administrators(state: &State, deed: &mut Deed) {
    state.people.administrators.iter().for_each(|id| deed.tell("policy_changed", id, None));
}

pub(crate) fn create(state: &mut State, terms: &PolicyTerms, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    let commit = deed.version;
    let terms = Terms::new(terms, Stated { steps: commit, bypassers: commit, condition: commit });
    first(&faults(state, None, &terms), &[])?;
    let id = PolicyId::try_from(format!("pol_{}_{}", deed.version, deed.counts.0)).expect("an id");
    deed.counts.0 += 1;
    state.policies.push(Ruled { id: id.clone(), versions: vec![Some(terms)], is_live: true });
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

/// The next version: a part that is stated again is meant as of now.
fn next(before: &Terms, update: &UpdatePolicy, commit: u64) -> Result<Terms, Code> {
    let own = ["policyId", "version", "pendingRequests", "liveGrants"];
    let terms: PolicyTerms = changed(&before.terms, update, &own)?;
    let stated = |path: &[&str], before| if states(update, path) { commit } else { before };
    let stated = Stated {
        steps: stated(&["steps"], before.stated.steps),
        bypassers: stated(&["breakGlass", "bypassers"], before.stated.bypassers),
        condition: stated(&["condition"], before.stated.condition),
    };
    Ok(Terms::new(&terms, stated))
}

/// Whether terms mean somebody who has taken over an id since those before were stated.
fn mean_others(people: &People, after: &Terms, before: &Terms) -> bool {
    let steps = after.stated.steps > before.stated.steps
        && approvers(after)
            .filter_map(principal)
            .any(|named| people.knows(&named) && !people.is_since(&named, before.stated.steps));
    let bypassers = after.stated.bypassers > before.stated.bypassers
        && bypassers(after)
            .any(|named| people.knows(named) && !people.is_since(named, before.stated.bypassers));
    let condition = after.condition.is_some()
        && after.stated.condition > before.stated.condition
        && people.has_newcomers_since(before.stated.condition);
    steps || bypassers || condition
}

fn check_newest(policy: &Ruled, looked_at: Option<u32>) -> Result<(), Code> {
    if looked_at.is_none_or(|version| version == policy.version()) { Ok(()) } else { Err("stale_policy") }
}

pub(crate) fn update(state: &mut State, update: &UpdatePolicy, deed: &mut Deed) -> Result<(), Code> {
    let policy = state.live(&update.policy_id).ok_or("not_found")?;
    check_administrator(state, deed)?;
    check_newest(policy, update.version)?;
    let before = policy.current().clone();
    let after = next(&before, update, deed.version)?;
    let known = faults(state, Some(&update.policy_id), &before);
    first(&faults(state, Some(&update.policy_id), &after), &known)?;
    if after.terms != before.terms || mean_others(&state.people, &after, &before) {
        state.policy_mut(&update.policy_id).versions.push(Some(after));
        deed.has_changed = true;
        deed.made.policy = Some(update.policy_id.clone());
        tell_administrators(state, deed);
    }
    match update.pending_requests {
        PendingRequests::Keep => {}
        PendingRequests::Cancel => {
            cancel_pending(state, &update.policy_id, CancelReason::PolicyUpdated, deed)
        }
        PendingRequests::Restart => restart_pending(state, &update.policy_id, deed),
    }
    if update.live_grants == LiveGrants::Revoke {
        let is_meant = |grant: &Grant| grant.policy_id == update.policy_id;
        grants::revoke_with_renewals(state, is_meant, EndReason::Revoked, None, deed);
    }
    Ok(())
}

pub(crate) fn delete(state: &mut State, delete: &DeletePolicy, deed: &mut Deed) -> Result<(), Code> {
    let policy = state.live(&delete.policy_id).ok_or("not_found")?;
    check_administrator(state, deed)?;
    check_newest(policy, delete.version)?;
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

fn pending_under(state: &State, policy: &PolicyId) -> Vec<RequestId> {
    let meant = state.pending().filter(|request| request.content.policy_id == *policy);
    meant.map(|request| request.id.clone()).collect()
}

/// One after the other begins anew, or is cancelled where that is refused.
fn restart_pending(state: &mut State, policy: &PolicyId, deed: &mut Deed) {
    for id in pending_under(state, policy) {
        if amending::restart(state, &id, deed).is_err() {
            requests::close_as_cancelled(state, &id, CancelReason::PolicyUpdated, None, deed);
            deed.has_changed = true;
        }
    }
}

fn cancel_pending(state: &mut State, policy: &PolicyId, reason: CancelReason, deed: &mut Deed) {
    for id in pending_under(state, policy) {
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
