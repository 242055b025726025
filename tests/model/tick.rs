//! What is due, and in which order (`tick.*`, `remind.*`, `escalate.*`).

use std::collections::BTreeMap;

use access_engine::grants::{EndReason, Grant, GrantEnd};
use access_engine::people::Actor;
use access_engine::values::{DelegationId, GrantId, RequestId, Seconds, Timestamp};

use super::approval::stuck;
use super::archive::{self, leaves_at};
use super::commands::{reachable, tell_of_stuck};
use super::delegations;
use super::requests;
use super::reviews::{askable, unanswering};
use super::state::{Deed, Made, State, Told};

const WARNING: Seconds = Seconds::minutes(15);

/// What falls due, in the order in which things of one instant are done: expiry, then end, escalation, reminder, then
/// id; archiving comes last. A delegation is there from its first instant on, and nothing depends on the warning of a holder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Expiry(RequestId),
    Warning(GrantId),
    GrantEnd(GrantId),
    DelegationStart(DelegationId),
    DelegationEnd(DelegationId),
    Escalation(RequestId),
    Reminder(RequestId),
    Archiving,
}

/// When the holder is to be warned, if that is still to be done.
fn warning(grant: &Grant) -> Option<Timestamp> {
    let at = grant.ends_at?.minus(WARNING);
    (grant.end.is_none() && !grant.warned && at > grant.starts_at).then_some(at)
}

/// All that will fall due, as things stand.
fn dues(state: &State) -> Vec<(Timestamp, Due)> {
    let mut dues = Vec::new();
    for request in state.pending() {
        dues.push((request.expires_at, Due::Expiry(request.id.clone())));
        dues.extend(request.escalates_at.map(|at| (at, Due::Escalation(request.id.clone()))));
        dues.extend(request.reminds_at.map(|at| (at, Due::Reminder(request.id.clone()))));
    }
    for grant in state.grants.iter().map(|given| &given.grant).filter(|grant| grant.end.is_none()) {
        dues.extend(warning(grant).map(|at| (at, Due::Warning(grant.id.clone()))));
        dues.extend(grant.ends_at.map(|at| (at, Due::GrantEnd(grant.id.clone()))));
    }
    for delegation in state.delegations.iter().filter(|delegation| delegation.end.is_none()) {
        if !delegation.begun {
            dues.push((delegation.starts_at, Due::DelegationStart(delegation.id.clone())));
        }
        dues.push((delegation.ends_at, Due::DelegationEnd(delegation.id.clone())));
    }
    let requests = state.requests.iter().map(|asked| &asked.request);
    dues.extend(requests.filter_map(|request| Some((leaves_at(state, request)?, Due::Archiving))));
    dues
}

/// Does what is due at `at`, one thing after the other, in a commit of its own, and says who is told.
pub(crate) fn tick(state: &mut State, at: Timestamp) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let stuck_before = stuck(state);
    let mut is_due = false;
    while let Some((due_at, due)) = dues(state).into_iter().filter(|(due_at, _)| *due_at <= at).min() {
        is_due = true;
        let mut deed = Deed {
            actor: Actor::Clock,
            at: due_at,
            version: state.version + 1,
            has_changed: false,
            counts: (0, 0),
            made: Made::default(),
            told: Vec::new(),
            hashes: BTreeMap::new(),
        };
        // However late, of one request at most the last reminder is sent, and nothing asked of a step that has closed
        // since.
        let asking = match &due {
            Due::Reminder(id) | Due::Expiry(id) => vec![id.clone()],
            _ => Vec::new(),
        };
        carry_out(state, due, at, &mut deed);
        let reopened =
            deed.told.iter().filter(|(kind, ..)| *kind == "review_asked").flat_map(|(_, _, id)| id.clone());
        let reopened: Vec<RequestId> = reopened.collect();
        told.retain(|(kind, _, request)| {
            let is_one_of = |ids: &[RequestId]| request.iter().any(|id| ids.contains(id));
            let is_stale = *kind == "reminder" && is_one_of(&asking);
            !(is_stale || ["reminder", "review_asked"].contains(kind) && is_one_of(&reopened))
        });
        told.extend(deed.told);
    }
    // Who is called is not reminded beside it.
    let called: Vec<Told> = told.iter().filter(|(kind, ..)| *kind == "escalation").cloned().collect();
    told.retain(|(kind, to, id)| {
        *kind != "reminder" || !called.iter().any(|(_, other, of)| other == to && of == id)
    });
    if is_due {
        tell_of_stuck(state, &stuck_before, &mut told);
        state.version += 1;
        state.last = Some(at);
    }
    reachable(state, told)
}

fn carry_out(state: &mut State, due: Due, now: Timestamp, deed: &mut Deed) {
    match due {
        Due::Expiry(id) => {
            let request = state.request(&id).expect("it is pending");
            deed.tell("request_expired", &request.content.requester, Some(&id));
            deed.told.extend(requests::unanswered(state, &id));
            requests::expire(state.request_mut(&id), deed.at);
        }
        Due::Warning(id) => {
            let is_over = !is_carried_on(state, &id);
            let grant = state.grant_mut(&id);
            grant.warned = true;
            // A warning that comes too late is not sent.
            if is_over && grant.ends_at.is_some_and(|ends_at| now < ends_at) {
                deed.tell("grant_ending_soon", &grant.holder, Some(&grant.request_id));
            }
        }
        Due::GrantEnd(id) => {
            let is_over = !is_carried_on(state, &id);
            let grant = state.grant_mut(&id);
            if is_over {
                deed.tell("grant_ended", &grant.holder, Some(&grant.request_id));
            }
            grant.end =
                Some(GrantEnd { at: deed.at, reason: EndReason::Expired, by: Actor::Clock, note: None });
        }
        Due::DelegationStart(id) => {
            state.delegation_mut(&id).begun = true;
        }
        Due::DelegationEnd(id) => delegations::expire(state, &id, deed),
        Due::Escalation(id) => escalate(state, &id, deed),
        Due::Reminder(id) => remind(state, &id, deed),
        Due::Archiving => {
            let ids = archive::leaving(state, deed.at);
            archive::leave(state, &ids, deed.at);
        }
    }
}

/// Whether a renewal goes on where a grant ends.
fn is_carried_on(state: &State, id: &GrantId) -> bool {
    let ends_at = state.grant(id).and_then(|grant| grant.ends_at);
    let mut others = state.grants.iter().map(|given| &given.grant).filter(|other| other.end.is_none());
    others.any(|other| other.renews.as_ref() == Some(id) && Some(other.starts_at) <= ends_at)
}

/// Asks further approvers, and their delegates, to a step that nobody has completed in time.
fn escalate(state: &mut State, id: &RequestId, deed: &mut Deed) {
    let request = state.request_mut(id);
    request.escalates_at = None;
    request.escalated.push(request.step);
    let request = state.request(id).expect("it is there");
    let mut more = askable(state, request, request.step, deed.at);
    more.retain(|person| !request.asked.contains(person));
    more.iter().for_each(|person| deed.tell("escalation", person, Some(id)));
    let request = state.request_mut(id);
    request.asked.extend(more);
    request.asked.sort();
}

/// Reminds the approvers who have not answered, also those who have become some since (`remind.unanswered`).
fn remind(state: &mut State, id: &RequestId, deed: &mut Deed) {
    let request = state.request(id).expect("it is there");
    for person in unanswering(state, request, deed.at) {
        deed.tell("reminder", &person, Some(id));
    }
    let every = state.pinned(request).steps[request.step as usize - 1].remind_every.expect("it reminds");
    let request = state.request_mut(id);
    request.reminds_at = Some(deed.at.plus(every)).filter(|at| *at < request.expires_at);
}

/// When the next tick is worth calling.
pub(crate) fn next_wake_at(state: &State) -> Option<Timestamp> {
    dues(state).into_iter().map(|(at, _)| at).min()
}
