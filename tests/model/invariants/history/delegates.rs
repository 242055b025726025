//! Who reviews in another's place.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::{Asked, Deputed, Model, Said};

impl Model {
    pub(crate) fn is_live(&self, deputed: &Deputed) -> bool {
        let Delegation { delegator, delegate, starts_at, ends_at, end, .. } = &deputed.delegation;
        let is_now = *starts_at <= self.at && self.at < *ends_at;
        let is_over = end.is_some() || deputed.has_lapsed;
        is_now && !is_over && self.is_active(delegator) && self.is_active(delegate)
    }

    /// Those that nobody has ended, begun or not.
    pub(crate) fn open_delegations(&self) -> Vec<&Delegation> {
        let all = self.delegations.iter().map(|deputed| &deputed.delegation);
        all.filter(|delegation| delegation.end.is_none()).collect()
    }

    fn live(&self) -> impl Iterator<Item = &Delegation> {
        self.delegations.iter().filter(|deputed| self.is_live(deputed)).map(|deputed| &deputed.delegation)
    }

    /// The delegation under which a review in another's place is given now.
    pub(super) fn delegation_of(&self, review: &Review) -> Option<DelegationId> {
        let is_between = |delegation: &&Delegation| {
            delegation.delegate == review.reviewer
                && review.on_behalf_of.as_ref() == Some(&delegation.delegator)
        };
        self.live().find(is_between).map(|delegation| delegation.id.clone())
    }

    /// Who may review a step in whose place: first the delegate, then the delegator.
    pub(crate) fn deputies(&self, request: &Asked, step: u32) -> BTreeSet<(&SubjectId, &SubjectId)> {
        let (eligible, terms) = (self.eligible(request, step), self.terms_of(request));
        let requester = &request.content.requester;
        self.live()
            .map(|delegation| (&delegation.delegate, &delegation.delegator))
            .filter(|(delegate, delegator)| *delegate != requester && *delegator != requester)
            .filter(|(delegate, delegator)| {
                eligible.contains(delegator) && !Self::is_barred(request, terms, step, delegate)
            })
            .collect()
    }

    /// Whether somebody may review a step of a request, in their own place or another's.
    pub(crate) fn may_review(
        &self,
        request: &Asked,
        step: u32,
        reviewer: &SubjectId,
        on_behalf_of: Option<&SubjectId>,
    ) -> bool {
        match on_behalf_of {
            None => self.eligible(request, step).contains(reviewer),
            Some(delegator) => self.deputies(request, step).contains(&(reviewer, delegator)),
        }
    }

    /// Whether a review may go on standing: its author may give it still, and under the same delegation.
    pub(crate) fn may_stand(&self, request: &Asked, said: &Said) -> bool {
        let Review { step, reviewer, on_behalf_of, .. } = &said.review;
        let is_under = |id: &DelegationId| self.live().any(|delegation| delegation.id == *id);
        let has_ended = said.has_lapsed || !said.under.as_ref().is_none_or(is_under);
        !has_ended && self.may_review(request, *step, reviewer, on_behalf_of.as_ref())
    }
}
