//! Whom the entry of a quorum means.

use super::Approval;
use crate::people::{Directory, KnownSubject, Member, Principal};
use crate::policies::{Approver, Policy, Quorum};
use crate::values::SubjectId;

/// The active subjects for whom an approver of a policy stands, on a request by that requester. Whoever is in several groups
/// may come again.
pub fn people<'a>(
    directory: &'a Directory,
    policy: &Policy,
    approver: &Approver,
    requester: &SubjectId,
) -> impl Iterator<Item = &'a KnownSubject> + use<'a> {
    let principal = principal(directory, policy, approver, requester);
    principal.into_iter().flat_map(|principal| directory.accounts_behind(&principal))
}

/// Whom an approver means today: nobody where the id has changed hands since the policy named it.
fn principal(
    directory: &Directory,
    policy: &Policy,
    approver: &Approver,
    requester: &SubjectId,
) -> Option<Principal> {
    let named = match approver {
        Approver::Subject(id) => Principal::from(id),
        Approver::Group(id) => Principal::from(id),
        Approver::Manager => return directory.subject(requester)?.manager.as_ref().map(Principal::from),
    };
    Some(named).filter(|named| directory.is_same_since(named, policy.stated.steps))
}

impl<'a> Approval<'a> {
    /// Whom a quorum of a step names: its approvers, and those called by escalation.
    pub(super) fn named(self, step: u32, quorum: &'a Quorum) -> impl Iterator<Item = &'a Approver> {
        quorum.approvers.iter().chain(self.called_to(step))
    }

    /// Whom escalation has called to a step.
    pub(super) fn called_to(self, step: u32) -> impl Iterator<Item = &'a Approver> {
        let escalated = self.step(step).filter(|_| self.is_escalated(step));
        escalated.and_then(|step| step.escalate.as_ref()).into_iter().flat_map(|it| it.approvers.iter())
    }

    pub(super) fn names(self, step: u32, quorum: &'a Quorum, who: &Member<'_>) -> bool {
        self.named(step, quorum).any(|approver| self.means(approver, who))
    }

    fn means(self, approver: &Approver, who: &Member<'_>) -> bool {
        let is_so = match approver {
            Approver::Subject(id) => id == who.id,
            Approver::Group(id) => who.is_in(id),
            Approver::Manager => true,
        };
        is_so && self.principal(approver).is_some_and(|principal| who.is_behind(&principal))
    }

    pub(super) fn principal(self, approver: &Approver) -> Option<Principal> {
        principal(self.directory, self.policy, approver, self.requester)
    }

    /// Whether some quorum of some step names this person, who is active.
    pub fn is_named(self, id: &SubjectId) -> bool {
        let (who, mut steps) = (self.directory.member(id), self.steps());
        self.directory.is_active(id)
            && steps.any(|(number, step)| step.all_quorums().any(|quorum| self.names(number, quorum, &who)))
    }

    /// Whether this person is named, or stands in for somebody who is.
    pub fn has_voice(self, id: &SubjectId) -> bool {
        let mut delegators = self.delegations.delegators(id);
        self.is_named(id)
            || (self.directory.is_active(id) && delegators.any(|delegator| self.is_named(delegator)))
    }

    /// Whether a quorum names somebody itself, and not just those whom escalation called.
    pub(super) fn names_itself(self, quorum: &'a Quorum, who: &Member<'_>) -> bool {
        quorum.approvers.iter().any(|approver| self.means(approver, who))
    }

    /// Who is named by a quorum of a step and active today, the requester included. Whoever is named several times may come
    /// again.
    pub(super) fn people(self, step: u32, quorum: &'a Quorum) -> impl Iterator<Item = &'a KnownSubject> {
        self.named(step, quorum).flat_map(move |approver| self.behind(approver))
    }

    /// The active subjects for whom an approver stands.
    pub(super) fn behind(self, approver: &Approver) -> impl Iterator<Item = &'a KnownSubject> + use<'a> {
        people(self.directory, self.policy, approver, self.requester)
    }
}
