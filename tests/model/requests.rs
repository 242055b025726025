//! Requests: asking, amending, cancelling, how they end and what they give (`request.*`, `amend.*`, `bundle.*`,
//! `notice.*`).

use std::collections::BTreeMap;

use access_engine::commands::{CancelBundle, CancelRequest, RequestBundle, RequestDraft};
use access_engine::events::RequestMade;
use access_engine::grants::Grant;
use access_engine::people::{Actor, Personal};
use access_engine::requests::{AccessRequest, CancelReason, Closing, GrantOrigin, RequestContent};
use access_engine::values::{
    AccessDuration, BundleId, GrantId, RequestId, RequestStatus, Seconds, SubjectId, Text, Timestamp,
};

use super::approval::{Reviewer, names_anywhere, names_under, standing};
use super::delegations::delegators;
use super::drafts::{asked_duration, judge};
use super::grants::is_blank;
use super::people::People;
use super::policies::Governing;
use super::resources::Area;
use super::reviews::open_step;
use super::state::{Asked, Code, Deed, Given, State, Told, was_there};

/// Whether an actor sees a request: its requester, administrators, who is named for a step today and their delegates, be it
/// by what its broken glass is under, who reviewed it. By his id alone nobody sees what was before he had it.
pub(crate) fn sees(state: &State, id: &SubjectId, request: &AccessRequest, at: Timestamp) -> bool {
    let broken = request.break_glass.as_ref().and(request.grant_id.as_ref());
    let broken = broken.and_then(|grant| state.grant(grant));
    let names = |id: &SubjectId| {
        let is_under =
            |grant: &Grant| names_under(state, request, (&grant.policy_id, grant.policy_version), id);
        names_anywhere(state, request, id) || broken.is_some_and(is_under)
    };
    let has_reviewed = |commit: &u64| state.people.is_since(&id.into(), *commit);
    request.content.requester == *id && was_there(&state.people, id, request.id.as_str())
        || state.people.is_administrator(id)
        || request.reviewed_in.get(id).is_some_and(has_reviewed)
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

/// What a draft comes to that somebody states at an instant.
pub(crate) fn content(
    state: &State,
    draft: &RequestDraft,
    governing: &Governing,
    by: &SubjectId,
    at: Timestamp,
) -> Result<RequestContent, Code> {
    Ok(RequestContent {
        requester: by.clone(),
        target: draft.target.clone(),
        actions: draft.actions.clone(),
        starts_at: draft.starts_at.filter(|starts_at| *starts_at > at),
        duration: asked_duration(state, draft, at)?,
        until: draft.until,
        renews: draft.renews.clone(),
        justification: draft.justification.clone().map(Personal::from),
        ticket_url: draft.ticket_url.clone().map(Personal::from),
        client: None,
        policy_id: governing.policy_id.clone(),
        policy_version: governing.version,
        exclusions: governing.exclusions.clone(),
    })
}

/// SHA-256 over the RFC 8785 JSON, in lower-case hex.
/// From when on a request is expired that is stated at an instant.
pub(crate) fn expiry(state: &State, content: &RequestContent, at: Timestamp) -> Timestamp {
    let ttl = state.terms(&content.policy_id, content.policy_version).request_ttl.get();
    let by_policy = at.plus(ttl);
    content.until.map_or(by_policy, |until| until.min(by_policy))
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
    let content = content(state, draft, governing, deed.by(), deed.at).expect("it was judged");
    let made = RequestMade {
        request_id: id.clone(),
        content_hash: deed.hashes.get(&id).cloned().unwrap_or_default(),
        bundle_id: None,
        at: deed.at,
        expires_at: expiry(state, &content, deed.at),
        content,
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
        stated_at: made.at,
        expires_at: made.expires_at,
        status: RequestStatus::Pending,
        duration: made.content.duration,
        content: made.content,
        step: 1,
        asked: Vec::new(),
        reviews: Vec::new(),
        reviewed_in: BTreeMap::new(),
        edits: Vec::new(),
        closing: None,
        grant_id: None,
        break_glass: None,
        renewal_left_at: None,
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
    deed.made.bundle = Some(id);
    Ok(())
}

pub(crate) fn cancel(state: &mut State, cancel: &CancelRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &cancel.request_id, deed)?.clone();
    let reason = check_canceller(state, &request, cancel.reason.as_ref(), deed)?;
    close_as_cancelled(state, &request.id, reason, cancel.reason.clone(), deed);
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

/// In which part the actor takes a request back.
fn check_canceller(
    state: &State,
    request: &AccessRequest,
    said: Option<&Text>,
    deed: &Deed,
) -> Result<CancelReason, Code> {
    let is_requester = request.content.requester == *deed.by();
    if !is_requester && !state.people.is_administrator(deed.by()) {
        return Err("not_requester_or_administrator");
    }
    if !is_requester && said.is_none_or(|said| is_blank(said.as_str())) {
        return Err("reason_required");
    }
    Ok(if is_requester { CancelReason::Requester } else { CancelReason::Administrator })
}

/// Takes back all of a bundle that is pending.
pub(crate) fn cancel_all(state: &mut State, cancel: &CancelBundle, deed: &mut Deed) -> Result<(), Code> {
    let all = state.requests.iter().map(|asked| &asked.request);
    let of_it = all.filter(|request| request.bundle_id.as_ref() == Some(&cancel.bundle_id));
    let seen: Vec<&AccessRequest> =
        of_it.filter(|request| sees(state, deed.by(), request, deed.at)).collect();
    if seen.is_empty() {
        return Err("not_found");
    }
    let is_pending = |request: &&&AccessRequest| request.status == RequestStatus::Pending;
    let pending: Vec<AccessRequest> = seen.iter().filter(is_pending).map(|r| (*r).clone()).collect();
    let first = pending.first().ok_or("request_not_pending")?;
    let reason = check_canceller(state, first, cancel.reason.as_ref(), deed)?;
    for request in &pending {
        close_as_cancelled(state, &request.id, reason, cancel.reason.clone(), deed);
    }
    deed.has_changed = true;
    Ok(())
}

/// Whether a person has answered the current step, or another in his place.
pub(crate) fn has_answered(people: &People, request: &AccessRequest, id: &SubjectId) -> bool {
    standing(request, request.step).into_iter().any(|review| Reviewer::of(review).involves(people, id))
}

/// Of those who were asked about the current step, who has not answered.
pub(crate) fn unanswered(state: &State, id: &RequestId) -> Vec<Told> {
    let request = state.request(id).expect("it is there");
    let left = request.asked.iter().filter(|person| !has_answered(&state.people, request, person));
    left.map(|person| ("already_decided", person.clone(), Some(id.clone()))).collect()
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
    end(
        request,
        status,
        Closing { at: deed.at, by: deed.actor.clone(), origin, reason, note: note.map(Personal::from) },
    );
    let kind = match status {
        RequestStatus::Approved => "request_approved",
        RequestStatus::Rejected => "request_rejected",
        _ => "request_cancelled",
    };
    let requester = request.content.requester.clone();
    let is_own = deed.actor.subject() == Some(&requester);
    // Whoever has taken over his id has no part in it.
    let is_he = was_there(&state.people, &requester, id.as_str());
    if is_he && (status != RequestStatus::Cancelled || !is_own) {
        deed.tell(kind, &requester, Some(id));
    }
    // Nobody is told what he did himself.
    let left = unanswered(state, id).into_iter();
    deed.told.extend(left.filter(|(_, to, _)| deed.actor.subject() != Some(to)));
}

/// Nothing comes of a request any more that has ended.
pub(crate) fn end(request: &mut AccessRequest, status: RequestStatus, closing: Closing) {
    request.status = status;
    request.closing = Some(closing.into());
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
    glass: Option<(&Governing, Seconds, Option<Timestamp>)>,
    deed: &mut Deed,
) {
    let asked = state.requests.iter().find(|asked| asked.request.id == *id).expect("it is there");
    let content = &asked.request.content;
    let grant_id = GrantId::try_from(format!("grt_{}_0", deed.version)).expect("an id");
    let asked_for = content.starts_at.filter(|_| glass.is_none());
    let mut starts_at = asked_for.map_or(deed.at, |starts_at| starts_at.max(deed.at));
    // What breaks the glass renews nothing.
    let renews = content.renews.clone().filter(|_| glass.is_none());
    let renewed = renews.as_ref().and_then(|id| state.grant(id)).filter(|grant| grant.end.is_none());
    if let Some(ends_at) = renewed.and_then(|grant| grant.ends_at) {
        starts_at = starts_at.max(ends_at);
    }
    let (mut exclusions, mut left_out) = (content.exclusions.clone(), asked.left_out);
    let mut policy = (content.policy_id.clone(), content.policy_version);
    let mut duration = asked.request.duration;
    let mut origin = GrantOrigin::Approval;
    let mut until = content.until;
    if let Some((governing, length, end)) = glass {
        policy = (governing.policy_id.clone(), governing.version);
        exclusions.extend(governing.exclusions.iter().cloned());
        exclusions.sort();
        exclusions.dedup();
        left_out = left_out.or(governing.left_out);
        (origin, duration) = (GrantOrigin::BreakGlass, AccessDuration::Temporary(length));
        until = end;
    }
    let ends_at = match duration {
        AccessDuration::Temporary(length) => Some(starts_at.plus(length)),
        AccessDuration::Permanent => None,
    };
    let ends_at = ends_at.into_iter().chain(until).min();
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
    put_grant(state, grant, left_out, deed.at);
    deed.made.grant = Some(grant_id);
}

/// Adds a grant. Of broken glass the request has then been for as long as the grant is.
pub(crate) fn put_grant(state: &mut State, grant: Grant, left_out: Area, at: Timestamp) {
    if grant.origin == GrantOrigin::BreakGlass {
        state.broke_at.push((grant.holder.clone(), at));
    }
    let request = state.request_mut(&grant.request_id);
    request.grant_id = Some(grant.id.clone());
    if let (GrantOrigin::BreakGlass, Some(ends_at)) = (grant.origin, grant.ends_at) {
        let millis = ends_at.millis() - grant.starts_at.millis();
        let seconds = u64::try_from((millis + 999) / 1000).expect("it ends later");
        request.duration = AccessDuration::Temporary(Seconds::new(seconds));
    }
    state.grants.push(Given { grant, left_out });
}
