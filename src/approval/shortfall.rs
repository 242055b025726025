//! Whether a request can still be approved by the people there are, each of them counting once.

use super::Approval;
use crate::model::{Quorum, Required, SubjectId};
use crate::sorted::SortedSet;

/// A quorum of a step that is not completed, with those who could fill its slots.
struct Need<'a> {
    step: u32,
    slots: usize,
    candidates: Vec<&'a SubjectId>,
    filled_by: Vec<&'a SubjectId>,
}

impl<'a> Approval<'a> {
    /// The first step, from this one on, that cannot be filled any more by the people there are; none while the request
    /// can still be approved. `spent` have their word on this step and are not there for later ones.
    ///
    /// With distinct approvers this is a matching of people to the slots of all those steps together. An `all` takes
    /// whoever is left of its people, and at least one; in its step they are not there for another quorum.
    pub fn shortfall(self, from: u32, spent: &[&SubjectId]) -> Option<u32> {
        let steps = self.steps().filter(|(number, _)| *number >= from);
        let needs = steps.flat_map(|(number, step)| step.quorums.iter().map(move |quorum| (number, quorum)));
        let mut needs: Vec<Need<'a>> =
            needs.map(|(step, quorum)| self.need(step, quorum, from, spent)).collect();
        let is_another = |id: &&SubjectId| **id != *self.requester;
        if !self.is_approved_by_another() && !needs.iter().any(|need| need.candidates.iter().any(is_another))
        {
            return Some(self.last_step());
        }
        if !self.terms.distinct_approvers {
            return needs.iter().find(|need| need.candidates.len() < need.slots).map(|need| need.step);
        }
        settle_the_easy(&mut needs);
        for index in 0..needs.len() {
            let slots = needs.get(index).map_or(0, |need| need.slots);
            for _ in 0..slots {
                if !fill(&mut needs, index, &mut SortedSet::default()) {
                    return needs.get(index).map(|need| need.step);
                }
            }
        }
        None
    }

    fn need(self, step: u32, quorum: &'a Quorum, from: u32, spent: &[&SubjectId]) -> Need<'a> {
        let mut candidates: Vec<_> = self.counting(step, quorum).into_iter().collect();
        // Whoever reviewed in another's place has no review of their own in that step.
        candidates
            .retain(|id| !self.standing(step).any(|review| review.reviewer == **id && review.voice() != *id));
        if self.terms.distinct_approvers {
            let is_spent = |id: &SubjectId| step > from && spent.contains(&id);
            candidates.retain(|id| !is_spent(id) && !self.is_taken_by_all(step, quorum, id));
        }
        Need { step, slots: quorum.required.at_least(), candidates, filled_by: Vec::new() }
    }

    /// Whether another quorum of the step wants all of its people, this one among them.
    fn is_taken_by_all(self, step: u32, quorum: &Quorum, id: &SubjectId) -> bool {
        let mut others = self.quorums(step).iter().filter(|other| !std::ptr::eq(*other, quorum));
        others.any(|other| other.required == Required::All && self.lists(other.approvers.iter(), id))
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
fn fill<'a>(needs: &mut [Need<'a>], index: usize, seen: &mut SortedSet<&'a SubjectId>) -> bool {
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
