use std::collections::BTreeMap;

use super::{ability, some_text};
use crate::grants;
use crate::model::{
    AccessRequest, Actor, Command, Grant, GrantView, Name, Permission, PermissionView, Policy, PolicyId,
    PolicyName, PolicyView, ReleaseGrant, RequestView, RevokeGrant, SubjectId, Timestamp,
};
use crate::state::State;

pub(super) fn policy_view(policy: &Policy, is_whole: bool) -> PolicyView {
    let terms = &policy.terms;
    PolicyView {
        id: policy.id.clone(),
        version: policy.version,
        name: terms.name.clone(),
        targets: terms.targets.clone(),
        actions: terms.actions.clone(),
        max_duration: terms.max_duration,
        justification: terms.justification,
        terms: is_whole.then(|| terms.clone()),
    }
}

pub(super) fn permission_view(permission: &Permission, is_whole: bool) -> PermissionView {
    let terms = &permission.terms;
    PermissionView {
        id: permission.id.clone(),
        version: permission.version,
        name: terms.name.clone(),
        targets: terms.targets.clone(),
        actions: terms.actions.clone(),
        terms: is_whole.then(|| terms.clone()),
    }
}

pub(super) fn request_view(state: &State, request: &AccessRequest) -> RequestView {
    let content = request.content.clone();
    let pinned = state.policies().version(&content.policy_id, content.policy_version);
    RequestView {
        id: request.id.clone(),
        requester: state.directory().person(&content.requester),
        policy: policy_name(state, &content.policy_id),
        policy_version: content.policy_version,
        target: content.target,
        actions: content.actions,
        exclusions: content.exclusions,
        starts_at: content.starts_at,
        asked_duration: content.duration,
        duration: request.duration,
        justification: content.justification,
        ticket_url: content.ticket_url,
        renews: request.renews.clone(),
        bundle_id: request.bundle_id.clone(),
        content_hash: request.content_hash.clone(),
        status: request.status,
        made_at: request.made_at,
        expires_at: request.expires_at,
        step: request.step,
        steps: pinned.map_or(0, |policy| u32::try_from(policy.terms.steps.len()).unwrap_or(u32::MAX)),
        reviews: request.reviews.clone(),
        edits: request.edits.clone(),
        closing: request.closing.clone(),
        grant_id: request.grant_id.clone(),
        break_glass: request.break_glass.clone(),
        people: people(state, request),
    }
}

fn people(state: &State, request: &AccessRequest) -> BTreeMap<SubjectId, Name> {
    let acknowledgement = request.break_glass.as_ref().and_then(|record| record.acknowledgement.as_ref());
    let ids = [&request.content.requester]
        .into_iter()
        .chain(&request.asked)
        .chain(request.reviews.iter().flat_map(|record| [&record.review.reviewer, record.review.voice()]))
        .chain(request.edits.iter().map(|edit| &edit.editor))
        .chain(request.closing.as_ref().and_then(|closing| closing.by.subject()))
        .chain(acknowledgement.map(|acknowledgement| &acknowledgement.by));
    ids.map(|id| (id.clone(), state.directory().person(id).name)).collect()
}

pub(super) fn grant_view(state: &State, viewer: &Actor, grant: &Grant, at: Timestamp) -> GrantView {
    let revoke = Command::RevokeGrant(RevokeGrant { grant_id: grant.id.clone(), reason: some_text() });
    let release = Command::ReleaseGrant(ReleaseGrant { grant_id: grant.id.clone() });
    GrantView {
        id: grant.id.clone(),
        request_id: grant.request_id.clone(),
        holder: state.directory().person(&grant.holder),
        target: grant.target.clone(),
        actions: grant.actions.clone(),
        exclusions: grant.exclusions.clone(),
        policy: policy_name(state, &grant.policy_id),
        origin: grant.origin,
        renews: grant.renews.clone(),
        status: grants::status(grant, at),
        starts_at: grant.starts_at,
        ends_at: grant.ends_at,
        end: grant.end.clone(),
        revoke: ability(state, viewer, &revoke, at),
        release: ability(state, viewer, &release, at),
    }
}

pub(super) fn policy_name(state: &State, id: &PolicyId) -> PolicyName {
    let unknown = || PolicyName { id: id.clone(), name: Name::of_engine(id.as_str()) };
    state.policies().name(id).unwrap_or_else(unknown)
}
