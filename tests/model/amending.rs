//! Amending a request, and restarting it under a policy that was changed (`amend.*`).

use access_engine::commands::{AmendRequest, RequestDraft};
use access_engine::events::RequestAmended;
use access_engine::people::Actor;
use access_engine::requests::{AccessRequest, ReviewStatus};
use access_engine::values::{AccessDuration, RequestId};

use super::drafts::{judge, judge_alone};
use super::policies::Governing;
use super::requests::{content, expiry, visible_pending};
use super::resources::Area;
use super::reviews::open_step;
use super::state::{Code, Deed, State};

pub(crate) fn amend(state: &mut State, amend: &AmendRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &amend.request_id, deed)?.clone();
    if request.content.requester != *deed.by() {
        return Err("not_requester");
    }
    let governing = judge(state, &amend.draft, Some(&request.id), deed)?;
    if state_anew(state, &request, &amend.draft, &governing, None, deed) {
        deed.made.request = Some(request.id);
    }
    Ok(())
}

/// A pending request as if its requester had amended it to the same, after its policy was changed. A duration that was
/// shortened stays so.
pub(crate) fn restart(state: &mut State, id: &RequestId, deed: &mut Deed) -> Result<(), Code> {
    let request = state.request(id).expect("it is pending").clone();
    let content = request.content.clone();
    let draft = RequestDraft {
        target: content.target,
        actions: content.actions,
        duration: Some(content.duration),
        until: content.until,
        starts_at: content.starts_at,
        justification: content.justification.as_deref().cloned(),
        ticket_url: content.ticket_url.as_deref().cloned(),
        renews: content.renews,
    };
    let by_requester = Deed { actor: Actor::Subject(content.requester), ..deed.clone() };
    let governing = judge_alone(state, &draft, Some(id), &by_requester)?;
    let shortened = Some(request.duration).filter(|duration| *duration != content.duration);
    state_anew(state, &request, &draft, &governing, shortened, deed);
    Ok(())
}

/// Amends a request, unless the draft comes to what it says already; whether it does.
fn state_anew(
    state: &mut State,
    request: &AccessRequest,
    draft: &RequestDraft,
    governing: &Governing,
    shortened: Option<AccessDuration>,
    deed: &mut Deed,
) -> bool {
    let stated = |at| content(state, draft, governing, &request.content.requester, at);
    if stated(request.stated_at).as_ref() == Ok(&request.content) {
        return false;
    }
    let content = stated(deed.at).expect("it was judged");
    let amended = RequestAmended {
        request_id: request.id.clone(),
        content_hash: deed.hashes.get(&request.id).cloned().unwrap_or_default(),
        duration: shortened,
        at: deed.at,
        expires_at: request.expires_at.min(expiry(state, &content, deed.at)),
        content,
    };
    start_over(state, &amended, governing.left_out);
    deed.has_changed = true;
    open_step(state, &request.id, 1, deed);
    true
}

/// Puts an amendment in the place of what was asked, before its first step is opened.
pub(crate) fn start_over(state: &mut State, amended: &RequestAmended, left_out: Area) {
    state.asked_at.push((amended.content.requester.clone(), amended.at));
    let asked = state.asked_mut(&amended.request_id);
    asked.left_out = left_out;
    let request = &mut asked.request;
    let renewed = request.content.renews.clone().filter(|id| amended.content.renews.as_ref() != Some(id));
    request.content = amended.content.clone();
    request.content_hash.clone_from(&amended.content_hash);
    request.duration = amended.duration.unwrap_or(amended.content.duration);
    request.stated_at = amended.at;
    request.expires_at = amended.expires_at;
    request.escalated = Vec::new();
    for record in request.reviews.iter_mut().filter(|record| record.standing == ReviewStatus::Standing) {
        record.standing = ReviewStatus::Amended;
    }
    let left = renewed.and_then(|id| Some(state.grant(&id)?.request_id.clone()));
    if let Some(left) = left {
        state.request_mut(&left).renewal_left_at = Some(amended.at);
    }
}
