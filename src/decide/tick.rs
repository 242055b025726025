use std::borrow::Cow;

use super::end_delegation::ended_with_reviews;
use super::shared::ended;
use crate::apply::{apply, set_reminder};
use crate::approval::Approval;
use crate::model::{
    AccessEvent, AccessRequest, Actor, DelegationEndReason, DelegationStarted, EndReason, GrantEndingSoon,
    RequestExpired, RequestId, Seconds, StepEscalated, StepReminded, Timestamp,
};
use crate::state::{Deadline, Due, State};

/// Everything that is due at `now`, each at its due time: by time, then expiries, ends, escalations, reminders and
/// warnings, then by id. What one brings about, the next one sees. Of several reminders that were missed only the last is
/// given.
pub fn decide_tick(state: &State, now: Timestamp) -> Vec<AccessEvent> {
    let mut ahead = Cow::Borrowed(state);
    let mut events = Vec::new();
    while let Some(deadline) = ahead.deadlines.first_key().filter(|deadline| is_due(deadline, now)).cloned() {
        let state = ahead.to_mut();
        if let Some((request, last)) = last_missed(state, &deadline, now) {
            set_reminder(state, &request, Some(last));
            continue;
        }
        // Whatever comes of it, it is not due again.
        state.deadlines.remove(&deadline);
        let fallen = fallen_due(state, &deadline);
        fallen.iter().for_each(|event| apply(state, event));
        events.extend(fallen);
    }
    events
}

fn is_due(deadline: &Deadline, now: Timestamp) -> bool {
    deadline.at <= now
}

fn fallen_due(state: &State, deadline: &Deadline) -> Vec<AccessEvent> {
    let at = deadline.at;
    let event = match &deadline.due {
        Due::RequestExpires(id) => {
            Some(AccessEvent::RequestExpired(RequestExpired { request_id: id.clone(), at }))
        }
        Due::GrantEnds(id) => {
            state.grant(id).map(|grant| ended(grant, at, &Actor::Clock, EndReason::Expired, None))
        }
        Due::DelegationEnds(id) => {
            let delegation = state.delegation(id);
            return delegation.map_or_else(Vec::new, |delegation| {
                ended_with_reviews(state, delegation, at, &Actor::Clock, DelegationEndReason::Expired)
            });
        }
        Due::DelegationStarts(id) => {
            Some(AccessEvent::DelegationStarted(DelegationStarted { delegation_id: id.clone(), at }))
        }
        Due::StepEscalates(id) => state.request(id).map(|request| escalated(state, request, at)),
        Due::StepReminds(id) => state.request(id).map(|request| reminded(state, request, at)),
        Due::GrantEndsSoon(id) => {
            Some(AccessEvent::GrantEndingSoon(GrantEndingSoon { grant_id: id.clone(), at }))
        }
    };
    event.into_iter().collect()
}

/// Of a reminder that is due: whose it is, and the last one that is due by now, unless that is this one.
fn last_missed(state: &State, deadline: &Deadline, now: Timestamp) -> Option<(RequestId, Timestamp)> {
    let Due::StepReminds(id) = &deadline.due else { return None };
    let every = remind_every(state, state.request(id)?)?.get();
    let missed = Seconds::between(deadline.at, now).get().checked_div(every)?;
    let last = deadline.at.plus(Seconds::new(missed.saturating_mul(every)));
    (last > deadline.at).then(|| (id.clone(), last))
}

fn remind_every(state: &State, request: &AccessRequest) -> Option<Seconds> {
    approval(state, request)?.step(request.step)?.remind_every
}

fn approval<'a>(state: &'a State, request: &'a AccessRequest) -> Option<Approval<'a>> {
    Some(Approval::of(state.directory(), &state.policy_of(request).ok()?.terms, request))
}

/// Those not asked before are asked now.
fn escalated(state: &State, request: &AccessRequest, at: Timestamp) -> AccessEvent {
    let mut later = request.clone();
    later.escalated.push(request.step);
    let asked = approval(state, &later).map(|approval| approval.asked(request.step)).unwrap_or_default();
    AccessEvent::StepEscalated(StepEscalated {
        request_id: request.id.clone(),
        step: request.step,
        at,
        asked: asked.into_iter().filter(|id| !request.asked.contains(id)).cloned().collect(),
    })
}

fn reminded(state: &State, request: &AccessRequest, at: Timestamp) -> AccessEvent {
    let next = remind_every(state, request).map(|every| at.plus(every));
    AccessEvent::StepReminded(StepReminded {
        request_id: request.id.clone(),
        step: request.step,
        at,
        asked: approval(state, request).map_or_else(Vec::new, |approval| approval.unanswered(request.step)),
        reminds_at: next.filter(|next| *next < request.expires_at),
    })
}

/// When the next tick is worth calling, if anything is ever due.
pub fn next_deadline(state: &State) -> Option<Timestamp> {
    state.deadlines.first_key().map(|deadline| deadline.at)
}
