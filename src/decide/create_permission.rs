use super::shared::acting_administrator;
use crate::model::{
    AccessEvent, Actor, Invalid, InvalidKind, Permission, PermissionCreated, PermissionTerms, Refusal, limits,
};
use crate::policy_rules::check_known;
use crate::state::State;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    terms: &PermissionTerms,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    if state.permissions().all().len() >= limits::LIVE_PERMISSIONS {
        let problem =
            format!("there are {} standing permissions: delete one first", limits::LIVE_PERMISSIONS);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    check_holders(state, terms)?;
    let permission = Permission { id: state.new_permission_id(), version: 1, terms: terms.clone() };
    Ok(vec![AccessEvent::PermissionCreated(PermissionCreated { permission })])
}

/// Checks that a permission names somebody, and only whom the directory knows.
pub(super) fn check_holders(state: &State, terms: &PermissionTerms) -> Result<(), Refusal> {
    if terms.holders.is_empty() {
        return Err(Refusal::NoHolders);
    }
    terms.holders.iter().try_for_each(|holder| check_known(state.directory(), holder))
}
