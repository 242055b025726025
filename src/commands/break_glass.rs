use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::checks::check_pending;
use super::consequences::requests::approval_closing;
use super::drafts::{asked_duration, check_duration, check_may_ask, check_not_granted, request_made, twin};
use super::request_access::RequestDraft;
use crate::events::{AccessEvent, GrantCreated, RequestApproved};
use crate::people::Actor;
use crate::policies::{Exclusion, Governance, Policy, govern};
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, GrantOrigin, RequestContent};
use crate::state::State;
use crate::values::{AccessDuration, Invalid, InvalidKind, RequestId, Seconds, SubjectId, Text, Timestamp};
use crate::visibility::{acting_subject, visible_request};
use crate::{grants, limits};

/// Goes ahead without approval, on a pending request of one's own or on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "BreakGlassFields")]
pub struct BreakGlass {
    /// What for. On the wire `requestId` or `draft`.
    #[serde(flatten)]
    pub subject_matter: BreakGlassFor,
    /// Why this cannot wait; 10 or more characters that are not blank.
    pub justification: Text,
}

/// What the glass is broken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BreakGlassFor {
    /// A pending request of one's own.
    RequestId(RequestId),
    /// What would be asked for.
    Draft(RequestDraft),
}

// As it is written: alternatives are optional fields beside each other.
/// Goes ahead without approval. Give `requestId` or `draft`.
#[derive(Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "BreakGlass"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BreakGlassFields {
    /// A pending request of one's own.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    request_id: Option<RequestId>,
    /// What would be asked for. A pending request for the same is taken instead.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    draft: Option<RequestDraft>,
    /// Why this cannot wait; 10 or more characters that are not blank.
    justification: Text,
}

impl TryFrom<BreakGlassFields> for BreakGlass {
    type Error = Invalid;

    fn try_from(fields: BreakGlassFields) -> Result<Self, Invalid> {
        let subject_matter = match (fields.request_id, fields.draft) {
            (Some(request_id), None) => BreakGlassFor::RequestId(request_id),
            (None, Some(draft)) if draft.renews.is_some() => {
                let problem = "a grant is renewed by an ordinary request: leave `renews` out";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
            (None, Some(draft)) if draft.starts_at.is_some() => {
                let problem = "breaking the glass gives access at once: leave `startsAt` out";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
            (None, Some(draft)) => BreakGlassFor::Draft(draft),
            _ => return Err(Invalid::new(InvalidKind::InvalidInput, "give either `requestId` or `draft`")),
        };
        Ok(Self { subject_matter, justification: fields.justification })
    }
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &BreakGlass,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let requester = acting_subject(state, actor)?;
    let justification = &command.justification;
    match &command.subject_matter {
        BreakGlassFor::RequestId(id) => {
            let request = visible_request(state, actor, id)?;
            check_pending(request)?;
            if request.content.requester != *requester {
                return Err(Refusal::NotRequester);
            }
            on_request(state, actor, request, Ok(request.duration), justification, now)
        }
        BreakGlassFor::Draft(draft) => (match twin(state, requester, draft, now) {
            Some(request) => {
                let asked = AccessRequest {
                    content: RequestContent { until: draft.until, ..request.content.clone() },
                    ..request.clone()
                };
                on_request(state, actor, &asked, asked_duration(draft, None, now), justification, now)
            }
            None => on_draft(state, actor, requester, draft, justification, now),
        })
        .map_err(|refusal| refusal.inside("draft")),
    }
}

/// Whether the requester may break the glass for what a policy governs.
///
/// # Errors
/// `break_glass_not_allowed` where nobody may, `not_a_bypasser`.
fn check_bypasser(state: &State, policy: &Policy, requester: &SubjectId) -> Result<(), Refusal> {
    let policy_id = || policy.id.clone();
    let listed = policy.terms.break_glass.as_ref().filter(|terms| !terms.bypassers.is_empty());
    listed.ok_or_else(|| Refusal::BreakGlassNotAllowed { policy_id: policy_id() })?;
    if policy.has_bypasser(state.directory(), requester) {
        Ok(())
    } else {
        Err(Refusal::NotABypasser { policy_id: policy_id() })
    }
}

/// A pending request ends as approved. Bypassers, cap and exclusions are those of the policy that governs its target now.
fn on_request(
    state: &State,
    actor: &Actor,
    request: &AccessRequest,
    duration: Result<AccessDuration, Refusal>,
    justification: &Text,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let content = &request.content;
    let governance = govern(state.policies(), &content.target, &content.actions)?;
    check_bypasser(state, governance.policy, &content.requester)?;
    check_long_enough(justification)?;
    let duration = duration?;
    check_duration(&governance.policy.terms, duration)?;
    let own = Some(&request.id);
    check_not_granted(state, &content.requester, &content.target, &content.actions, &governance, own, now)?;
    check_not_too_often(state, &content.requester, now)?;
    Ok(give_access(state, actor, request, &governance, duration, justification, now))
}

fn on_draft(
    state: &State,
    actor: &Actor,
    requester: &SubjectId,
    draft: &RequestDraft,
    justification: &Text,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let governance = govern(state.policies(), &draft.target, &draft.actions)?;
    check_bypasser(state, governance.policy, requester)?;
    check_may_ask(state, requester, governance.policy)?;
    check_long_enough(justification)?;
    let duration = asked_duration(draft, None, now)?;
    check_duration(&governance.policy.terms, duration)?;
    check_not_granted(state, requester, &draft.target, &draft.actions, &governance, None, now)?;
    check_not_too_often(state, requester, now)?;
    // Whoever says why it can't wait has said why.
    let said = draft.justification.as_ref().filter(|said| !said.is_blank());
    let draft = RequestDraft { justification: Some(said.unwrap_or(justification).clone()), ..draft.clone() };
    let made = request_made(state.new_request_id(0), requester, &draft, duration, &governance, now);
    let request = made.request();
    let mut events = vec![AccessEvent::RequestMade(made)];
    events.extend(give_access(state, actor, &request, &governance, duration, justification, now));
    Ok(events)
}

fn check_long_enough(justification: &Text) -> Result<(), Refusal> {
    let visible = justification.visible_chars();
    if visible >= limits::BREAK_GLASS_CHARS {
        return Ok(());
    }
    Err(Refusal::JustificationTooShort { visible: u32::try_from(visible).unwrap_or(u32::MAX) })
}

fn check_not_too_often(state: &State, requester: &SubjectId, now: Timestamp) -> Result<(), Refusal> {
    let since = now.minus(Seconds::new(limits::REQUEST_WINDOW));
    let limit = limits::BREAK_GLASS_IN_WINDOW;
    if state.grants().broken_at(requester).filter(|at| *at > since).count() < limit {
        return Ok(());
    }
    Err(Refusal::TooManyBreakGlass { limit: u32::try_from(limit).unwrap_or(u32::MAX) })
}

fn give_access(
    state: &State,
    actor: &Actor,
    request: &AccessRequest,
    governance: &Governance<'_>,
    duration: AccessDuration,
    justification: &Text,
    now: Timestamp,
) -> Vec<AccessEvent> {
    let length = capped(duration, governance.policy.terms.break_glass_cap());
    // What ends by its own `until` before that, the policy has not shortened.
    let is_cut = request.content.until.is_none_or(|until| now.plus(length) < until);
    let is_shorter = is_cut && !duration.fits_within(AccessDuration::Temporary(length));
    let exclusions = both(&request.content.exclusions, &governance.exclusions);
    let grant =
        grants::of_break_glass(state.new_grant_id(), request, governance.policy, exclusions, now, length);
    vec![
        AccessEvent::RequestApproved(RequestApproved {
            request_id: request.id.clone(),
            closing: approval_closing(now, actor, GrantOrigin::BreakGlass),
        }),
        AccessEvent::GrantCreated(GrantCreated {
            grant,
            at: now,
            justification: Some(justification.clone().into()),
            shortened_from: is_shorter.then_some(duration),
        }),
    ]
}

fn capped(duration: AccessDuration, cap: Seconds) -> Seconds {
    match duration {
        AccessDuration::Temporary(asked) => asked.min(cap),
        AccessDuration::Permanent => cap,
    }
}

fn both(frozen: &[Exclusion], now: &[Exclusion]) -> Vec<Exclusion> {
    frozen.iter().chain(now).cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
