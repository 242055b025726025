//! Whether a request can still be approved by the people there are, each of them counting once.

use std::collections::BTreeSet;
use std::ptr;

use super::Approval;
use super::crowd::{Crowd, Named};
use super::matching::{Need, fill_all};
use crate::policies::{Quorum, Required, Step};

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
        let (from, last) = (self.first_left(open), self.last_step());
        let crowd = Crowd::of(self, &(from..=last));
        let ways = self.ways(from, last);
        let steps: Option<Vec<u32>> = ways.iter().map(|way| self.shortfall_on(&crowd, way)).collect();
        match steps {
            Some(steps) => steps.into_iter().max(),
            None => (!self.has_another(from)).then_some(last),
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
        let crowd = Crowd::of(approval, &(open..=open));
        let is_short = |list| approval.shortfall_on(&crowd, &[(open, list)]).is_some();
        !self.is_complete(open) && (is_alone || approval.lists(open).all(is_short))
    }

    /// Whether somebody other than the requester has approved, or may from a step on: with that approval beside them, those
    /// of the requester count, whichever list of the step they fill.
    fn has_another(self, from: u32) -> bool {
        let mut left = from..=self.last_step();
        self.is_approved_by_another() || left.any(|step| self.has_eligible_other(step))
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

    fn shortfall_on(self, crowd: &Crowd<'a>, way: &[Chosen<'a>]) -> Option<u32> {
        self.unmet_on(crowd, way).first().map(|need| need.step)
    }

    /// What is left to be filled on a way, though everybody does what they can; earlier steps come first.
    pub(super) fn unmet_on(self, crowd: &Crowd<'a>, way: &[Chosen<'a>]) -> Vec<Need<'a>> {
        let quorums = way.iter().flat_map(|(step, list)| list.iter().map(|quorum| (*step, quorum)));
        self.unmet(quorums.map(|(step, quorum)| self.need(crowd, way, step, quorum)).collect())
    }

    /// What is left to be filled of these, which come in the order of their steps.
    pub(super) fn unmet(self, mut needs: Vec<Need<'a>>) -> Vec<Need<'a>> {
        if self.policy.terms.distinct_approvers {
            fill_all(&mut needs);
        } else {
            needs.iter_mut().for_each(Need::fill_alone);
        }
        needs.retain(|need| need.missing() > 0);
        needs
    }

    /// With distinct approvers, people whom another quorum needs all of are no candidates here.
    fn need(self, crowd: &Crowd<'a>, way: &[Chosen<'a>], step: u32, quorum: &'a Quorum) -> Need<'a> {
        let mut candidates = crowd.named(quorum).to_vec();
        candidates.retain(|named| !crowd.involved.bars(named.person, step));
        let own = candidates.iter().filter(|named| named.is_own).map(|named| named.size);
        let mut slots = quorum.required.slots(|| own.fold(0, usize::saturating_add));
        let stood_in = |named: &Named<'_>| crowd.involved.stood_in(named.person, step);
        if !self.policy.terms.distinct_approvers {
            candidates.retain(|named| !stood_in(named));
            return Need::new(step, quorum, slots, candidates);
        }
        let approve_before = self.taken_by_all(crowd, way, |number| number < step, quorum);
        candidates.retain(|named| !approve_before.contains(&named.class));
        let approve_here = self.taken_by_all(crowd, way, |number| number == step, quorum);
        let is_taken = |named: &Named<'_>| stood_in(named) || approve_here.contains(&named.class);
        if !self.takes_all(step, quorum) {
            candidates.retain(|named| !is_taken(named));
        } else if candidates.iter().any(is_taken) {
            candidates.clear();
        } else {
            // Those whom an earlier step needs approve there; whoever is left approves here.
            slots = 1;
        }
        Need::new(step, quorum, slots, candidates)
    }

    /// The classes of people of those quorums of some steps of a way, other than this one, that want all of theirs.
    fn taken_by_all(
        self,
        crowd: &Crowd<'a>,
        way: &[Chosen<'a>],
        is_step: impl Fn(u32) -> bool,
        quorum: &Quorum,
    ) -> BTreeSet<usize> {
        let steps = way.iter().filter(|(step, _)| is_step(*step));
        let quorums = steps.flat_map(|(step, list)| list.iter().map(move |other| (*step, other)));
        let all = quorums.filter(|(step, other)| !ptr::eq(*other, quorum) && self.takes_all(*step, other));
        all.flat_map(|(_, other)| crowd.named(other)).map(|named| named.class).collect()
    }

    /// Whether a quorum wants all of its people: none of them can be spared, unless by those whom escalation called.
    fn takes_all(self, step: u32, quorum: &Quorum) -> bool {
        quorum.required == Required::All && !self.is_escalated(step)
    }
}
