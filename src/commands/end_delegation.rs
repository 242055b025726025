use serde::{Deserialize, Serialize};

use super::consequences::delegations::ended_with_reviews;
use crate::delegations::DelegationEndReason;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{DelegationId, Timestamp};
use crate::visibility::{acting_subject, visible_delegation};

/// Ends a delegation before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndDelegation {
    /// Which delegation.
    pub delegation_id: DelegationId,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &EndDelegation,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let delegation = visible_delegation(state, actor, &command.delegation_id)?;
    if delegation.end.is_some() {
        return Err(Refusal::DelegationEnded { delegation_id: delegation.id.clone() });
    }
    Ok(ended_with_reviews(state, delegation, now, actor, DelegationEndReason::Ended))
}
