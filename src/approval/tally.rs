//! Whether the quorums of a step are met: people matched to slots.

use std::collections::{BTreeMap, BTreeSet};

use super::Approval;
use crate::people::KnownSubject;
use crate::policies::Quorum;
use crate::requests::{Review, Verdict};
use crate::values::SubjectId;

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
    /// How the standing approvals of a step fill its lists of quorums, each by itself: as many slots as can be, whatever
    /// their order.
    pub fn tallies(self, step: u32) -> Vec<Vec<QuorumTally<'a>>> {
        self.lists(step).map(|list| self.tally(step, list)).collect()
    }

    fn tally(self, step: u32, list: &'a [Quorum]) -> Vec<QuorumTally<'a>> {
        let approvals = self.standing(step).filter(|review| review.verdict == Verdict::Approve);
        let voices: BTreeSet<_> = approvals.map(Review::voice).collect();
        let mut tallies: Vec<_> = list
            .iter()
            .map(|quorum| QuorumTally { quorum, slots: self.slots(step, quorum), filled_by: Vec::new() })
            .collect();
        let naming = |id: &'a SubjectId| {
            let who = self.directory.member(id);
            let quorums = list.iter().enumerate().filter(|(_, quorum)| self.names(step, quorum, &who));
            quorums.map(|(index, _)| index).collect()
        };
        let naming: Naming<'a> = voices.into_iter().map(|id| (id, naming(id))).collect();
        if self.policy.terms.distinct_approvers {
            for id in naming.keys() {
                place(id, &naming, &mut tallies, &mut BTreeSet::new());
            }
        } else {
            for (index, tally) in tallies.iter_mut().enumerate() {
                let named = naming.iter().filter(|(_, quorums)| quorums.contains(&index)).map(|(id, _)| *id);
                tally.filled_by = named.take(tally.slots).collect();
            }
        }
        tallies
    }

    /// Whether every quorum of a step is met, of one of its lists.
    pub fn is_filled(self, step: u32) -> bool {
        self.lists(step).any(|list| self.tally(step, list).iter().all(|tally| tally.missing() == 0))
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
            let has_other = self.has_eligible_other(number);
            others |= has_other;
            if !has_other && self.eligible(number).is_empty() {
                return Some(number);
            }
        }
        (!others).then_some(1)
    }

    /// How many approvals a quorum takes: of `all` those whom it names itself.
    pub(super) fn slots(self, step: u32, quorum: &'a Quorum) -> usize {
        quorum.required.slots(|| {
            let involved = self.involved();
            let own = quorum.approvers.iter().flat_map(|approver| self.behind(approver));
            let people: BTreeSet<_> = own.map(KnownSubject::person_behind).collect();
            people.into_iter().filter(|person| !involved.bars(person, step)).count()
        })
    }

    pub(super) fn is_approved_by_another(self) -> bool {
        self.approvals().any(|review| !self.is_requester(&review.reviewer))
    }
}

/// Which quorums of a list name somebody.
type Naming<'a> = BTreeMap<&'a SubjectId, Vec<usize>>;

/// Finds the person a slot, moving others to another quorum that names them where that makes room (an augmenting path of
/// bipartite matching).
fn place<'a>(
    id: &'a SubjectId,
    naming: &Naming<'a>,
    tallies: &mut [QuorumTally<'a>],
    seen: &mut BTreeSet<usize>,
) -> bool {
    for index in naming.get(id).into_iter().flatten() {
        let Some(tally) = tallies.get_mut(*index).filter(|_| seen.insert(*index)) else { continue };
        if tally.missing() > 0 {
            tally.filled_by.push(id);
            return true;
        }
        let mut occupants = tally.filled_by.clone().into_iter();
        let Some(moved) = occupants.find(|occupant| place(occupant, naming, tallies, seen)) else {
            continue;
        };
        if let Some(tally) = tallies.get_mut(*index) {
            tally.filled_by.retain(|other| *other != moved);
            tally.filled_by.push(id);
        }
        return true;
    }
    false
}
