//! Who may review a step now, and whether its quorums are met: people matched to slots.

use std::collections::BTreeSet;

use crate::directory::Directory;
use crate::model::{
    AccessRequest, PolicyTerms, Quorum, Refusal, Required, Review, ReviewRecord, Step, SubjectId, Verdict,
    gather,
};

/// The approval of one request: the terms it is decided under, today's directory, and the reviews so far.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    directory: &'a Directory,
    terms: &'a PolicyTerms,
    requester: &'a SubjectId,
    reviews: &'a [ReviewRecord],
}

/// How the approvals of a step fill one of its quorums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuorumTally<'a> {
    /// The quorum.
    pub quorum: &'a Quorum,
    /// How many approvals it takes today.
    pub slots: usize,
    /// Whose approvals fill its slots, at most one each.
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
        Self::with_reviews(directory, terms, &request.content.requester, &request.reviews)
    }

    /// The approval that a requester would need, with these reviews given.
    pub fn with_reviews(
        directory: &'a Directory,
        terms: &'a PolicyTerms,
        requester: &'a SubjectId,
        reviews: &'a [ReviewRecord],
    ) -> Self {
        Self { directory, terms, requester, reviews }
    }

    /// The steps with their numbers, from 1.
    pub fn steps(self) -> impl Iterator<Item = (u32, &'a Step)> {
        (1..).zip(self.terms.steps.iter())
    }

    /// The number of the last step.
    pub fn last_step(self) -> u32 {
        self.steps().last().map_or(0, |(number, _)| number)
    }

    fn quorums(self, step: u32) -> &'a [Quorum] {
        self.steps().find(|(number, _)| *number == step).map_or(&[], |(_, step)| &step.quorums)
    }

    /// Whether this person is eligible to review a step.
    ///
    /// # Errors
    /// `not_an_approver`, `self_approval`, `approved_earlier_step`.
    pub fn check_eligible(self, step: u32, id: &SubjectId) -> Result<(), Refusal> {
        let is_named = self.quorums(step).iter().any(|quorum| self.names(quorum, id));
        if !is_named || !self.directory.is_active(id) {
            return Err(Refusal::NotAnApprover { step });
        }
        if self.is_barred_requester(id) {
            return Err(Refusal::SelfApproval);
        }
        match self.approved_earlier(step, id) {
            Some(step) => Err(Refusal::ApprovedEarlierStep { step }),
            None => Ok(()),
        }
    }

    /// Whether some quorum of some step names this person, who is active.
    pub fn is_named(self, id: &SubjectId) -> bool {
        let mut quorums = self.terms.steps.iter().flat_map(|step| step.quorums.iter());
        self.directory.is_active(id) && quorums.any(|quorum| self.names(quorum, id))
    }

    /// Everybody who is eligible to review a step.
    pub fn eligible(self, step: u32) -> BTreeSet<&'a SubjectId> {
        gather(self.quorums(step).iter().flat_map(|quorum| self.counting(step, quorum)))
    }

    /// Everybody who is eligible for some step.
    pub fn approvers(self) -> BTreeSet<&'a SubjectId> {
        gather(self.steps().flat_map(|(number, _)| self.eligible(number)))
    }

    /// Who is named by a quorum and active today, the requester included.
    pub fn people(self, quorum: &'a Quorum) -> BTreeSet<&'a SubjectId> {
        gather(quorum.approvers.iter().flat_map(|approver| self.directory.people(approver, self.requester)))
    }

    /// Whose approval would count in a quorum of a step.
    pub fn counting(self, step: u32, quorum: &'a Quorum) -> BTreeSet<&'a SubjectId> {
        let counts =
            |id: &&SubjectId| !self.is_barred_requester(id) && self.approved_earlier(step, id).is_none();
        gather(self.people(quorum).into_iter().filter(counts))
    }

    /// How the standing approvals of a step fill its quorums: as many slots as can be, whatever their order.
    pub fn tally(self, step: u32) -> Vec<QuorumTally<'a>> {
        let quorums = self.quorums(step);
        let approvers: BTreeSet<_> =
            gather(self.standing(step, Verdict::Approve).map(|review| &review.reviewer));
        let mut tallies: Vec<_> = quorums
            .iter()
            .map(|quorum| QuorumTally { quorum, slots: self.slots(step, quorum), filled_by: Vec::new() })
            .collect();
        if self.terms.distinct_approvers {
            for id in approvers {
                let mut seen = vec![false; tallies.len()];
                self.place(id, &mut tallies, &mut seen);
            }
        } else {
            for tally in &mut tallies {
                let named = approvers.iter().copied().filter(|id| self.names(tally.quorum, id));
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
        let required =
            self.steps().find(|(number, _)| *number == step).map_or(1, |(_, step)| step.rejections_required);
        u32::try_from(self.rejections(step)).is_ok_and(|count| count >= required)
    }

    /// How many rejections of a step count.
    pub fn rejections(self, step: u32) -> usize {
        self.standing(step, Verdict::Reject).count()
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

    /// The later step that could no longer be filled, were this person to approve the current one: with distinct
    /// approvers nobody counts twice.
    pub fn would_leave_short(self, step: u32, id: &SubjectId) -> Option<u32> {
        if !self.terms.distinct_approvers {
            return None;
        }
        let mut later = self.steps().map(|(number, _)| number).filter(|number| *number > step);
        later.find(|&number| {
            let mut tallies: Vec<_> = self
                .quorums(number)
                .iter()
                .map(|quorum| {
                    let slots = match quorum.required {
                        Required::Count(count) => count.try_into().unwrap_or(usize::MAX),
                        Required::All => {
                            self.counting(number, quorum).iter().filter(|other| **other != id).count().max(1)
                        }
                    };
                    QuorumTally { quorum, slots, filled_by: Vec::new() }
                })
                .collect();
            for other in self.eligible(number) {
                if other != id {
                    let mut seen = vec![false; tallies.len()];
                    self.place(other, &mut tallies, &mut seen);
                }
            }
            tallies.iter().any(|tally| tally.missing() > 0)
        })
    }

    /// The first step that nobody could complete, however its people and those of earlier steps are spread over them:
    /// with distinct approvers nobody counts twice. A quorum of all needs at least one.
    pub fn unfillable_step(self) -> Option<u32> {
        if !self.terms.distinct_approvers {
            return None;
        }
        let (mut tallies, mut people) = (Vec::new(), BTreeSet::new());
        self.steps().map(|(number, _)| number).find(|&number| {
            tallies.extend(self.quorums(number).iter().map(|quorum| {
                let slots = match quorum.required {
                    Required::Count(count) => count.try_into().unwrap_or(usize::MAX),
                    Required::All => 1,
                };
                QuorumTally { quorum, slots, filled_by: Vec::new() }
            }));
            people.extend(self.eligible(number));
            for id in &people {
                if !tallies.iter().any(|tally| tally.filled_by.contains(id)) {
                    let mut seen = vec![false; tallies.len()];
                    self.place(id, &mut tallies, &mut seen);
                }
            }
            tallies.iter().any(|tally| tally.missing() > 0)
        })
    }

    /// Finds the person a slot, moving others to another quorum that names them where that makes room (an augmenting
    /// path of bipartite matching).
    fn place(self, id: &'a SubjectId, tallies: &mut [QuorumTally<'a>], seen: &mut [bool]) -> bool {
        for index in 0..tallies.len() {
            let (Some(tally), Some(seen_here)) = (tallies.get(index), seen.get_mut(index)) else { continue };
            if *seen_here || !self.names(tally.quorum, id) {
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
                if self.place(occupant, tallies, seen) {
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

    fn slots(self, step: u32, quorum: &'a Quorum) -> usize {
        match quorum.required {
            Required::Count(count) => count.try_into().unwrap_or(usize::MAX),
            Required::All => self.counting(step, quorum).len().max(1),
        }
    }

    fn names(self, quorum: &Quorum, id: &SubjectId) -> bool {
        quorum.approvers.iter().any(|approver| self.directory.names(approver, self.requester, id))
    }

    fn is_barred_requester(self, id: &SubjectId) -> bool {
        id == self.requester && !self.terms.self_approval
    }

    fn approved_earlier(self, step: u32, id: &SubjectId) -> Option<u32> {
        let mut approvals = self.approvals().filter(|review| review.step < step && review.reviewer == *id);
        if self.terms.distinct_approvers { approvals.next().map(|review| review.step) } else { None }
    }

    fn is_approved_by_another(self) -> bool {
        self.approvals().any(|review| review.reviewer != *self.requester)
    }

    fn approvals(self) -> impl Iterator<Item = &'a Review> {
        let standing = self.reviews.iter().filter(|record| record.stands()).map(|record| &record.review);
        standing.filter(|review| review.verdict == Verdict::Approve)
    }

    fn standing(self, step: u32, verdict: Verdict) -> impl Iterator<Item = &'a Review> {
        let standing = self.reviews.iter().filter(|record| record.stands()).map(|record| &record.review);
        standing.filter(move |review| review.step == step && review.verdict == verdict)
    }
}
