//! The life of a grant.

use super::grant::Grant;
use crate::limits;
use crate::policies::{Exclusion, Policy};
use crate::requests::{AccessRequest, GrantOrigin};
use crate::values::{AccessDuration, GrantId, GrantStatus, Seconds, Timestamp};

/// The grant that an approval gives at `now`: it runs from then, from the start asked for, or from the end of the grant
/// that it carries on unless that is over, whichever is latest; for the duration in force, and no longer than until what was asked for.
pub fn of_approval(id: GrantId, request: &AccessRequest, renewed: Option<&Grant>, now: Timestamp) -> Grant {
    let content = &request.content;
    let carried_on = renewed.filter(|grant| status(grant, now) != GrantStatus::Ended);
    let carried_on_from = carried_on.and_then(|grant| grant.ends_at);
    let starts_at = [content.starts_at, carried_on_from].into_iter().flatten().fold(now, Timestamp::max);
    Grant {
        id,
        request_id: request.id.clone(),
        holder: content.requester.clone(),
        target: content.target.clone(),
        actions: content.actions.clone(),
        exclusions: content.exclusions.clone(),
        policy_id: content.policy_id.clone(),
        policy_version: content.policy_version,
        origin: GrantOrigin::Approval,
        renews: renewed.map(|grant| grant.id.clone()),
        starts_at,
        ends_at: earlier(ends_at(starts_at, request.duration), content.until),
        warned: false,
        end: None,
    }
}

/// The grant that breaking the glass gives: under the policy that governs now, for no longer than it allows. It begins
/// at once, whatever start was asked for.
pub fn of_break_glass(
    id: GrantId,
    request: &AccessRequest,
    governing: &Policy,
    exclusions: Vec<Exclusion>,
    now: Timestamp,
    length: Seconds,
) -> Grant {
    Grant {
        exclusions,
        policy_id: governing.id.clone(),
        policy_version: governing.version,
        origin: GrantOrigin::BreakGlass,
        starts_at: now,
        ends_at: earlier(Some(now.plus(length)), request.content.until),
        ..of_approval(id, request, None, now)
    }
}

/// The earlier of two ends, where there are two.
fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

fn ends_at(starts_at: Timestamp, duration: AccessDuration) -> Option<Timestamp> {
    match duration {
        AccessDuration::Temporary(length) => Some(starts_at.plus(length)),
        AccessDuration::Permanent => None,
    }
}

/// Where a grant stands at an instant: live on `[startsAt, endsAt)`, unless an event has ended it.
pub fn status(grant: &Grant, at: Timestamp) -> GrantStatus {
    if grant.end.is_some() || grant.ends_at.is_some_and(|end| end <= at) {
        GrantStatus::Ended
    } else if at < grant.starts_at {
        GrantStatus::Scheduled
    } else {
        GrantStatus::Live
    }
}

/// When the holder is warned that access is about to end: 15 minutes before, unless it lasts no longer than that or
/// the warning has been given.
pub fn ends_soon_at(grant: &Grant) -> Option<Timestamp> {
    let soon = grant.ends_at?.minus(Seconds::new(limits::ENDING_SOON));
    (!grant.warned && soon > grant.starts_at).then_some(soon)
}
