//! What is due (SEMANTICS §9).

use access_engine::model::{Actor, Closing, EndReason, Grant, GrantEnd, RequestStatus, Seconds, Timestamp};

use super::model::reachable;
use super::requests;
use super::state::{State, Told};

const WARNING: Seconds = Seconds::minutes(15);

/// When the holder is to be warned, if that is still to be done.
fn warning(grant: &Grant) -> Option<Timestamp> {
    let at = grant.ends_at?.minus(WARNING);
    (grant.end.is_none() && !grant.warned && at > grant.starts_at).then_some(at)
}

/// Ends what is due at `at`, in a commit of its own, and says who is told.
pub(crate) fn tick(state: &mut State, at: Timestamp) -> Vec<Told> {
    let mut told = Vec::new();
    let mut is_due = false;
    for asked in &mut state.requests {
        let request = &mut asked.request;
        if request.status == RequestStatus::Pending && request.expires_at <= at {
            is_due = true;
            told.push(("request_expired", request.content.requester.clone(), Some(request.id.clone())));
            told.extend(requests::unanswered(request));
            request.status = RequestStatus::Expired;
            let (origin, reason, note) = (None, None, None);
            request.closing =
                Some(Closing { at: request.expires_at, by: Actor::Clock, origin, reason, note });
        }
    }
    for given in &mut state.grants {
        let grant = &mut given.grant;
        let is_over = grant.ends_at.is_some_and(|ends_at| ends_at <= at);
        if warning(grant).is_some_and(|warning| warning <= at) {
            is_due = true;
            grant.warned = true;
            // A warning that comes too late is not sent.
            if !is_over {
                told.push(("grant_ending_soon", grant.holder.clone(), Some(grant.request_id.clone())));
            }
        }
        if let Some(ends_at) = grant.ends_at.filter(|_| is_over && grant.end.is_none()) {
            is_due = true;
            told.push(("grant_ended", grant.holder.clone(), Some(grant.request_id.clone())));
            grant.end =
                Some(GrantEnd { at: ends_at, reason: EndReason::Expired, by: Actor::Clock, note: None });
        }
    }
    if is_due {
        state.version += 1;
        state.last = Some(at);
    }
    reachable(state, told)
}

/// When the next tick is worth calling.
pub(crate) fn next_wake_at(state: &State) -> Option<Timestamp> {
    let requests = state.requests.iter().map(|asked| &asked.request);
    let expiries =
        requests.filter(|request| request.status == RequestStatus::Pending).map(|request| request.expires_at);
    let grants = state.grants.iter().map(|given| &given.grant).filter(|grant| grant.end.is_none());
    expiries.chain(grants.flat_map(|grant| grant.ends_at.into_iter().chain(warning(grant)))).min()
}
