//! Requests: asking, amending, cancelling, how they end and what they give (`request.*`, `amend.*`, `bundle.*`,
//! `notice.*`).

use access_engine::commands::{AmendRequest, CancelRequest, RequestBundle, RequestDraft};
use access_engine::events::{RequestAmended, RequestMade};
use access_engine::grants::Grant;
use access_engine::people::Actor;
use access_engine::requests::{
    AccessRequest, CancelReason, Closing, GrantOrigin, RequestContent, ReviewStatus,
};
use access_engine::values::{
    AccessDuration, BundleId, GrantId, RequestId, RequestStatus, SubjectId, Text, Timestamp,
};
use sha2::{Digest, Sha256};

use super::approval::{Reviewer, names_anywhere, standing};
use super::delegations::delegators;
use super::drafts::judge;
use super::grants::is_blank;
use super::policies::Governing;
use super::resources::Area;
use super::reviews::open_step;
use super::state::{Asked, Code, Deed, Given, State, Told};

/// Whether an actor sees a request: its requester, administrators, who is named for a step today and their delegates,
/// who reviewed it.
pub(crate) fn sees(state: &State, id: &SubjectId, request: &AccessRequest, at: Timestamp) -> bool {
    let names = |id: &SubjectId| names_anywhere(state, request, id);
    request.content.requester == *id
        || state.people.is_administrator(id)
        || request.reviews.iter().any(|record| record.review.reviewer == *id)
        || names(id)
        || delegators(state, id, at).iter().any(names)
}

pub(crate) fn visible<'a>(state: &'a State, id: &RequestId, deed: &Deed) -> Result<&'a AccessRequest, Code> {
    state.request(id).filter(|request| sees(state, deed.by(), request, deed.at)).ok_or("not_found")
}

pub(crate) fn visible_pending<'a>(
    state: &'a State,
    id: &RequestId,
    deed: &Deed,
) -> Result<&'a AccessRequest, Code> {
    let request = visible(state, id, deed)?;
    if request.status == RequestStatus::Pending { Ok(request) } else { Err("request_not_pending") }
}

pub(crate) fn content(draft: &RequestDraft, governing: &Governing, deed: &Deed) -> RequestContent {
    RequestContent {
        requester: deed.by().clone(),
        target: draft.target.clone(),
        actions: draft.actions.clone(),
        starts_at: draft.starts_at.filter(|starts_at| *starts_at > deed.at),
        duration: draft.duration,
        justification: draft.justification.clone(),
        ticket_url: draft.ticket_url.clone(),
        policy_id: governing.policy_id.clone(),
        policy_version: governing.version,
        exclusions: governing.exclusions.clone(),
    }
}

/// SHA-256 over the RFC 8785 JSON, in lower-case hex.
fn hash(content: &RequestContent) -> String {
    let json = serde_json_canonicalizer::to_vec(content).expect("content is JSON");
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a new request into the state, before any step is opened.
pub(crate) fn make(
    state: &mut State,
    draft: &RequestDraft,
    governing: &Governing,
    deed: &mut Deed,
) -> RequestId {
    let id = RequestId::try_from(format!("req_{}_{}", deed.version, deed.counts.1)).expect("an id");
    deed.counts.1 += 1;
    let content = content(draft, governing, deed);
    let ttl = state.terms(&governing.policy_id, governing.version).terms.request_ttl.get();
    let made = RequestMade {
        request_id: id.clone(),
        content_hash: hash(&content),
        content,
        renews: draft.renews.clone(),
        bundle_id: None,
        at: deed.at,
        expires_at: deed.at.plus(ttl),
    };
    put(state, &made, governing.left_out);
    deed.has_changed = true;
    deed.made.request.get_or_insert(id.clone());
    id
}

/// Adds a request as it is made, before any step is opened.
pub(crate) fn put(state: &mut State, made: &RequestMade, left_out: Area) {
    let made = made.clone();
    state.asked_at.push((made.content.requester.clone(), made.at));
    let request = AccessRequest {
        id: made.request_id,
        content_hash: made.content_hash,
        made_at: made.at,
        expires_at: made.expires_at,
        status: RequestStatus::Pending,
        duration: made.content.duration,
        content: made.content,
        step: 1,
        asked: Vec::new(),
        reviews: Vec::new(),
        edits: Vec::new(),
        closing: None,
        grant_id: None,
        break_glass: None,
        renews: made.renews,
        bundle_id: made.bundle_id,
        escalated: Vec::new(),
        escalates_at: None,
        reminds_at: None,
    };
    state.requests.push(Asked { request, left_out });
}

pub(crate) fn ask(state: &mut State, draft: &RequestDraft, deed: &mut Deed) -> Result<(), Code> {
    let governing = judge(state, draft, None, deed)?;
    let id = make(state, draft, &governing, deed);
    open_step(state, &id, 1, deed);
    Ok(())
}

/// Several at once, all or none, each an ordinary request.
pub(crate) fn ask_all(state: &mut State, bundle: &RequestBundle, deed: &mut Deed) -> Result<(), Code> {
    let mut ahead = state.clone();
    let before = ahead.requests.len();
    for draft in bundle.items.iter() {
        ask(&mut ahead, draft, deed).map_err(|_| "item_refused")?;
    }
    let id = BundleId::try_from(format!("bdl_{}_0", deed.version)).expect("an id");
    for asked in &mut ahead.requests[before..] {
        asked.request.bundle_id = Some(id.clone());
    }
    *state = ahead;
    Ok(())
}

pub(crate) fn amend(state: &mut State, amend: &AmendRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &amend.request_id, deed)?.clone();
    if request.content.requester != *deed.by() {
        return Err("not_requester");
    }
    let governing = judge(state, &amend.draft, Some(&request.id), deed)?;
    let ttl = state.terms(&governing.policy_id, governing.version).terms.request_ttl.get();
    let content = content(&amend.draft, &governing, deed);
    let amended = RequestAmended {
        request_id: request.id.clone(),
        content_hash: hash(&content),
        content,
        renews: amend.draft.renews.clone(),
        at: deed.at,
        expires_at: request.expires_at.min(deed.at.plus(ttl)),
    };
    start_over(state, &amended, governing.left_out);
    deed.has_changed = true;
    deed.made.request = Some(request.id.clone());
    open_step(state, &request.id, 1, deed);
    Ok(())
}

/// Puts an amendment in the place of what was asked, before its first step is opened.
pub(crate) fn start_over(state: &mut State, amended: &RequestAmended, left_out: Area) {
    state.asked_at.push((amended.content.requester.clone(), amended.at));
    let asked = state.asked_mut(&amended.request_id);
    asked.left_out = left_out;
    let request = &mut asked.request;
    request.content = amended.content.clone();
    request.content_hash.clone_from(&amended.content_hash);
    request.duration = amended.content.duration;
    request.renews.clone_from(&amended.renews);
    request.expires_at = amended.expires_at;
    request.escalated = Vec::new();
    for record in request.reviews.iter_mut().filter(|record| record.standing == ReviewStatus::Standing) {
        record.standing = ReviewStatus::Amended;
    }
}

pub(crate) fn cancel(state: &mut State, cancel: &CancelRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &cancel.request_id, deed)?.clone();
    let is_requester = request.content.requester == *deed.by();
    if !is_requester && !state.people.is_administrator(deed.by()) {
        return Err("not_requester_or_administrator");
    }
    if !is_requester && cancel.reason.as_ref().is_none_or(|reason| is_blank(reason.as_str())) {
        return Err("reason_required");
    }
    let reason = if is_requester { CancelReason::Requester } else { CancelReason::Administrator };
    close_as_cancelled(state, &request.id, reason, cancel.reason.clone(), deed);
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

/// Whether somebody has answered the current step, or another in their place.
pub(crate) fn has_answered(request: &AccessRequest, id: &SubjectId) -> bool {
    standing(request, request.step).into_iter().any(|review| Reviewer::of(review).involves(id))
}

/// Of those who were asked about the current step, who has not answered.
pub(crate) fn unanswered(request: &AccessRequest) -> Vec<Told> {
    let left = request.asked.iter().filter(|id| !has_answered(request, id));
    left.map(|id| ("already_decided", id.clone(), Some(request.id.clone()))).collect()
}

pub(crate) fn close_as_cancelled(
    state: &mut State,
    id: &RequestId,
    reason: CancelReason,
    note: Option<Text>,
    deed: &mut Deed,
) {
    close(state, id, RequestStatus::Cancelled, None, Some(reason), note, deed);
}

/// Ends a request and tells its requester, unless he did it, and who was asked in vain.
pub(crate) fn close(
    state: &mut State,
    id: &RequestId,
    status: RequestStatus,
    origin: Option<GrantOrigin>,
    reason: Option<CancelReason>,
    note: Option<Text>,
    deed: &mut Deed,
) {
    let request = state.request_mut(id);
    end(request, status, Closing { at: deed.at, by: deed.actor.clone(), origin, reason, note });
    let kind = match status {
        RequestStatus::Approved => "request_approved",
        RequestStatus::Rejected => "request_rejected",
        _ => "request_cancelled",
    };
    let is_own = deed.actor.subject() == Some(&request.content.requester);
    if status != RequestStatus::Cancelled || !is_own {
        deed.tell(kind, &request.content.requester, Some(id));
    }
    // Nobody is told what he did himself.
    deed.told.extend(unanswered(request).into_iter().filter(|(_, to, _)| deed.actor.subject() != Some(to)));
}

/// Nothing comes of a request any more that has ended.
pub(crate) fn end(request: &mut AccessRequest, status: RequestStatus, closing: Closing) {
    request.status = status;
    request.closing = Some(closing);
    (request.reminds_at, request.escalates_at) = (None, None);
}

pub(crate) fn expire(request: &mut AccessRequest, at: Timestamp) {
    let closing = Closing { at, by: Actor::Clock, origin: None, reason: None, note: None };
    end(request, RequestStatus::Expired, closing);
}

/// The grant that an approved request makes; of a break-glass under the policy that governs now.
pub(crate) fn grant(
    state: &mut State,
    id: &RequestId,
    glass: Option<(&Governing, AccessDuration)>,
    deed: &mut Deed,
) -> Timestamp {
    let asked = state.requests.iter().find(|asked| asked.request.id == *id).expect("it is there");
    let content = &asked.request.content;
    let grant_id = GrantId::try_from(format!("grt_{}_0", deed.version)).expect("an id");
    let asked_for = content.starts_at.filter(|_| glass.is_none());
    let mut starts_at = asked_for.map_or(deed.at, |starts_at| starts_at.max(deed.at));
    // What breaks the glass renews nothing.
    let renews = asked.request.renews.clone().filter(|_| glass.is_none());
    let renewed = renews.as_ref().and_then(|id| state.grant(id)).filter(|grant| grant.end.is_none());
    if let Some(ends_at) = renewed.and_then(|grant| grant.ends_at) {
        starts_at = starts_at.max(ends_at);
    }
    let (mut exclusions, mut left_out) = (content.exclusions.clone(), asked.left_out);
    let mut policy = (content.policy_id.clone(), content.policy_version);
    let mut duration = asked.request.duration;
    let mut origin = GrantOrigin::Approval;
    if let Some((governing, length)) = glass {
        policy = (governing.policy_id.clone(), governing.version);
        exclusions.extend(governing.exclusions.iter().cloned());
        exclusions.sort();
        exclusions.dedup();
        left_out = left_out.or(governing.left_out);
        (origin, duration) = (GrantOrigin::BreakGlass, length);
    }
    let ends_at = match duration {
        AccessDuration::Temporary(length) => Some(starts_at.plus(length)),
        AccessDuration::Permanent => None,
    };
    let grant = Grant {
        id: grant_id.clone(),
        request_id: id.clone(),
        holder: content.requester.clone(),
        target: content.target.clone(),
        actions: content.actions.clone(),
        exclusions,
        policy_id: policy.0,
        policy_version: policy.1,
        origin,
        starts_at,
        ends_at,
        warned: false,
        renews,
        end: None,
    };
    state.grants.push(Given { grant, left_out });
    state.request_mut(id).grant_id = Some(grant_id.clone());
    deed.made.grant = Some(grant_id);
    starts_at
}
