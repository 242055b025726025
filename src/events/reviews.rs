use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::{About, Happening, Teller};
use crate::people::Visit;
use crate::requests::{AccessRequest, Review, ReviewStatus, Verdict};
use crate::state::State;
use crate::values::{RequestId, SubjectId};

/// A review was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestReviewed {
    /// Which request.
    pub request_id: RequestId,
    /// What was said.
    pub review: Review,
}

impl Happening for RequestReviewed {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Review { step, reviewer, on_behalf_of, at, .. } = &self.review;
        before.step(&self.request_id, *step)?;
        before.subjects(on_behalf_of.iter().chain([reviewer]))?;
        before.happened(*at)
    }

    fn apply(&self, state: &mut State) {
        let version = state.next_version();
        state.change_request(&self.request_id, |request| {
            self.change(request);
            request.reviewed_in.insert(self.review.reviewer.clone(), version);
        });
    }

    fn change(&self, request: &mut AccessRequest) {
        request.add_review(self.review.clone());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.review.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Review { step, reviewer, on_behalf_of, verdict, .. } = &self.review;
        let said = match verdict {
            Verdict::Approve => "approved",
            Verdict::Reject => "rejected",
        };
        let place = on_behalf_of.as_ref().map(|id| format!(" on behalf of {}", teller.name(id)));
        format!("{} {said} step {step}{}.", teller.name(reviewer), place.unwrap_or_default())
    }
}

/// A review stopped counting, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewVoided {
    /// Which request.
    pub request_id: RequestId,
    /// The step it was about.
    pub step: u32,
    /// Whose it was.
    pub reviewer: SubjectId,
    /// Why; never `standing`.
    pub reason: ReviewStatus,
}

impl Happening for ReviewVoided {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let request = before.step(&self.request_id, self.step)?;
        let stands = request.standing_by(self.step, &self.reviewer).is_some();
        check(stands && self.reason != ReviewStatus::Standing, || Misfit::Again(self.request_id.to_string()))
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.void(self.step, &self.reviewer, self.reason);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (reviewer, step) = (teller.name(&self.reviewer), self.step);
        let because = match self.reason {
            ReviewStatus::Withdrawn => return format!("{reviewer} took the review of step {step} back."),
            ReviewStatus::StepReopened => "an earlier step opened again",
            ReviewStatus::DelegationEnded => "the delegation ended",
            ReviewStatus::SamePerson => "an earlier review of the step is by the same person",
            ReviewStatus::Replaced => "a newer one took its place",
            ReviewStatus::Standing | ReviewStatus::NotEligible | ReviewStatus::Amended => {
                "no longer eligible"
            }
        };
        format!("{reviewer}'s review of step {step} is void: {because}.")
    }
}
