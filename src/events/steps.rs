use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::{About, Happening, Teller};
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{RequestId, SubjectId, Timestamp};

/// A step of a request opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepOpened {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// Whose review is asked for; sorted.
    pub asked: Vec<SubjectId>,
    /// When further approvers will be called, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalates_at: Option<Timestamp>,
    /// When approvers will first be reminded, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}

impl Happening for StepOpened {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.step(&self.request_id, self.step)?;
        before.subjects(&self.asked)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.step = self.step;
        request.asked.clone_from(&self.asked);
        request.escalated.retain(|step| *step <= self.step);
        request.escalates_at = self.escalates_at;
        request.reminds_at = self.reminds_at;
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let asked = if self.asked.is_empty() { "nobody".to_owned() } else { teller.names(&self.asked) };
        format!("Step {} opened; asked: {asked}.", self.step)
    }
}

/// Every quorum of a step was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepCompleted {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

impl Happening for StepCompleted {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.step(&self.request_id, self.step).map(drop)
    }

    fn apply(&self, _: &mut State) {
        // The step that opens next, or the approval, says what follows.
    }

    fn sentence(&self, _: &Teller<'_>) -> String {
        format!("Step {} was completed.", self.step)
    }
}

/// Further approvers were called to a step that nobody had completed in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepEscalated {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due.
    pub at: Timestamp,
    /// Whose review is asked for now and was not before; sorted.
    pub asked: Vec<SubjectId>,
}

impl Happening for StepEscalated {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let request = before.step(&self.request_id, self.step)?;
        check(!request.escalated.contains(&self.step), || Misfit::Again(self.request_id.to_string()))?;
        before.subjects(&self.asked)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.escalated.push(self.step);
        request.asked.extend_from_slice(&self.asked);
        request.asked.sort();
        request.asked.dedup();
        request.escalates_at = None;
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let asked = teller.names(&self.asked);
        format!("Step {} was not completed in time; also asked: {asked}.", self.step)
    }
}

/// Approvers were reminded of an open step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepReminded {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due, the last time if several were missed.
    pub at: Timestamp,
    /// Who has not answered; sorted.
    pub asked: Vec<SubjectId>,
    /// When they will be reminded next; absent: the request expires before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}

impl Happening for StepReminded {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.step(&self.request_id, self.step)?;
        before.subjects(&self.asked)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.reminds_at = self.reminds_at;
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("Reminded of step {}: {}.", self.step, teller.names(&self.asked))
    }
}
