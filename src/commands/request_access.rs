use serde::{Deserialize, Serialize};

use super::consequences::reviews::step_opened;
use super::drafts::{
    asked_duration, check_draft, check_open_and_recent, check_twins, grant_to_renew, request_made,
};
use crate::approval::Approval;
use crate::events::{AccessEvent, RequestMade};
use crate::people::Actor;
use crate::policies::govern;
use crate::refusal::Refusal;
use crate::requests::RequestContent;
use crate::resources::{ActionList, Pattern};
use crate::state::State;
use crate::values::{
    AccessDuration, BundleId, GrantId, Invalid, InvalidKind, Seconds, Text, TicketUrl, Timestamp, duration,
};
use crate::visibility::acting_subject;

/// What a requester asks for. The requester is always the actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DraftFields", into = "DraftFields")]
pub struct RequestDraft {
    /// One resource, or a pattern of them.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// For how long; absent: up to `until`.
    pub duration: Option<AccessDuration>,
    /// When access ends at the latest, however late the approval.
    pub until: Option<Timestamp>,
    /// When access should begin; absent: at approval. At most 90 days ahead.
    pub starts_at: Option<Timestamp>,
    /// Why.
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    pub ticket_url: Option<TicketUrl>,
    /// A grant of one's own that this one carries on, from its end or from approval if that is later.
    pub renews: Option<GrantId>,
}

// As it is written: alternatives are optional fields beside each other.
/// What a requester asks for. The requester is always the actor.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "RequestDraft"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DraftFields {
    /// One resource, or a pattern of them.
    target: Pattern,
    /// To do what.
    actions: ActionList,
    /// For how long. Give this, `until` or both, or `permanent`.
    #[serde(default, with = "duration::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Duration"))]
    duration: Option<Seconds>,
    /// When access ends, however late the approval, in milliseconds or RFC 3339; beside `duration`, at the earlier of
    /// the two. At least 60 seconds after the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    until: Option<Timestamp>,
    /// For ever: until revoked or released.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    permanent: Option<bool>,
    /// When access should begin, in milliseconds or RFC 3339; absent: at approval. At most 90 days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    starts_at: Option<Timestamp>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    ticket_url: Option<TicketUrl>,
    /// A grant of one's own that this one carries on, from its end or from approval if that is later. Not beside
    /// `startsAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    renews: Option<GrantId>,
}

impl TryFrom<DraftFields> for RequestDraft {
    type Error = Invalid;

    fn try_from(fields: DraftFields) -> Result<Self, Invalid> {
        let duration = match (fields.duration, fields.until, fields.permanent.unwrap_or(false)) {
            (_, Some(_), true) => {
                let problem = "permanent access has no end: leave `until` out";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
            (None, None, true) => Some(AccessDuration::Permanent),
            (Some(_), None, true) | (None, None, false) => {
                let problem = "give `duration`, `until` or both, or `permanent: true`";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
            (duration, _, false) => duration.map(AccessDuration::Temporary),
        };
        if fields.renews.is_some() && fields.starts_at.is_some() {
            let problem = "a renewal starts when the grant ends: give either `renews` or `startsAt`";
            return Err(Invalid::new(InvalidKind::InvalidInput, problem));
        }
        Ok(Self {
            target: fields.target,
            actions: fields.actions,
            duration,
            until: fields.until,
            starts_at: fields.starts_at,
            justification: fields.justification,
            ticket_url: fields.ticket_url,
            renews: fields.renews,
        })
    }
}

impl From<RequestDraft> for DraftFields {
    fn from(draft: RequestDraft) -> Self {
        let (duration, permanent) = match draft.duration {
            Some(AccessDuration::Temporary(length)) => (Some(length), None),
            Some(AccessDuration::Permanent) => (None, Some(true)),
            None => (None, None),
        };
        Self {
            target: draft.target,
            actions: draft.actions,
            duration,
            until: draft.until,
            permanent,
            starts_at: draft.starts_at,
            justification: draft.justification,
            ticket_url: draft.ticket_url,
            renews: draft.renews,
        }
    }
}

impl From<&RequestContent> for RequestDraft {
    /// The draft that asks for the same once more.
    fn from(content: &RequestContent) -> Self {
        let content = content.clone();
        Self {
            target: content.target,
            actions: content.actions,
            duration: Some(content.duration),
            until: content.until,
            starts_at: content.starts_at,
            justification: content.justification.as_deref().cloned(),
            ticket_url: content.ticket_url.as_deref().cloned(),
            renews: content.renews,
        }
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
    let renewed = grant_to_renew(state, requester, draft, now)?;
    let governance = govern(state.policies(), &draft.target, &draft.actions)?;
    check_draft(state, requester, draft, renewed, &governance, None, now)?;
    check_twins(state, requester, draft, None, now)?;
    check_open_and_recent(state, requester, None, now)?;

    let id = state.new_request_id(bundle.map_or(0, |(_, number)| number));
    let made = RequestMade {
        bundle_id: bundle.map(|(id, _)| id.clone()),
        ..request_made(id, requester, draft, asked_duration(draft, renewed, now)?, &governance, now)
    };
    let approval = Approval::new(state.directory(), state.delegations(), governance.policy, requester);
    let opened = step_opened(approval, &made.request(), 1, now);
    Ok(vec![AccessEvent::RequestMade(made), opened])
}
