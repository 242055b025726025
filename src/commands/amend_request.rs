use serde::{Deserialize, Serialize};

use super::checks::check_pending;
use super::consequences::reviews::step_opened;
use super::drafts::{
    asked_duration, check_draft, check_open_and_recent, check_twins, grant_to_renew, request_made,
};
use super::request_access::RequestDraft;
use crate::approval::Approval;
use crate::events::{AccessEvent, RequestAmended, RequestMade};
use crate::people::Actor;
use crate::policies::govern;
use crate::refusal::Refusal;
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{AccessDuration, RequestId, SubjectId, Timestamp};
use crate::visibility::{acting_subject, visible_request};

/// Asks anew under the same id: decided exactly like a new request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AmendRequest {
    /// Which request.
    pub request_id: RequestId,
    /// What is asked for instead, whole.
    pub draft: RequestDraft,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &AmendRequest,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let subject = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    if request.content.requester != *subject {
        return Err(Refusal::NotRequester);
    }
    let events = amended(state, subject, request, &command.draft, None, now)
        .map_err(|refusal| refusal.inside("draft"))?;
    check_open_and_recent(state, subject, Some(&request.id), now)?;
    Ok(events)
}

/// A request begins anew under the policy that governs now, as if its requester had amended it to the same; how far it
/// was shortened is kept.
pub(super) fn restarted(
    state: &State,
    request: &AccessRequest,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let draft = RequestDraft::from(&request.content);
    amended(state, &request.content.requester, request, &draft, Some(request.duration), now)
}

/// Decided exactly like a new request: only the id stays, and the earlier end. Nothing where nothing is asked otherwise.
fn amended(
    state: &State,
    requester: &SubjectId,
    request: &AccessRequest,
    draft: &RequestDraft,
    shortened: Option<AccessDuration>,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let renewed = grant_to_renew(state, requester, draft, now)?;
    let governance = govern(state.policies(), &draft.target, &draft.actions)?;
    check_draft(state, requester, draft, renewed, &governance, Some(&request.id), now)?;
    check_twins(state, requester, draft, Some(&request.id), now)?;
    let made = |at| {
        let duration = asked_duration(draft, renewed, at)?;
        let mut made = request_made(request.id.clone(), requester, draft, duration, &governance, at);
        made.content.client.clone_from(&request.content.client);
        Ok::<_, Refusal>(made)
    };
    // As it would have been stated then: `until` alone is another duration with every second.
    if made(request.stated_at).is_ok_and(|made| made.content == request.content) {
        return Ok(Vec::new());
    }
    let RequestMade { request_id, content, content_hash, bundle_id: _, at, expires_at } = made(now)?;
    let expires_at = expires_at.min(request.expires_at);
    let duration = shortened.filter(|shortened| *shortened != content.duration);
    let event = AccessEvent::RequestAmended(RequestAmended {
        request_id,
        content,
        content_hash,
        duration,
        at,
        expires_at,
    });
    let mut amended = request.clone();
    event.change(&mut amended);
    let approval = Approval::new(state.directory(), state.delegations(), governance.policy, requester);
    let opened = step_opened(approval, &amended, 1, now);
    Ok(vec![event, opened])
}
