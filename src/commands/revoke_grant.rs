use serde::{Deserialize, Serialize};

use super::checks::{check_not_ended, check_reason};
use super::consequences::grants::ended_with_renewals;
use crate::events::AccessEvent;
use crate::grants::EndReason;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{GrantId, Text, Timestamp};
use crate::visibility::{acting_subject, is_approver, visible_grant};

/// Ends somebody's grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeGrant {
    /// Which grant.
    pub grant_id: GrantId,
    /// Why; not blank.
    pub reason: Text,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &RevokeGrant,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let subject = acting_subject(state, actor)?;
    let grant = visible_grant(state, actor, &command.grant_id)?;
    check_not_ended(grant, now)?;
    let policy = state.policies().version(&grant.policy_id, grant.policy_version);
    let approvers_may = policy.is_some_and(|policy| policy.terms.approver_may_revoke);
    let may_revoke = state.is_administrator(actor) || (approvers_may && is_approver(state, grant, subject));
    if !may_revoke {
        return Err(Refusal::NotRevoker);
    }
    check_reason("reason", Some(&command.reason))?;
    Ok(ended_with_renewals(state, [grant], now, actor, EndReason::Revoked, Some(&command.reason)))
}
