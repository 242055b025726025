use super::checks::{check_not_ended, check_start};
use super::request_access::RequestDraft;
use crate::access::opens_all;
use crate::approval::Approval;
use crate::events::RequestMade;
use crate::grants::Grant;
use crate::people::{Actor, Personal};
use crate::policies::{Governance, Policy, PolicyTerms, Requirement, may_ask};
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, RequestContent, content_hash};
use crate::resources::{ActionList, Effort, Pattern, covers};
use crate::state::State;
use crate::values::{
    AccessDuration, GrantStatus, Invalid, InvalidKind, RequestId, Seconds, SubjectId, Text, Timestamp,
};
use crate::visibility::visible_grant;
use crate::{grants, limits};

/// The grant that a draft carries on: the requester's own, and not over.
pub(super) fn grant_to_renew<'a>(
    state: &'a State,
    requester: &SubjectId,
    draft: &RequestDraft,
    now: Timestamp,
) -> Result<Option<&'a Grant>, Refusal> {
    let Some(id) = &draft.renews else { return Ok(None) };
    let grant = visible_grant(state, &Actor::Subject(requester.clone()), id)?;
    check_not_ended(grant, now)?;
    if grant.holder == *requester { Ok(Some(grant)) } else { Err(Refusal::NotHolder) }
}

/// What is checked of every draft, break-glass included.
pub(super) fn check_draft(
    state: &State,
    requester: &SubjectId,
    draft: &RequestDraft,
    renewed: Option<&Grant>,
    governance: &Governance<'_>,
    amended: Option<&RequestId>,
    now: Timestamp,
) -> Result<(), Refusal> {
    check_may_ask(state, requester, governance.policy)?;
    let terms = &governance.policy.terms;
    check_duration(terms, asked_duration(draft, renewed, now)?)?;
    check_start(draft.starts_at, now)?;
    if terms.justification == Requirement::Required && draft.justification.as_ref().is_none_or(Text::is_blank)
    {
        return Err(Refusal::JustificationRequired);
    }
    if let Some(step) = Approval::new(state.directory(), state.delegations(), governance.policy, requester)
        .unapprovable_step()
    {
        return Err(Refusal::NoOtherApprover { step });
    }
    match renewed {
        Some(grant) => check_renewable(state, grant, &draft.target, &draft.actions, amended),
        None => {
            let start = to_come(draft.starts_at, now).unwrap_or(now);
            check_not_granted(state, requester, &draft.target, &draft.actions, governance, amended, start)
        }
    }
}

/// Whether the policy that governs lets this subject ask.
pub(super) fn check_may_ask(state: &State, requester: &SubjectId, policy: &Policy) -> Result<(), Refusal> {
    if may_ask(state.directory(), policy, requester) {
        return Ok(());
    }
    Err(Refusal::ConditionNotMet { policy_id: policy.id.clone() })
}

/// Whether a grant can be carried on by what is asked for: it has an end, is for all of it, and is not carried on yet.
fn check_renewable(
    state: &State,
    grant: &Grant,
    target: &Pattern,
    actions: &ActionList,
    amended: Option<&RequestId>,
) -> Result<(), Refusal> {
    let has_all = actions.as_slice().iter().all(|action| grant.actions.contains(action));
    if grant.ends_at.is_none() || !has_all || !covers(&grant.target, target) {
        return Err(Refusal::NotRenewable { grant_id: grant.id.clone() });
    }
    let mut pending = state
        .requests()
        .pending_of(&grant.holder)
        .filter(|request| request.content.renews.as_ref() == Some(&grant.id) && Some(&request.id) != amended)
        .map(|request| &request.id);
    let granted = || {
        let mut renewals = state.grants().open_of(&grant.holder);
        renewals.find(|renewal| renewal.renews.as_ref() == Some(&grant.id)).map(|renewal| &renewal.request_id)
    };
    match pending.next().or_else(granted) {
        Some(request_id) => Err(Refusal::AlreadyRenewed { request_id: request_id.clone() }),
        None => Ok(()),
    }
}

/// How long a draft asks for: what it says, else from the start to its `until`.
///
/// # Errors
/// `invalid_duration` where `until` is not 60 seconds to ten years after the start.
pub(super) fn asked_duration(
    draft: &RequestDraft,
    renewed: Option<&Grant>,
    now: Timestamp,
) -> Result<AccessDuration, Refusal> {
    let Some(until) = draft.until else { return Ok(draft.duration.unwrap_or(AccessDuration::Permanent)) };
    let carried_on_from = renewed.and_then(|grant| grant.ends_at);
    let start = [draft.starts_at, carried_on_from].into_iter().flatten().fold(now, Timestamp::max);
    let length = Seconds::up_to(start, until);
    if !(limits::MIN_SECONDS..=limits::MAX_SECONDS).contains(&length.get())
        || start.plus(Seconds::minutes(1)) > until
    {
        let problem = "access ends 1 minute to 3650 days after its start: give another `until`";
        return Err(Refusal::from(Invalid::new(InvalidKind::InvalidDuration, problem).inside("until")));
    }
    Ok(draft.duration.unwrap_or(AccessDuration::Temporary(length)))
}

/// Whether the policy lets anybody ask for so long.
pub(super) fn check_duration(terms: &PolicyTerms, duration: AccessDuration) -> Result<(), Refusal> {
    match terms.max_duration {
        Some(longest) if !duration.fits_within(AccessDuration::Temporary(longest)) => {
            Err(Refusal::DurationTooLong { duration_seconds: duration, longest_seconds: longest })
        }
        _ => Ok(()),
    }
}

/// Whether each grant leaves something to ask for at the start asked for; those that begin later or end by then do not
/// count.
pub(super) fn check_not_granted(
    state: &State,
    requester: &SubjectId,
    target: &Pattern,
    actions: &ActionList,
    governance: &Governance<'_>,
    amended: Option<&RequestId>,
    start: Timestamp,
) -> Result<(), Refusal> {
    let mut live =
        state.grants().open_of(requester).filter(|grant| grants::status(grant, start) == GrantStatus::Live);
    let mut effort = Effort::default();
    match live.find(|grant| opens_all(state, grant, target, actions, governance, &mut effort)) {
        Some(grant) => Err(Refusal::AlreadyGranted {
            grant_id: grant.id.clone(),
            ends_at: grant.ends_at,
            renewable: check_renewable(state, grant, target, actions, amended).is_ok(),
        }),
        None => Ok(()),
    }
}

/// Whether the same is pending already; `amended` is the request that the draft takes the place of.
pub(super) fn check_twins(
    state: &State,
    requester: &SubjectId,
    draft: &RequestDraft,
    amended: Option<&RequestId>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let mut others = state.requests().pending_of(requester).filter(|request| Some(&request.id) != amended);
    match others.find(|request| is_twin(request, draft, now)) {
        Some(twin) => Err(Refusal::DuplicateRequest { request_id: twin.id.clone() }),
        None => Ok(()),
    }
}

/// Whether this requester may ask once more.
pub(super) fn check_open_and_recent(
    state: &State,
    requester: &SubjectId,
    amended: Option<&RequestId>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let open = state.requests().pending_of(requester).filter(|request| Some(&request.id) != amended).count();
    let since = now.minus(Seconds::new(limits::REQUEST_WINDOW));
    let in_window = state.requests().asked_at(requester).filter(|asked_at| *asked_at > since).count();
    for (count, limit) in [(open, limits::OPEN_REQUESTS), (in_window, limits::REQUESTS_IN_WINDOW)] {
        if count >= limit {
            return Err(Refusal::TooManyRequests { limit: u32::try_from(limit).unwrap_or(u32::MAX) });
        }
    }
    Ok(())
}

/// The requester's pending request for the same target, actions and start.
pub(super) fn twin<'a>(
    state: &'a State,
    requester: &SubjectId,
    draft: &RequestDraft,
    now: Timestamp,
) -> Option<&'a AccessRequest> {
    state.requests().pending_of(requester).find(|request| is_twin(request, draft, now))
}

fn is_twin(request: &AccessRequest, draft: &RequestDraft, now: Timestamp) -> bool {
    let content = &request.content;
    content.target == draft.target
        && content.actions == draft.actions
        && to_come(content.starts_at, now) == to_come(draft.starts_at, now)
}

/// A start that is not after now is none.
fn to_come(starts_at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    starts_at.filter(|starts_at| *starts_at > now)
}

/// The draft as a request, decided under the policy that governs now.
pub(super) fn request_made(
    request_id: RequestId,
    requester: &SubjectId,
    draft: &RequestDraft,
    duration: AccessDuration,
    governance: &Governance<'_>,
    now: Timestamp,
) -> RequestMade {
    let expires_at = now.plus(governance.policy.terms.request_ttl.get());
    let RequestDraft { target, actions, until, starts_at, justification, ticket_url, renews, .. } =
        draft.clone();
    let content = RequestContent {
        requester: requester.clone(),
        target,
        actions,
        starts_at: to_come(starts_at, now),
        duration,
        until,
        renews,
        justification: justification.map(Personal::from),
        ticket_url: ticket_url.map(Personal::from),
        client: None,
        policy_id: governance.policy.id.clone(),
        policy_version: governance.policy.version,
        exclusions: governance.exclusions.clone(),
    };
    RequestMade {
        request_id,
        content_hash: content_hash(&content),
        content,
        bundle_id: None,
        at: now,
        expires_at: until.map_or(expires_at, |until| until.min(expires_at)),
    }
}
