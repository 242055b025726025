//! Whether a request can still be approved by the people there are, each of them counting once.

use std::collections::BTreeSet;

use super::Approval;
use crate::policies::{Quorum, Required};
use crate::values::SubjectId;

/// A quorum of a step that is not completed, with those who could fill its slots.
struct Need<'a> {
    step: u32,
    slots: usize,
    candidates: Vec<&'a SubjectId>,
    filled_by: Vec<&'a SubjectId>,
}

impl<'a> Approval<'a> {
    /// The first step, from the open one on, that cannot be filled any more by the people there are; none while the
    /// request can still be approved.
    ///
    /// With distinct approvers this is a matching of people to the slots of all those steps together. An `all` takes
    /// each of its people who is left: in its step and the later ones they are not there for another quorum.
    pub fn shortfall(self, open: u32) -> Option<u32> {
        // A step that is met and still open takes no more than one of its approvers to approve again.
        let from = if self.is_complete(open) { open.saturating_add(1) } else { open };
        let steps = self.steps().filter(|(number, _)| *number >= from);
        let needs = steps.flat_map(|(number, step)| step.quorums.iter().map(move |quorum| (number, quorum)));
        let mut needs: Vec<Need<'a>> = needs.map(|(step, quorum)| self.need(step, quorum, from)).collect();
        let is_another = |id: &&SubjectId| **id != *self.requester;
        if !self.is_approved_by_another() && !needs.iter().any(|need| need.candidates.iter().any(is_another))
        {
            return Some(self.last_step());
        }
        if !self.policy.terms.distinct_approvers {
            return needs.iter().find(|need| need.candidates.len() < need.slots).map(|need| need.step);
        }
        settle_the_easy(&mut needs);
        let slots: Vec<_> = needs.iter().map(|need| (need.step, need.slots)).collect();
        let mut unfilled = (0..).zip(slots).filter(|&(index, (_, slots))| {
            !(0..slots).all(|_| fill(&mut needs, index, &mut BTreeSet::default()))
        });
        unfilled.next().map(|(_, (step, _))| step)
    }

    /// With distinct approvers, people whom another quorum needs all of are no candidates here.
    fn need(self, step: u32, quorum: &'a Quorum, from: u32) -> Need<'a> {
        let mut candidates: Vec<_> = self.candidates(step, quorum).into_iter().collect();
        let mut slots = self.slots(step, quorum);
        // Whoever reviewed in another's place has no review of their own in that step.
        let spoke_for_another =
            |id: &SubjectId| self.standing(step).any(|review| review.reviewer == *id && review.voice() != id);
        if !self.policy.terms.distinct_approvers {
            candidates.retain(|id| !spoke_for_another(id));
            return Need { step, slots, candidates, filled_by: Vec::new() };
        }
        let approves_before =
            |id: &SubjectId| (from..step).any(|earlier| self.is_taken_by_all(earlier, quorum, id));
        let is_free = |id: &SubjectId| !spoke_for_another(id) && !self.is_taken_by_all(step, quorum, id);
        candidates.retain(|id| !approves_before(id));
        if !self.takes_all(step, quorum) {
            candidates.retain(|id| is_free(id));
        } else if candidates.iter().all(|id| is_free(id)) {
            // Those whom an earlier step needs approve there; whoever is left approves here.
            slots = 1;
        } else {
            candidates.clear();
        }
        Need { step, slots, candidates, filled_by: Vec::new() }
    }

    /// Whether another quorum of the step, or any of another step, wants all of its people, this one among them.
    fn is_taken_by_all(self, step: u32, quorum: &Quorum, id: &SubjectId) -> bool {
        let mut others = self.quorums(step).iter().filter(|other| !std::ptr::eq(*other, quorum));
        others.any(|other| self.takes_all(step, other) && self.lists(other.approvers.iter(), id))
    }

    /// Whether a quorum wants all of its people: none of them can be spared, unless by those whom escalation called.
    fn takes_all(self, step: u32, quorum: &Quorum) -> bool {
        quorum.required == Required::All && !self.is_escalated(step)
    }
}

/// A quorum with as many candidates as there are slots altogether is filled whatever the others take.
fn settle_the_easy(needs: &mut Vec<Need<'_>>) {
    loop {
        let total = needs.iter().fold(0_usize, |sum, need| sum.saturating_add(need.slots));
        let count = needs.len();
        needs.retain(|need| need.candidates.len() < total);
        if needs.len() == count {
            return;
        }
    }
}

/// Finds somebody for one more slot of a quorum, if need be by finding another for a slot that the person fills.
fn fill<'a>(needs: &mut [Need<'a>], index: usize, seen: &mut BTreeSet<&'a SubjectId>) -> bool {
    let candidates: Vec<_> = needs.get(index).map_or_else(Vec::new, |need| need.candidates.clone());
    for id in candidates {
        if !seen.insert(id) {
            continue;
        }
        let holder = needs.iter().position(|need| need.filled_by.contains(&id));
        if holder.is_none_or(|holder| holder != index && fill(needs, holder, seen)) {
            if let Some(need) = holder.and_then(|holder| needs.get_mut(holder)) {
                need.filled_by.retain(|other| *other != id);
            }
            if let Some(need) = needs.get_mut(index) {
                need.filled_by.push(id);
            }
            return true;
        }
    }
    false
}
