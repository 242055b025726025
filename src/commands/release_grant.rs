use serde::{Deserialize, Serialize};

use super::checks::check_not_ended;
use super::consequences::grants::grant_ended;
use crate::events::AccessEvent;
use crate::grants::EndReason;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{GrantId, Timestamp};
use crate::visibility::{acting_subject, visible_grant};

/// Gives one's own grant back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseGrant {
    /// Which grant.
    pub grant_id: GrantId,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &ReleaseGrant,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let subject = acting_subject(state, actor)?;
    let grant = visible_grant(state, actor, &command.grant_id)?;
    check_not_ended(grant, now)?;
    if grant.holder != *subject {
        return Err(Refusal::NotHolder);
    }
    Ok(vec![grant_ended(grant, now, actor, EndReason::Released, None)])
}
