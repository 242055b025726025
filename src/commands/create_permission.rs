use super::checks::{acting_administrator, check_holders};
use crate::events::{AccessEvent, PermissionCreated};
use crate::limits;
use crate::people::Actor;
use crate::permissions::{Permission, PermissionTerms};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{Invalid, InvalidKind};

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
    let permission = Permission {
        id: state.new_permission_id(),
        version: 1,
        terms: terms.clone(),
        condition_stated: state.next_version(),
    };
    Ok(vec![AccessEvent::PermissionCreated(PermissionCreated { permission })])
}
