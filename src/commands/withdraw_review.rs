use serde::{Deserialize, Serialize};

use super::checks::check_pending;
use crate::events::{AccessEvent, ReviewVoided};
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::requests::ReviewStatus;
use crate::state::State;
use crate::values::RequestId;
use crate::visibility::{acting_subject, visible_request};

/// Takes back one's review of the current step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawReview {
    /// Which request.
    pub request_id: RequestId,
}

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
        reason: ReviewStatus::Withdrawn,
    })])
}
