use crate::grants::Grant;
use crate::people::Actor;
use crate::permissions::{Permission, PermissionTerms};
use crate::policies::check_known;
use crate::refusal::Refusal;
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{GrantStatus, Seconds, SubjectId, Text, Timestamp};
use crate::visibility::acting_subject;
use crate::{grants, limits};

/// The subject behind a command that only administrators send.
pub(super) fn acting_administrator<'a>(state: &State, actor: &'a Actor) -> Result<&'a SubjectId, Refusal> {
    let subject = acting_subject(state, actor)?;
    if state.directory().is_administrator(subject) { Ok(subject) } else { Err(Refusal::NotAdministrator) }
}

pub(super) fn check_pending(request: &AccessRequest) -> Result<(), Refusal> {
    if request.is_pending() { Ok(()) } else { Err(Refusal::RequestNotPending { status: request.status }) }
}

/// Whether a reason is given, in the field of that name.
pub(super) fn check_reason(field: &str, reason: Option<&Text>) -> Result<(), Refusal> {
    match reason {
        Some(text) if !text.is_blank() => Ok(()),
        _ => Err(Refusal::ReasonRequired { field: field.to_owned() }),
    }
}

/// Whether the reviewer saw the request as it is now.
pub(super) fn check_fresh(request: &AccessRequest, shown: Option<&str>) -> Result<(), Refusal> {
    if shown == Some(&request.content_hash) {
        Ok(())
    } else {
        Err(Refusal::StaleReview { content_hash: request.content_hash.clone() })
    }
}

pub(super) fn check_not_ended(grant: &Grant, now: Timestamp) -> Result<(), Refusal> {
    match grants::status(grant, now) {
        GrantStatus::Ended => Err(Refusal::GrantEnded { grant_id: grant.id.clone() }),
        GrantStatus::Scheduled | GrantStatus::Live => Ok(()),
    }
}

/// Checks that a permission names somebody, and only whom the directory knows.
pub(super) fn check_holders(state: &State, terms: &PermissionTerms) -> Result<(), Refusal> {
    if terms.holders.is_empty() {
        return Err(Refusal::NoHolders);
    }
    terms.holders.iter().try_for_each(|holder| check_known(state.directory(), holder))
}

/// Whether a permission is still at the version that was looked at, where one is named.
pub(super) fn check_newest(permission: &Permission, version: Option<u32>) -> Result<(), Refusal> {
    if version.is_none_or(|version| version == permission.version) {
        return Ok(());
    }
    Err(Refusal::StalePermission { permission_id: permission.id.clone(), version: permission.version })
}

pub(super) fn check_start(starts_at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    let latest = now.plus(Seconds::new(limits::MAX_START_AHEAD));
    match starts_at {
        Some(starts_at) if starts_at > latest => Err(Refusal::StartOutOfRange { starts_at }),
        _ => Ok(()),
    }
}

/// Why one of several is refused. What those before it would have made has no id yet: their index is named.
pub(super) fn item_refused(state: &State, list: &str, item: u32, because: Refusal) -> Refusal {
    let same = match &because {
        Refusal::DuplicateRequest { request_id } | Refusal::AlreadyRenewed { request_id } => {
            (0..item).find(|item| state.new_request_id(*item) == *request_id)
        }
        Refusal::PolicyConflict { policy_id, .. } => {
            (0..item).find(|item| state.new_policy_id(*item) == *policy_id)
        }
        _ => None,
    };
    let because = same.map_or(because, |item| Refusal::SameItem { item }).inside(&format!("{list}[{item}]"));
    Refusal::ItemRefused { item, because: Box::new(because) }
}
