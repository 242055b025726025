use serde::{Deserialize, Serialize};

use super::consequences::reviews::step_opened;
use super::drafts::{check_draft, check_twins_and_limits, grant_to_renew, request_made};
use crate::approval::Approval;
use crate::events::{AccessEvent, RequestMade};
use crate::people::Actor;
use crate::policies::govern;
use crate::refusal::Refusal;
use crate::resources::{ActionList, Pattern};
use crate::state::State;
use crate::values::{AccessDuration, BundleId, GrantId, Invalid, InvalidKind, Text, TicketUrl, Timestamp};
use crate::visibility::acting_subject;

/// What a requester asks for. The requester is always the actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "DraftFields")]
pub struct RequestDraft {
    /// One resource, or a pattern of them.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// For how long.
    pub duration: AccessDuration,
    /// When access should begin; absent: at approval. At most 90 days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// A grant of one's own that this one carries on, from its end or from approval if that is later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
}

// As it is written: alternatives are optional fields beside each other.
/// What a requester asks for. The requester is always the actor.
#[derive(Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "RequestDraft"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DraftFields {
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

impl TryFrom<DraftFields> for RequestDraft {
    type Error = Invalid;

    fn try_from(fields: DraftFields) -> Result<Self, Invalid> {
        let duration = match (fields.duration, fields.permanent.unwrap_or(false)) {
            (Some(duration), false) => duration,
            (None, true) => AccessDuration::Permanent,
            _ => {
                let problem = "give either `duration` or `permanent: true`";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
        };
        if fields.renews.is_some() && fields.starts_at.is_some() {
            let problem = "a renewal starts when the grant ends: give either `renews` or `startsAt`";
            return Err(Invalid::new(InvalidKind::InvalidInput, problem));
        }
        Ok(Self {
            target: fields.target,
            actions: fields.actions,
            duration,
            starts_at: fields.starts_at,
            justification: fields.justification,
            ticket_url: fields.ticket_url,
            renews: fields.renews,
        })
    }
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    draft: &RequestDraft,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    ask(state, actor, draft, None, now)
}

/// A request as one of a bundle, or by itself.
pub(super) fn ask(
    state: &State,
    actor: &Actor,
    draft: &RequestDraft,
    bundle: Option<(&BundleId, u32)>,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let requester = acting_subject(state, actor)?;
    let renewed = grant_to_renew(state, actor, requester, draft, now)?;
    let governance = govern(state.policies(), &draft.target, &draft.actions)?;
    check_draft(state, requester, draft, renewed, &governance, now)?;
    check_twins_and_limits(state, requester, draft, None, now)?;

    let id = state.new_request_id(bundle.map_or(0, |(_, number)| number));
    let made = RequestMade {
        bundle_id: bundle.map(|(id, _)| id.clone()),
        ..request_made(id, requester, draft, &governance, now)
    };
    let approval = Approval::new(state.directory(), state.delegations(), &governance.policy.terms, requester);
    let opened = step_opened(approval, &made.request(), 1, now);
    Ok(vec![AccessEvent::RequestMade(made), opened])
}
