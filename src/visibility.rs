//! Who sees what. What one may not see does not exist: it answers `not_found`.

use crate::approval::Approval;
use crate::delegations::Delegation;
use crate::grants::Grant;
use crate::people::{Actor, Member};
use crate::permissions::Permission;
use crate::refusal::Refusal;
use crate::requests::AccessRequest;
use crate::state::{Concern, State};
use crate::values::{DelegationId, GrantId, PermissionId, RequestId, SubjectId};

/// The subject behind a command, known and active.
///
/// # Errors
/// `no_project`, `subject_required`, `unknown_actor`, `actor_disabled`.
pub fn acting_subject<'a>(state: &State, actor: &'a Actor) -> Result<&'a SubjectId, Refusal> {
    if state.project().is_none() {
        return Err(Refusal::NoProject);
    }
    let id = actor.subject().ok_or(Refusal::SubjectRequired)?;
    if state.directory().is_active(id) {
        Ok(id)
    } else if state.directory().has_known(id) {
        Err(Refusal::ActorDisabled { subject_id: id.clone() })
    } else {
        Err(Refusal::UnknownActor { subject_id: id.clone() })
    }
}

/// Whoever asks a question: the host, or a subject known and active.
///
/// # Errors
/// `no_project`, `subject_required`, `unknown_actor`, `actor_disabled`.
pub fn check_viewer(state: &State, viewer: &Actor) -> Result<(), Refusal> {
    match viewer {
        Actor::Host => Ok(()),
        Actor::Subject(_) | Actor::Clock => acting_subject(state, viewer).map(drop),
    }
}

/// Whether a viewer sees and manages everything: the host, or an administrator.
pub fn administers(state: &State, viewer: &Actor) -> bool {
    *viewer == Actor::Host || state.is_administrator(viewer)
}

/// Whoever asks what only the host and administrators may.
///
/// # Errors
/// `not_administrator`, and those of [`check_viewer`].
pub fn check_administers(state: &State, viewer: &Actor) -> Result<(), Refusal> {
    check_viewer(state, viewer)?;
    if administers(state, viewer) { Ok(()) } else { Err(Refusal::NotAdministrator) }
}

/// Whether a viewer sees a request: the host, an administrator, its requester, an approver of any of its steps today or
/// a delegate of one, or whoever reviewed it.
pub fn sees_request(state: &State, viewer: &Actor, request: &AccessRequest) -> bool {
    let id = match viewer {
        Actor::Host => return true,
        Actor::Clock => return false,
        Actor::Subject(id) => id,
    };
    state.directory().is_active(id)
        && (is_requester(state, request, id)
            || state.directory().is_administrator(id)
            || has_reviewed(state, request, id)
            || has_voice(state, request, id))
}

/// The requests that a viewer may see, of each of which it is still to be told; nothing for those who see all.
pub(crate) fn maybe_seen<'a>(state: &'a State, viewer: &'a Actor) -> Option<Concern<'a>> {
    let id = viewer.subject().filter(|_| !administers(state, viewer))?;
    Some(maybe_seen_by(state, id))
}

/// The same of somebody as if he were no administrator: what he has made or reviewed, what is under a policy that names him or
/// somebody in whose place he reviews, and what those have made whose manager one of these is.
pub(crate) fn maybe_seen_by<'a>(state: &'a State, id: &'a SubjectId) -> Concern<'a> {
    let directory = state.directory();
    let mut seen = Concern::new(state);
    seen.add_people([id]);
    for voice in [id].into_iter().chain(state.delegations().delegators(id)) {
        seen.add_named(directory, &voice.into());
        seen.add_people(directory.reports_of(voice));
    }
    seen
}

/// Whether somebody made the request, and not just has the id of whoever did.
fn is_requester(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    request.content.requester == *id && state.directory().is_same_since(&id.into(), request.id.made_in())
}

fn has_reviewed(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    let last = request.reviewed_in.get(id);
    last.is_some_and(|version| state.directory().is_same_since(&id.into(), *version))
}

/// Whether a viewer sees a grant: whoever sees the request it came from.
pub fn sees_grant(state: &State, viewer: &Actor, grant: &Grant) -> bool {
    state.requests().get(&grant.request_id).is_some_and(|request| sees_request(state, viewer, request))
}

/// Whether a viewer sees a standing permission: the host, an administrator, or whom it names, by a group or not.
pub fn sees_permission(state: &State, viewer: &Actor, permission: &Permission) -> bool {
    let is_named = |id| is_holder(state, &state.directory().member(id), permission);
    administers(state, viewer) || viewer.subject().is_some_and(is_named)
}

/// Whether a standing permission names an active subject, by a group or not.
pub fn is_holder(state: &State, who: &Member<'_>, permission: &Permission) -> bool {
    state.directory().is_active(who.id) && permission.terms.holders.iter().any(|holder| who.is_behind(holder))
}

/// Whether the person is named and active for some step of the version of a policy that a grant is under.
pub fn is_approver(state: &State, grant: &Grant, id: &SubjectId) -> bool {
    approval_under(state, grant).is_some_and(|approval| approval.is_named(id))
}

fn approval_under<'a>(state: &'a State, grant: &Grant) -> Option<Approval<'a>> {
    let policy = state.policies().version(&grant.policy_id, grant.policy_version)?;
    let request = state.requests().get(&grant.request_id)?;
    Some(Approval::under(state.directory(), state.delegations(), policy, request))
}

/// Under the version that a request pins, or that its broken glass is under.
fn has_voice(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    let pinned = state.policy_of(request).ok();
    let pinned = pinned.map(|policy| Approval::of(state.directory(), state.delegations(), policy, request));
    let broken = request.break_glass.as_ref().and(request.grant_id.as_ref());
    let broken = broken.and_then(|id| state.grants().get(id)).and_then(|grant| approval_under(state, grant));
    pinned.into_iter().chain(broken).any(|approval| approval.has_voice(id))
}

/// Whether a viewer sees a delegation: the host, an administrator, and the two whom it is about.
pub fn sees_delegation(state: &State, viewer: &Actor, delegation: &Delegation) -> bool {
    let is_party = |id: &SubjectId| {
        (delegation.delegator == *id || delegation.delegate == *id)
            && state.directory().is_same_since(&id.into(), delegation.id.made_in())
    };
    administers(state, viewer) || viewer.subject().is_some_and(is_party)
}

/// The delegation, where the viewer sees it.
///
/// # Errors
/// `not_found`.
pub fn visible_delegation<'a>(
    state: &'a State,
    viewer: &Actor,
    id: &DelegationId,
) -> Result<&'a Delegation, Refusal> {
    let delegation =
        state.delegations().get(id).filter(|delegation| sees_delegation(state, viewer, delegation));
    delegation.ok_or_else(|| Refusal::not_found(id))
}

/// The request, where the viewer sees it.
///
/// # Errors
/// `not_found`.
pub fn visible_request<'a>(
    state: &'a State,
    viewer: &Actor,
    id: &RequestId,
) -> Result<&'a AccessRequest, Refusal> {
    let request = state.requests().get(id).filter(|request| sees_request(state, viewer, request));
    request.ok_or_else(|| Refusal::not_found(id))
}

/// The grant, where the viewer sees it.
///
/// # Errors
/// `not_found`.
pub fn visible_grant<'a>(state: &'a State, viewer: &Actor, id: &GrantId) -> Result<&'a Grant, Refusal> {
    let grant = state.grants().get(id).filter(|grant| sees_grant(state, viewer, grant));
    grant.ok_or_else(|| Refusal::not_found(id))
}

/// The standing permission, where the viewer sees it.
///
/// # Errors
/// `not_found`.
pub fn visible_permission<'a>(
    state: &'a State,
    viewer: &Actor,
    id: &PermissionId,
) -> Result<&'a Permission, Refusal> {
    let permission =
        state.permissions().get(id).filter(|permission| sees_permission(state, viewer, permission));
    permission.ok_or_else(|| Refusal::not_found(id))
}
