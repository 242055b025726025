use super::shared::{check_not_blank, ended_with_renewals};
use crate::grants;
use crate::model::{AccessEvent, Actor, EndReason, Grant, GrantStatus, Refusal, RevokeGrant, Timestamp};
use crate::state::State;
use crate::visibility::{acting_subject, is_approver, visible_grant};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &RevokeGrant,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let subject = acting_subject(state, actor)?;
    let grant = visible_grant(state, actor, &command.grant_id)?;
    check_not_ended(grant, now)?;
    let policy = state.policy_version(&grant.policy_id, grant.policy_version);
    let approvers_may = policy.is_some_and(|policy| policy.terms.approver_may_revoke);
    let is_approver =
        || state.request(&grant.request_id).is_some_and(|request| is_approver(state, request, subject));
    let may_revoke = state.is_administrator(actor) || (approvers_may && is_approver());
    if !may_revoke {
        return Err(Refusal::NotRevoker);
    }
    check_not_blank(&command.reason)?;
    Ok(ended_with_renewals(state, [grant], now, actor, EndReason::Revoked, Some(&command.reason)))
}

pub(super) fn check_not_ended(grant: &Grant, now: Timestamp) -> Result<(), Refusal> {
    match grants::status(grant, now) {
        GrantStatus::Ended => Err(Refusal::GrantEnded { grant_id: grant.id.clone() }),
        GrantStatus::Scheduled | GrantStatus::Live => Ok(()),
    }
}
