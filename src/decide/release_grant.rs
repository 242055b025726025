use super::revoke_grant::check_not_ended;
use super::shared::ended;
use crate::model::{AccessEvent, Actor, EndReason, Refusal, ReleaseGrant, Timestamp};
use crate::state::State;
use crate::visibility::{acting_subject, visible_grant};

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
    Ok(vec![ended(grant, now, actor, EndReason::Released, None)])
}
