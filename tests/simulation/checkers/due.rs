use access_engine::events::AccessEvent;
use access_engine::grants::EndReason;
use access_engine::people::Actor;
use access_engine::values::RequestStatus;

use super::super::known::{Known, Seen};
use super::ensure;

/// Once nothing goes wrong any more, what is due happens, and all mail is sent or given up.
pub(super) fn has_happened(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Ended(end) = seen else { return Ok(()) };
    let now = known.now();
    let late =
        now.requests.iter().find(|(_, it)| it.status == RequestStatus::Pending && it.expires_at <= end.clock);
    ensure(late.is_none(), || format!("a request should have expired: {late:?}"))?;
    let late = now
        .grants
        .iter()
        .find(|(_, it)| it.ended_at.is_none() && it.ends_at.is_some_and(|at| at <= end.clock));
    ensure(late.is_none(), || format!("a grant should have ended: {late:?}"))?;
    let left = end.store.outbox.iter().find(|(_, due)| due.settled.is_none() && due.due.is_some());
    ensure(left.is_none(), || format!("mail was not sent: {left:?}"))
}

/// Each thing that time brings happens once, when it is due.
pub(super) fn happens_once(_: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Committed { commit, before, .. } = seen else { return Ok(()) };
    ensure(before.at.is_none_or(|at| at <= commit.at), || {
        format!("version {} goes back in time", commit.version)
    })?;
    for event in &commit.events {
        let closes = match event {
            AccessEvent::RequestApproved(it) => Some(&it.request_id),
            AccessEvent::RequestRejected(it) => Some(&it.request_id),
            AccessEvent::RequestCancelled(it) => Some(&it.request_id),
            AccessEvent::RequestExpired(it) => Some(&it.request_id),
            _ => None,
        };
        let ends = if let AccessEvent::GrantEnded(it) = event { Some(&it.grant_id) } else { None };
        let is_pending =
            |id| before.requests.get(id).is_none_or(|asked| asked.status == RequestStatus::Pending);
        ensure(closes.is_none_or(is_pending), || format!("a request ends twice: {event:?}"))?;
        let is_open = |id| before.grants.get(id).is_some_and(|given| given.ended_at.is_none());
        ensure(ends.is_none_or(is_open), || format!("a grant ends twice: {event:?}"))?;
        let is_due = match event {
            AccessEvent::RequestExpired(it) => {
                let due = before.requests.get(&it.request_id).map(|asked| asked.expires_at);
                due == Some(it.at) && it.at <= commit.at
            }
            AccessEvent::GrantEnded(it) if it.end.reason == EndReason::Expired => {
                before.grants.get(&it.grant_id).and_then(|given| given.ends_at) == Some(it.end.at)
            }
            AccessEvent::GrantEndingSoon(it) => {
                commit.actor == Actor::Clock && !before.warned.contains(&it.grant_id)
            }
            _ => true,
        };
        ensure(is_due, || format!("it is not due, or not any more: {event:?}"))?;
    }
    Ok(())
}
