//! What two commands look like on the wire, where alternatives are optional fields beside each other.

use serde::Deserialize;

use super::break_glass::BreakGlassFor;
use super::{break_glass, request_access};
use crate::resources::{ActionList, Pattern};
use crate::values::{AccessDuration, GrantId, Invalid, InvalidKind, RequestId, Text, TicketUrl, Timestamp};

/// What a requester asks for. The requester is always the actor.
#[derive(Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RequestDraft {
    /// One resource, or a pattern of them.
    target: Pattern,
    /// To do what.
    actions: ActionList,
    /// For how long: seconds, ISO 8601 such as `PT8H`, or `"permanent"`. Give this or `permanent`.
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    duration: Option<AccessDuration>,
    /// For ever: until revoked or released.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    permanent: Option<bool>,
    /// When access should begin, in milliseconds or RFC 3339; absent: at approval. At most 90 days ahead.
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    starts_at: Option<Timestamp>,
    /// Why.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    justification: Option<Text>,
    /// A link to the ticket behind it.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    ticket_url: Option<TicketUrl>,
    /// A grant of one's own that this one carries on, from its end or from approval if that is later. Not beside
    /// `startsAt`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    renews: Option<GrantId>,
}

impl TryFrom<RequestDraft> for request_access::RequestDraft {
    type Error = Invalid;

    fn try_from(wire: RequestDraft) -> Result<Self, Invalid> {
        let duration = match (wire.duration, wire.permanent.unwrap_or(false)) {
            (Some(duration), false) => duration,
            (None, true) => AccessDuration::Permanent,
            _ => {
                let problem = "give either `duration` or `permanent: true`";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
        };
        if wire.renews.is_some() && wire.starts_at.is_some() {
            let problem = "a renewal starts when the grant ends: give either `renews` or `startsAt`";
            return Err(Invalid::new(InvalidKind::InvalidInput, problem));
        }
        Ok(Self {
            target: wire.target,
            actions: wire.actions,
            duration,
            starts_at: wire.starts_at,
            justification: wire.justification,
            ticket_url: wire.ticket_url,
            renews: wire.renews,
        })
    }
}

/// Goes ahead without approval. Give `requestId` or `draft`.
#[derive(Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct BreakGlass {
    /// A pending request of one's own.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    request_id: Option<RequestId>,
    /// What would be asked for. A pending request for the same is taken instead.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    draft: Option<request_access::RequestDraft>,
    /// Why this cannot wait; 10 or more characters that are not blank.
    justification: Text,
}

impl TryFrom<BreakGlass> for break_glass::BreakGlass {
    type Error = Invalid;

    fn try_from(wire: BreakGlass) -> Result<Self, Invalid> {
        let subject_matter = match (wire.request_id, wire.draft) {
            (Some(request_id), None) => BreakGlassFor::RequestId(request_id),
            (None, Some(draft)) if draft.renews.is_some() => {
                let problem = "a grant is renewed by an ordinary request: leave `renews` out";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
            (None, Some(draft)) => BreakGlassFor::Draft(draft),
            _ => return Err(Invalid::new(InvalidKind::InvalidInput, "give either `requestId` or `draft`")),
        };
        Ok(Self { subject_matter, justification: wire.justification })
    }
}
