//! Who may review a step now, and whether its quorums are met: people matched to slots, those who are alike together. A
//! person counts once, with whichever account.

mod blockage;
mod crowd;
mod eligible;
mod involved;
mod matching;
mod named;
mod shortfall;
mod tally;
#[cfg(test)]
mod tests;

use crate::delegations::Delegations;
use crate::people::Directory;
use crate::policies::{Policy, Quorum, Step};
use crate::requests::{AccessRequest, Review, ReviewRecord, Verdict};
use crate::values::SubjectId;

pub use self::blockage::{Blockage, Remedy, ShortQuorum, blockage};
pub use self::named::people;
pub use self::tally::QuorumTally;

/// The approval of one request: the policy it is decided under, today's directory, and the reviews so far.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    directory: &'a Directory,
    delegations: &'a Delegations,
    policy: &'a Policy,
    requester: &'a SubjectId,
    reviews: &'a [ReviewRecord],
    escalated: &'a [u32],
}

impl<'a> Approval<'a> {
    /// The approval of a request as it stands.
    pub fn of(
        directory: &'a Directory,
        delegations: &'a Delegations,
        policy: &'a Policy,
        request: &'a AccessRequest,
    ) -> Self {
        Self {
            reviews: &request.reviews,
            escalated: &request.escalated,
            ..Self::new(directory, delegations, policy, &request.content.requester)
        }
    }

    /// The approval that a requester would need, with nothing given yet.
    pub fn new(
        directory: &'a Directory,
        delegations: &'a Delegations,
        policy: &'a Policy,
        requester: &'a SubjectId,
    ) -> Self {
        Self { directory, delegations, policy, requester, reviews: &[], escalated: &[] }
    }

    /// The approval that a request would need under any version of a policy, with nothing given yet. Escalation has called
    /// people to steps of the version that it pins.
    pub fn under(
        directory: &'a Directory,
        delegations: &'a Delegations,
        policy: &'a Policy,
        request: &'a AccessRequest,
    ) -> Self {
        let content = &request.content;
        let is_pinned = policy.id == content.policy_id && policy.version == content.policy_version;
        let escalated: &[u32] = if is_pinned { &request.escalated } else { &[] };
        Self { escalated, ..Self::new(directory, delegations, policy, &content.requester) }
    }

    /// The same approval with the reviews of that request.
    pub fn after<'b>(self, reviewed: &'b AccessRequest) -> Approval<'b>
    where
        'a: 'b,
    {
        Approval { reviews: &reviewed.reviews, ..self }
    }

    /// The steps with their numbers, from 1.
    pub fn steps(self) -> impl Iterator<Item = (u32, &'a Step)> {
        (1..).zip(self.policy.terms.steps.iter())
    }

    /// The step of that number.
    pub fn step(self, number: u32) -> Option<&'a Step> {
        self.steps().find(|(it, _)| *it == number).map(|(_, step)| step)
    }

    /// The number of the last step.
    pub fn last_step(self) -> u32 {
        self.steps().last().map_or(0, |(number, _)| number)
    }

    /// Whether the escalated approvers of a step have been called.
    pub fn is_escalated(self, step: u32) -> bool {
        self.escalated.contains(&step)
    }

    /// The lists of quorums of a step, of which one must be met.
    pub fn lists(self, step: u32) -> impl Iterator<Item = &'a [Quorum]> {
        self.step(step).into_iter().flat_map(Step::lists)
    }

    /// The quorums of all lists of a step.
    pub(super) fn quorums(self, step: u32) -> impl Iterator<Item = &'a Quorum> {
        self.lists(step).flatten()
    }

    /// Whether a review uses up this person: as the one who gave it, or in whose place it was given.
    pub fn involves(self, review: &Review, id: &SubjectId) -> bool {
        self.directory.is_same_person(&review.reviewer, id)
            || self.directory.is_same_person(review.voice(), id)
    }

    /// Whether a review uses up a person whom another one uses up, too.
    pub fn use_up_one(self, review: &Review, other: &Review) -> bool {
        self.involves(review, &other.reviewer) || self.involves(review, other.voice())
    }

    pub(super) fn approvals(self) -> impl Iterator<Item = &'a Review> {
        self.all_standing().filter(|review| review.verdict == Verdict::Approve)
    }

    pub(super) fn standing(self, step: u32) -> impl Iterator<Item = &'a Review> {
        self.all_standing().filter(move |review| review.step == step)
    }

    fn all_standing(self) -> impl Iterator<Item = &'a Review> {
        self.reviews.iter().filter(|record| record.stands()).map(|record| &record.review)
    }
}
