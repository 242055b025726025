//! Who may review a step now, and whose review is asked for.

use std::collections::BTreeSet;

use super::Approval;
use super::involved::Involved;
use crate::people::KnownSubject;
use crate::policies::Quorum;
use crate::refusal::Refusal;
use crate::values::SubjectId;

impl<'a> Approval<'a> {
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
        if !self.delegations.stands_in(id, delegator) || !self.directory.is_active(id) {
            return Err(Refusal::NoDelegation { delegator: delegator.clone() });
        }
        if [id, delegator].into_iter().any(|id| self.is_requester(id)) {
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
        let who = self.directory.member(id);
        let is_named = self.quorums(step).any(|quorum| self.names(step, quorum, &who));
        if !is_named || !self.directory.is_active(id) {
            return Err(Refusal::NotAnApprover { step });
        }
        if self.is_barred_requester(id) {
            return Err(Refusal::SelfApproval);
        }
        self.check_distinct(step, id)
    }

    pub(super) fn check_distinct(self, step: u32, id: &SubjectId) -> Result<(), Refusal> {
        match self.approved_earlier(step, id) {
            Some(step) => Err(Refusal::ApprovedEarlierStep { step }),
            None => Ok(()),
        }
    }

    /// Everybody who is eligible to review a step.
    pub fn eligible(self, step: u32) -> BTreeSet<&'a SubjectId> {
        self.all_eligible(step, &self.involved()).map(|account| &account.id).collect()
    }

    fn all_eligible(self, step: u32, involved: &Involved<'a>) -> impl Iterator<Item = &'a KnownSubject> {
        let people = self.quorums(step).flat_map(move |quorum| self.people(step, quorum));
        people.filter(move |account| !involved.bars(account.person_behind(), step))
    }

    /// Everybody who may review a step in another's place, and in whose.
    pub fn delegates(self, step: u32) -> Vec<(&'a SubjectId, &'a SubjectId)> {
        let involved = self.involved();
        let may_stand_in = |id: &SubjectId| {
            let person = self.directory.person_behind(id);
            self.directory.is_active(id) && !involved.asks(person) && !involved.bars(person, step)
        };
        let delegators = self.delegations.delegators_among(&self.eligible(step)).into_iter();
        let pairs = delegators.filter(|id| !self.is_requester(id)).flat_map(|delegator| {
            self.delegations.delegates(delegator).map(move |delegate| (delegate, delegator))
        });
        pairs.filter(|(delegate, _)| may_stand_in(delegate)).collect()
    }

    /// Whose review of a step is asked for: the eligible and their delegates, but not the requester, who knows.
    pub fn to_ask(self, step: u32) -> BTreeSet<&'a SubjectId> {
        let mut asked = self.eligible(step);
        asked.extend(self.delegates(step).into_iter().map(|(delegate, _)| delegate));
        asked.remove(self.requester);
        asked
    }

    /// Whose review of a step is asked for and has not been given, by them or in their place. A delegate is not waited
    /// for where the delegator has answered.
    pub fn unanswered(self, step: u32) -> Vec<SubjectId> {
        let answered =
            self.persons(self.standing(step).flat_map(|review| [&review.reviewer, review.voice()]));
        let is_left = |id: &SubjectId| !answered.contains(self.directory.person_behind(id));
        let own = self.eligible(step).into_iter().filter(|id| is_left(id));
        let pairs = self.delegates(step).into_iter();
        let delegates = pairs.filter(|(delegate, delegator)| is_left(delegate) && is_left(delegator));
        let left: BTreeSet<_> = own.chain(delegates.map(|(delegate, _)| delegate)).collect();
        left.into_iter().filter(|id| *id != self.requester).cloned().collect()
    }

    /// Everybody who is eligible for some step.
    pub fn approvers(self) -> BTreeSet<&'a SubjectId> {
        self.steps().flat_map(|(number, _)| self.eligible(number)).collect()
    }

    /// Whether somebody is eligible for a step who is not the requester.
    pub(super) fn has_eligible_other(self, step: u32) -> bool {
        let involved = self.involved();
        self.all_eligible(step, &involved).any(|account| !involved.asks(account.person_behind()))
    }

    /// Whose approval would count in a quorum of a step.
    pub fn candidates(self, step: u32, quorum: &'a Quorum) -> BTreeSet<&'a SubjectId> {
        let involved = self.involved();
        let counts = |account: &&KnownSubject| !involved.bars(account.person_behind(), step);
        self.people(step, quorum).filter(counts).map(|account| &account.id).collect()
    }

    /// How many people that is.
    pub fn candidate_count(self, step: u32, quorum: &'a Quorum) -> usize {
        self.persons(self.candidates(step, quorum)).len()
    }

    /// The people for whom reviewing is a question of their own: they have asked, or reviewed. What is decided of one of the
    /// others holds for all who are eligible.
    pub fn involved_people(self) -> BTreeSet<&'a str> {
        self.involved().people()
    }

    /// The people behind accounts.
    pub(super) fn persons(self, accounts: impl IntoIterator<Item = &'a SubjectId>) -> BTreeSet<&'a str> {
        accounts.into_iter().map(|id| self.directory.person_behind(id)).collect()
    }

    pub(super) fn is_barred_requester(self, id: &SubjectId) -> bool {
        self.is_requester(id) && !self.policy.terms.self_approval
    }

    /// Whether somebody is the requester, with whichever account.
    pub(super) fn is_requester(self, id: &SubjectId) -> bool {
        self.directory.is_same_person(id, self.requester)
    }

    pub(super) fn approved_earlier(self, step: u32, id: &SubjectId) -> Option<u32> {
        let mut approvals = self.approvals().filter(|review| review.step < step && self.involves(review, id));
        if self.policy.terms.distinct_approvers { approvals.next().map(|review| review.step) } else { None }
    }
}
