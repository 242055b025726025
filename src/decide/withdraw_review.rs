use super::shared::check_pending;
use crate::model::{AccessEvent, Actor, Refusal, ReviewVoided, Standing, WithdrawReview};
use crate::state::State;
use crate::visibility::{acting_subject, visible_request};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &WithdrawReview,
) -> Result<Vec<AccessEvent>, Refusal> {
    let reviewer = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    let step = request.step;
    if request.standing_by(step, reviewer).is_none() {
        return Err(Refusal::NoStandingReview { step });
    }
    Ok(vec![AccessEvent::ReviewVoided(ReviewVoided {
        request_id: request.id.clone(),
        step,
        reviewer: reviewer.clone(),
        reason: Standing::Withdrawn,
    })])
}
