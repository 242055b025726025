//! Whom the entry of a quorum means.

use std::collections::BTreeSet;

use super::Approval;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Policy, Quorum};
use crate::values::SubjectId;

/// The active subjects for whom an approver of a policy stands, on a request by that requester.
pub fn people<'a>(
    directory: &'a Directory,
    policy: &Policy,
    approver: &Approver,
    requester: &SubjectId,
) -> BTreeSet<&'a SubjectId> {
    principal(directory, policy, approver, requester)
        .map_or_else(BTreeSet::new, |principal| directory.members(&principal))
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
        let escalation =
            self.step(step).filter(|_| self.is_escalated(step)).and_then(|step| step.escalate.as_ref());
        quorum
            .approvers
            .iter()
            .chain(escalation.into_iter().flat_map(|escalation| escalation.approvers.iter()))
    }

    pub(super) fn names(self, step: u32, quorum: &'a Quorum, id: &SubjectId) -> bool {
        self.means(self.named(step, quorum), id)
    }

    fn means(self, mut approvers: impl Iterator<Item = &'a Approver>, id: &SubjectId) -> bool {
        approvers.any(|approver| {
            principal(self.directory, self.policy, approver, self.requester)
                .is_some_and(|principal| self.directory.includes(&principal, id))
        })
    }

    /// Whether some quorum of some step names this person, who is active.
    pub fn is_named(self, id: &SubjectId) -> bool {
        let mut steps = self.steps();
        self.directory.is_active(id)
            && steps.any(|(number, step)| step.all_quorums().any(|quorum| self.names(number, quorum, id)))
    }

    /// Whether this person is named, or stands in for somebody who is.
    pub fn has_voice(self, id: &SubjectId) -> bool {
        let mut delegators = self.delegations.delegators(id);
        self.is_named(id)
            || (self.directory.is_active(id) && delegators.any(|delegator| self.is_named(delegator)))
    }

    /// Whether a quorum names somebody itself, and not just those whom escalation called.
    pub(super) fn names_itself(self, quorum: &'a Quorum, id: &SubjectId) -> bool {
        self.means(quorum.approvers.iter(), id)
    }

    /// Who is named by a quorum of a step and active today, the requester included.
    pub fn people(self, step: u32, quorum: &'a Quorum) -> BTreeSet<&'a SubjectId> {
        self.named(step, quorum)
            .flat_map(|approver| people(self.directory, self.policy, approver, self.requester))
            .collect()
    }
}
