//! Whose review counts in a step, and whether those given meet it.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::{Asked, Model};

impl Model {
    fn named(&self, approvers: &[Approver], requester: &SubjectId) -> BTreeSet<&SubjectId> {
        let people = |approver: &Approver| match approver {
            Approver::Subject { id } => self.behind(&Principal::Subject { id: id.clone() }),
            Approver::Group { id } => self.behind(&Principal::Group { id: id.clone() }),
            Approver::Manager => {
                let manager = self.subjects[requester].manager.clone();
                manager.map_or_else(BTreeSet::new, |id| self.behind(&Principal::Subject { id }))
            }
        };
        approvers.iter().flat_map(people).collect()
    }

    /// Whether an approval of an earlier step bars somebody who gave it, or in whose place it was given.
    pub(super) fn is_barred(request: &Asked, terms: &PolicyTerms, step: u32, id: &SubjectId) -> bool {
        let mut earlier = request.approvals().filter(|said| said.review.step < step);
        terms.distinct_approvers && earlier.any(|said| said.people().contains(id))
    }

    /// Who of these may fill a slot of a step.
    fn eligible_of(&self, approvers: &[Approver], request: &Asked, step: u32) -> BTreeSet<&SubjectId> {
        let (requester, terms) = (&request.content.requester, self.terms_of(request));
        let mut people = self.named(approvers, requester);
        people.retain(|id| terms.self_approval || *id != requester);
        people.retain(|id| !Self::is_barred(request, terms, step, id));
        people
    }

    /// Who was called to a step beside those whom its quorums name.
    fn called(&self, request: &Asked, step: u32) -> BTreeSet<&SubjectId> {
        let escalate = step_of(self.terms_of(request), step).escalate.as_ref();
        let called = escalate.filter(|_| request.escalated.contains(&step));
        called.map_or_else(BTreeSet::new, |escalate| self.eligible_of(&escalate.approvers, request, step))
    }

    /// Whose own review of a step may count.
    pub(crate) fn eligible(&self, request: &Asked, step: u32) -> BTreeSet<&SubjectId> {
        let quorums = &step_of(self.terms_of(request), step).quorums;
        let named = quorums.iter().flat_map(|quorum| self.eligible_of(&quorum.approvers, request, step));
        named.chain(self.called(request, step)).collect()
    }

    /// Whether everybody whose review of a step stands may give it still.
    pub(crate) fn are_eligible(&self, request: &Asked, step: u32) -> bool {
        let mut of_step = request.standing().filter(|said| said.review.step == step);
        of_step.all(|said| self.may_stand(request, said))
    }

    /// Whether the standing approvals of a step meet its quorums.
    pub(crate) fn is_met(&self, request: &Asked, step: u32) -> bool {
        let terms = self.terms_of(request);
        let (voices, called) = (request.voices(step), self.called(request, step));
        let needs = step_of(terms, step).quorums.iter().map(|quorum| {
            let named = self.eligible_of(&quorum.approvers, request, step);
            let slots = match quorum.required {
                Required::Count(count) => usize::try_from(count).unwrap(),
                // Not those who were called; and never none.
                Required::All => named.len().max(1),
            };
            let filling = named.union(&called).filter(|id| voices.contains(*id)).copied();
            (slots, filling.collect::<BTreeSet<_>>())
        });
        let needs: Vec<_> = needs.collect();
        if terms.distinct_approvers {
            can_assign(&needs, &BTreeSet::new())
        } else {
            needs.iter().all(|(slots, people)| people.len() >= *slots)
        }
    }
}

pub(crate) fn step_of(terms: &PolicyTerms, step: u32) -> &Step {
    &terms.steps[usize::try_from(step).unwrap() - 1]
}

/// Whether different people can be found for all slots, by trying.
fn can_assign(needs: &[(usize, BTreeSet<&SubjectId>)], taken: &BTreeSet<&SubjectId>) -> bool {
    let Some(((slots, people), rest)) = needs.split_first() else { return true };
    if *slots == 0 {
        return can_assign(rest, taken);
    }
    people.difference(taken).any(|person| {
        let mut taken = taken.clone();
        taken.insert(person);
        let mut left = vec![(slots - 1, people.clone())];
        left.extend_from_slice(rest);
        can_assign(&left, &taken)
    })
}
