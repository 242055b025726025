use serde::{Deserialize, Serialize};

use super::checks::check_pending;
use super::consequences::reviews::step_opened;
use super::drafts::{check_draft, check_twins_and_limits, grant_to_renew, request_made};
use super::request_access::RequestDraft;
use crate::approval::Approval;
use crate::events::{AccessEvent, RequestAmended, RequestMade};
use crate::people::Actor;
use crate::policies::govern;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{RequestId, Timestamp};
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

/// Decided exactly like a new request: only the id stays, and the earlier end.
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
    let draft = &command.draft;
    let renewed = grant_to_renew(state, actor, subject, draft, now)?;
    let governance = govern(state.policies(), &draft.target, &draft.actions)?;
    check_draft(state, subject, draft, renewed, &governance, now)?;
    check_twins_and_limits(state, subject, draft, Some(&request.id), now)?;

    let RequestMade { request_id, content, content_hash, renews, bundle_id: _, at, expires_at } =
        request_made(request.id.clone(), subject, draft, &governance, now);
    let expires_at = expires_at.min(request.expires_at);
    let event = AccessEvent::RequestAmended(RequestAmended {
        request_id,
        content,
        content_hash,
        renews,
        at,
        expires_at,
    });
    let mut amended = request.clone();
    event.change(&mut amended);
    let approval = Approval::new(state.directory(), state.delegations(), &governance.policy.terms, subject);
    let opened = step_opened(approval, &amended, 1, now);
    Ok(vec![event, opened])
}
