//! Whether a request can still be approved by the people there are, each of them counting once.

use std::collections::BTreeSet;

use super::Approval;
use crate::policies::{Quorum, Required, Step};

/// A quorum of a step that is not completed, with the people who could fill its slots.
pub(super) struct Need<'a> {
    pub(super) step: u32,
    pub(super) quorum: &'a Quorum,
    slots: usize,
    candidates: BTreeSet<&'a str>,
    filled_by: Vec<&'a str>,
}

impl<'a> Need<'a> {
    pub(super) fn new(step: u32, quorum: &'a Quorum, slots: usize, candidates: BTreeSet<&'a str>) -> Self {
        Self { step, quorum, slots, candidates, filled_by: Vec::new() }
    }

    /// How many approvals it lacks.
    pub(super) fn missing(&self) -> usize {
        self.slots.saturating_sub(self.filled_by.len())
    }
}

/// A step with the list of quorums by which it is to be met.
pub(super) type Chosen<'a> = (u32, &'a [Quorum]);

impl<'a> Approval<'a> {
    /// The first step, from the open one on, that cannot be filled any more by the people there are; none while the
    /// request can still be approved. Of several ways through the steps the one that leads furthest.
    ///
    /// With distinct approvers this is a matching of people to the slots of all those steps together. An `all` takes
    /// each of its people who is left: in its step and the later ones they are not there for another quorum.
    ///
    /// Whoever is called by escalation is there beside the others: who can approve without them can with them.
    pub fn shortfall(self, open: u32) -> Option<u32> {
        let step = self.shortfall_of_called(open)?;
        let uncalled = Approval { escalated: &[], ..self };
        (self.escalated.is_empty() || uncalled.shortfall_of_called(open).is_some()).then_some(step)
    }

    fn shortfall_of_called(self, open: u32) -> Option<u32> {
        let from = self.first_left(open);
        let steps: Option<Vec<u32>> =
            self.ways(from, self.last_step()).iter().map(|way| self.shortfall_on(way)).collect();
        match steps {
            Some(steps) => steps.into_iter().max(),
            None => (!self.has_another(from)).then(|| self.last_step()),
        }
    }

    /// The first step that people are needed for. One that is met and still open takes no more than one of its approvers to
    /// approve again.
    pub(super) fn first_left(self, open: u32) -> u32 {
        if self.is_complete(open) { open.saturating_add(1) } else { open }
    }

    /// The same with all whom the steps would still call; those of the open one only where `may_call` says so.
    pub fn shortfall_with_calls(self, open: u32, may_call: bool) -> Option<u32> {
        Approval { escalated: &self.called(open, may_call), ..self }.shortfall(open)
    }

    /// The steps whose escalated approvers have been called, and those that would still call theirs.
    pub(super) fn called(self, open: u32, may_call: bool) -> Vec<u32> {
        let calls = |(number, step): (u32, &Step)| {
            let may_call = number > open || (number == open && may_call);
            (may_call && step.escalate.is_some()).then_some(number)
        };
        self.escalated.iter().copied().chain(self.steps().filter_map(calls)).collect()
    }

    /// Whether the open step could not be filled by all who are eligible, and all whom it would still call, whoever of them
    /// has reviewed it in another's place.
    pub fn is_stuck(self, open: u32, may_call: bool) -> bool {
        let called: Vec<u32> = self.escalated.iter().copied().chain(may_call.then_some(open)).collect();
        let earlier: Vec<_> =
            self.reviews.iter().filter(|record| record.review.step < open).cloned().collect();
        let approval = Approval { escalated: &called, reviews: &earlier, ..self };
        let is_alone = open == approval.last_step() && !approval.has_another(open);
        let is_short = |list| approval.shortfall_on(&[(open, list)]).is_some();
        !self.is_complete(open) && (is_alone || approval.lists(open).all(is_short))
    }

    /// Whether somebody other than the requester has approved, or may from a step on: with that approval beside them, those
    /// of the requester count, whichever list of the step they fill.
    fn has_another(self, from: u32) -> bool {
        let mut may =
            self.steps().filter(|(number, _)| *number >= from).flat_map(|(it, _)| self.eligible(it));
        self.is_approved_by_another() || may.any(|id| !self.is_requester(id))
    }

    /// Every choice of a list for each step from one to another.
    pub(super) fn ways(self, from: u32, to: u32) -> Vec<Vec<Chosen<'a>>> {
        let steps = self.steps().filter(|(number, _)| (from..=to).contains(number));
        steps.fold(vec![Vec::new()], |ways, (number, step)| {
            let longer = |way: &Vec<Chosen<'a>>| {
                let chosen = step.lists().map(|list| [way.as_slice(), &[(number, list)]].concat());
                chosen.collect::<Vec<_>>()
            };
            ways.iter().flat_map(longer).collect()
        })
    }

    fn shortfall_on(self, way: &[Chosen<'a>]) -> Option<u32> {
        self.unmet_on(way).first().map(|need| need.step)
    }

    /// What is left to be filled on a way, though everybody does what they can; earlier steps come first.
    pub(super) fn unmet_on(self, way: &[Chosen<'a>]) -> Vec<Need<'a>> {
        let needs =
            way.iter().flat_map(|(step, list)| list.iter().map(|quorum| self.need(way, *step, quorum)));
        self.unmet(needs.collect())
    }

    /// What is left to be filled of these, which come in the order of their steps.
    pub(super) fn unmet(self, mut needs: Vec<Need<'a>>) -> Vec<Need<'a>> {
        if self.policy.terms.distinct_approvers {
            settle_the_easy(&mut needs);
            for index in 0..needs.len() {
                while needs.get(index).is_some_and(|need| need.missing() > 0)
                    && fill(&mut needs, index, &mut BTreeSet::default())
                {}
            }
        } else {
            needs.iter_mut().for_each(|need| need.filled_by.extend(&need.candidates));
        }
        needs.retain(|need| need.missing() > 0);
        needs
    }

    /// With distinct approvers, people whom another quorum needs all of are no candidates here.
    fn need(self, way: &[Chosen<'a>], step: u32, quorum: &'a Quorum) -> Need<'a> {
        let mut candidates = self.persons(self.candidates(step, quorum));
        let mut slots = self.slots(step, quorum);
        // Whoever reviewed in another's place has no review of their own in that step.
        let stood_in = self.standing(step).filter(|review| review.voice() != &review.reviewer);
        let mut taken = self.persons(stood_in.map(|review| &review.reviewer));
        if !self.policy.terms.distinct_approvers {
            candidates.retain(|person| !taken.contains(person));
            return Need::new(step, quorum, slots, candidates);
        }
        for (earlier, list) in way.iter().take_while(|(number, _)| *number < step) {
            let approve_before = self.taken_by_all(*earlier, list, quorum);
            candidates.retain(|person| !approve_before.contains(person));
        }
        for (_, list) in way.iter().filter(|(number, _)| *number == step) {
            taken.extend(self.taken_by_all(step, list, quorum));
        }
        if !self.takes_all(step, quorum) {
            candidates.retain(|person| !taken.contains(person));
        } else if candidates.is_disjoint(&taken) {
            // Those whom an earlier step needs approve there; whoever is left approves here.
            slots = 1;
        } else {
            candidates.clear();
        }
        Need::new(step, quorum, slots, candidates)
    }

    /// The people of those quorums of a list, other than this one, that want all of theirs.
    fn taken_by_all(self, step: u32, list: &'a [Quorum], quorum: &Quorum) -> BTreeSet<&'a str> {
        let others = list.iter().filter(|other| !std::ptr::eq(*other, quorum));
        let all = others.filter(|other| self.takes_all(step, other));
        self.persons(all.flat_map(|other| self.people(step, other)))
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
fn fill<'a>(needs: &mut [Need<'a>], index: usize, seen: &mut BTreeSet<&'a str>) -> bool {
    let candidates = needs.get(index).map_or_else(BTreeSet::new, |need| need.candidates.clone());
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
