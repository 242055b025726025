//! Who may review a step now, and whether its quorums are met: people matched to slots.

mod shortfall;
#[cfg(test)]
mod tests;

use crate::directory::Directory;
use crate::model::{
    AccessRequest, Approver, PolicyTerms, Quorum, Refusal, Required, Review, ReviewRecord, Step, SubjectId,
    Verdict, gather,
};
use crate::sorted::SortedSet;

/// The approval of one request: the terms it is decided under, today's directory, and the reviews so far.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    directory: &'a Directory,
    terms: &'a PolicyTerms,
    requester: &'a SubjectId,
    reviews: &'a [ReviewRecord],
    escalated: &'a [u32],
}

/// How the approvals of a step fill one of its quorums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuorumTally<'a> {
    /// The quorum.
    pub quorum: &'a Quorum,
    /// How many approvals it takes today.
    pub slots: usize,
    /// Whose slots are filled: at most one for each approver, be it by a delegate.
    pub filled_by: Vec<&'a SubjectId>,
}

impl QuorumTally<'_> {
    /// How many approvals are missing.
    pub fn missing(&self) -> usize {
        self.slots.saturating_sub(self.filled_by.len())
    }
}

impl<'a> Approval<'a> {
    /// The approval of a request as it stands.
    pub fn of(directory: &'a Directory, terms: &'a PolicyTerms, request: &'a AccessRequest) -> Self {
        Self {
            reviews: &request.reviews,
            escalated: &request.escalated,
            ..Self::new(directory, terms, &request.content.requester)
        }
    }

    /// The approval that a requester would need, with nothing given yet.
    pub fn new(directory: &'a Directory, terms: &'a PolicyTerms, requester: &'a SubjectId) -> Self {
        Self { directory, terms, requester, reviews: &[], escalated: &[] }
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
        (1..).zip(self.terms.steps.iter())
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

    fn quorums(self, step: u32) -> &'a [Quorum] {
        self.step(step).map_or(&[], |step| &step.quorums)
    }

    /// Whom a quorum of a step names: its approvers, and those called by escalation.
    fn named(self, step: u32, quorum: &'a Quorum) -> impl Iterator<Item = &'a Approver> {
        let escalation =
            self.step(step).filter(|_| self.is_escalated(step)).and_then(|step| step.escalate.as_ref());
        quorum
            .approvers
            .iter()
            .chain(escalation.into_iter().flat_map(|escalation| escalation.approvers.iter()))
    }

    /// Whether this person may review a step, in their own place or, by a delegation, in another's.
    ///
    /// # Errors
    /// `no_delegation`, `not_an_approver`, `self_approval`, `approved_earlier_step`.
    pub fn check_may_review(
        self,
        step: u32,
        id: &SubjectId,
        on_behalf_of: Option<&SubjectId>,
    ) -> Result<(), Refusal> {
        let Some(delegator) = on_behalf_of else { return self.check_eligible(step, id) };
        if !self.directory.stands_in(id, delegator) || !self.directory.is_active(id) {
            return Err(Refusal::NoDelegation { delegator: delegator.clone() });
        }
        if id == self.requester || delegator == self.requester {
            return Err(Refusal::SelfApproval);
        }
        self.check_eligible(step, delegator)?;
        self.check_distinct(step, id)
    }

    /// Whether this person is eligible to review a step.
    ///
    /// # Errors
    /// `not_an_approver`, `self_approval`, `approved_earlier_step`.
    pub fn check_eligible(self, step: u32, id: &SubjectId) -> Result<(), Refusal> {
        let is_named = self.quorums(step).iter().any(|quorum| self.names(step, quorum, id));
        if !is_named || !self.directory.is_active(id) {
            return Err(Refusal::NotAnApprover { step });
        }
        if self.is_barred_requester(id) {
            return Err(Refusal::SelfApproval);
        }
        self.check_distinct(step, id)
    }

    fn check_distinct(self, step: u32, id: &SubjectId) -> Result<(), Refusal> {
        match self.approved_earlier(step, id) {
            Some(step) => Err(Refusal::ApprovedEarlierStep { step }),
            None => Ok(()),
        }
    }

    /// Whether some quorum of some step names this person, who is active.
    pub fn is_named(self, id: &SubjectId) -> bool {
        let mut steps = self.steps();
        self.directory.is_active(id)
            && steps.any(|(number, step)| step.quorums.iter().any(|quorum| self.names(number, quorum, id)))
    }

    /// Whether this person is named, or stands in for somebody who is.
    pub fn has_voice(self, id: &SubjectId) -> bool {
        let mut delegators = self.directory.delegators(id);
        self.is_named(id)
            || (self.directory.is_active(id) && delegators.any(|delegator| self.is_named(delegator)))
    }

    /// Everybody who is eligible to review a step.
    pub fn eligible(self, step: u32) -> SortedSet<&'a SubjectId> {
        gather(self.quorums(step).iter().flat_map(|quorum| self.counting(step, quorum)))
    }

    /// Everybody who may review a step in another's place, and in whose.
    pub fn delegates(self, step: u32) -> Vec<(&'a SubjectId, &'a SubjectId)> {
        let pairs = self.eligible(step).into_iter().flat_map(|delegator| {
            self.directory.delegates(delegator).map(move |delegate| (delegate, delegator))
        });
        pairs.filter(|(id, delegator)| self.check_may_review(step, id, Some(delegator)).is_ok()).collect()
    }

    /// Whose review of a step is asked for: the eligible and their delegates, but not the requester, who knows.
    pub fn asked(self, step: u32) -> SortedSet<&'a SubjectId> {
        let mut asked = self.eligible(step);
        asked.extend(self.delegates(step).into_iter().map(|(delegate, _)| delegate));
        asked.remove(self.requester);
        asked
    }

    /// Whose review of a step is asked for and has not been given, by them or in their place. A delegate is not waited
    /// for where the delegator has answered.
    pub fn unanswered(self, step: u32) -> Vec<SubjectId> {
        let is_left = |id: &SubjectId| !self.standing(step).any(|review| review.involves(id));
        let own = self.eligible(step).into_iter().filter(|id| is_left(id));
        let pairs = self.delegates(step).into_iter();
        let delegates = pairs.filter(|(delegate, delegator)| is_left(delegate) && is_left(delegator));
        let left: SortedSet<_> = gather(own.chain(delegates.map(|(delegate, _)| delegate)));
        left.into_iter().filter(|id| *id != self.requester).cloned().collect()
    }

    /// Everybody who is eligible for some step.
    pub fn approvers(self) -> SortedSet<&'a SubjectId> {
        gather(self.steps().flat_map(|(number, _)| self.eligible(number)))
    }

    /// Who is named by a quorum of a step and active today, the requester included.
    pub fn people(self, step: u32, quorum: &'a Quorum) -> SortedSet<&'a SubjectId> {
        gather(self.named(step, quorum).flat_map(|approver| self.directory.people(approver, self.requester)))
    }

    /// Whose approval would count in a quorum of a step.
    pub fn counting(self, step: u32, quorum: &'a Quorum) -> SortedSet<&'a SubjectId> {
        let counts =
            |id: &&SubjectId| !self.is_barred_requester(id) && self.approved_earlier(step, id).is_none();
        gather(self.people(step, quorum).into_iter().filter(counts))
    }

    /// How the standing approvals of a step fill its quorums: as many slots as can be, whatever their order.
    pub fn tally(self, step: u32) -> Vec<QuorumTally<'a>> {
        let approvals = self.standing(step).filter(|review| review.verdict == Verdict::Approve);
        let voices: SortedSet<_> = gather(approvals.map(Review::voice));
        let quorums = self.quorums(step).iter();
        let mut tallies: Vec<_> = quorums
            .map(|quorum| QuorumTally { quorum, slots: self.slots(step, quorum), filled_by: Vec::new() })
            .collect();
        if self.terms.distinct_approvers {
            for id in voices {
                let mut seen = vec![false; tallies.len()];
                self.place(step, id, &mut tallies, &mut seen);
            }
        } else {
            for tally in &mut tallies {
                let named = voices.iter().copied().filter(|id| self.names(step, tally.quorum, id));
                tally.filled_by = named.take(tally.slots).collect();
            }
        }
        tallies
    }

    /// Whether every quorum of a step is met.
    pub fn is_filled(self, step: u32) -> bool {
        self.tally(step).iter().all(|tally| tally.missing() == 0)
    }

    /// Whether an approval now completes the step: its quorums are met, and where this would end the request,
    /// somebody other than the requester has approved.
    pub fn is_complete(self, step: u32) -> bool {
        self.is_filled(step) && (step < self.last_step() || self.is_approved_by_another())
    }

    /// Whether the standing rejections of a step reject the request.
    pub fn is_rejected(self, step: u32) -> bool {
        let required = self.step(step).map_or(1, |step| step.rejections_required);
        u32::try_from(self.rejections(step)).is_ok_and(|count| count >= required)
    }

    /// How many rejections of a step count.
    pub fn rejections(self, step: u32) -> usize {
        self.standing(step).filter(|review| review.verdict == Verdict::Reject).count()
    }

    /// A step that nobody could approve: with `selfApproval` the requester counts, but never alone.
    pub fn unapprovable_step(self) -> Option<u32> {
        let mut others = false;
        for (number, _) in self.steps() {
            let eligible = self.eligible(number);
            others |= eligible.iter().any(|id| *id != self.requester);
            if eligible.is_empty() {
                return Some(number);
            }
        }
        (!others).then_some(1)
    }

    /// Finds the person a slot, moving others to another quorum that names them where that makes room (an augmenting
    /// path of bipartite matching).
    fn place(self, step: u32, id: &'a SubjectId, tallies: &mut [QuorumTally<'a>], seen: &mut [bool]) -> bool {
        for index in 0..tallies.len() {
            let (Some(tally), Some(seen_here)) = (tallies.get(index), seen.get_mut(index)) else { continue };
            if *seen_here || !self.names(step, tally.quorum, id) {
                continue;
            }
            *seen_here = true;
            let occupants = tally.filled_by.clone();
            if tally.missing() > 0 {
                if let Some(tally) = tallies.get_mut(index) {
                    tally.filled_by.push(id);
                }
                return true;
            }
            for occupant in occupants {
                if self.place(step, occupant, tallies, seen) {
                    if let Some(tally) = tallies.get_mut(index) {
                        tally.filled_by.retain(|other| *other != occupant);
                        tally.filled_by.push(id);
                    }
                    return true;
                }
            }
        }
        false
    }

    /// How many approvals a quorum takes: of `all` those whom it names itself.
    fn slots(self, step: u32, quorum: &'a Quorum) -> usize {
        match quorum.required {
            Required::Count(_) => quorum.required.at_least(),
            Required::All => {
                let is_own = |id: &&SubjectId| self.lists(quorum.approvers.iter(), id);
                self.counting(step, quorum).into_iter().filter(is_own).count().max(1)
            }
        }
    }

    fn names(self, step: u32, quorum: &'a Quorum, id: &SubjectId) -> bool {
        self.lists(self.named(step, quorum), id)
    }

    fn lists(self, mut approvers: impl Iterator<Item = &'a Approver>, id: &SubjectId) -> bool {
        approvers.any(|approver| self.directory.names(approver, self.requester, id))
    }

    fn is_barred_requester(self, id: &SubjectId) -> bool {
        id == self.requester && !self.terms.self_approval
    }

    fn approved_earlier(self, step: u32, id: &SubjectId) -> Option<u32> {
        let mut approvals = self.approvals().filter(|review| review.step < step && review.involves(id));
        if self.terms.distinct_approvers { approvals.next().map(|review| review.step) } else { None }
    }

    fn is_approved_by_another(self) -> bool {
        self.approvals().any(|review| review.reviewer != *self.requester)
    }

    fn approvals(self) -> impl Iterator<Item = &'a Review> {
        let standing = self.reviews.iter().filter(|record| record.stands()).map(|record| &record.review);
        standing.filter(|review| review.verdict == Verdict::Approve)
    }

    fn standing(self, step: u32) -> impl Iterator<Item = &'a Review> {
        let standing = self.reviews.iter().filter(|record| record.stands()).map(|record| &record.review);
        standing.filter(move |review| review.step == step)
    }
}
