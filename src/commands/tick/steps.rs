use crate::approval::Approval;
use crate::events::{AccessEvent, StepEscalated, StepReminded};
use crate::requests::AccessRequest;
use crate::state::{Deadline, Due, State};
use crate::values::{RequestId, Seconds, Timestamp};

/// Of a reminder that is due: whose it is, and the last one that is due by now, unless that is this one.
pub(super) fn last_missed(
    state: &State,
    deadline: &Deadline,
    now: Timestamp,
) -> Option<(RequestId, Timestamp)> {
    let Due::StepReminds(id) = &deadline.due else { return None };
    let every = remind_every(state, state.requests().get(id)?)?.get();
    let missed = Seconds::between(deadline.at, now).get().checked_div(every)?;
    let last = deadline.at.plus(Seconds::new(missed.saturating_mul(every)));
    (last > deadline.at).then(|| (id.clone(), last))
}

fn remind_every(state: &State, request: &AccessRequest) -> Option<Seconds> {
    approval(state, request)?.step(request.step)?.remind_every
}

fn approval<'a>(state: &'a State, request: &'a AccessRequest) -> Option<Approval<'a>> {
    Some(Approval::of(state.directory(), state.delegations(), state.policy_of(request).ok()?, request))
}

/// Those not asked before are asked now.
pub(super) fn escalated(state: &State, request: &AccessRequest, at: Timestamp) -> AccessEvent {
    let mut later = request.clone();
    later.escalated.push(request.step);
    let asked = approval(state, &later).map(|approval| approval.to_ask(request.step)).unwrap_or_default();
    AccessEvent::StepEscalated(StepEscalated {
        request_id: request.id.clone(),
        step: request.step,
        at,
        asked: asked.into_iter().filter(|id| !request.asked.contains(id)).cloned().collect(),
    })
}

pub(super) fn reminded(state: &State, request: &AccessRequest, at: Timestamp) -> AccessEvent {
    let next = remind_every(state, request).map(|every| at.plus(every));
    AccessEvent::StepReminded(StepReminded {
        request_id: request.id.clone(),
        step: request.step,
        at,
        asked: approval(state, request).map_or_else(Vec::new, |approval| approval.unanswered(request.step)),
        reminds_at: next.filter(|next| *next < request.expires_at),
    })
}
