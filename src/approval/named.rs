//! Whom the entry of a quorum means.

use std::collections::BTreeSet;

use super::Approval;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Quorum};
use crate::values::SubjectId;

/// The active subjects for whom an approver stands, on a request by that requester.
pub fn people<'a>(
    directory: &'a Directory,
    approver: &Approver,
    requester: &SubjectId,
) -> BTreeSet<&'a SubjectId> {
    principal(directory, approver, requester)
        .map_or_else(BTreeSet::new, |principal| directory.members(&principal))
}

/// Whether an approver stands for the subject, on a request by that requester.
fn is_meant(directory: &Directory, approver: &Approver, requester: &SubjectId, id: &SubjectId) -> bool {
    principal(directory, approver, requester).is_some_and(|principal| directory.includes(&principal, id))
}

fn principal(directory: &Directory, approver: &Approver, requester: &SubjectId) -> Option<Principal> {
    match approver {
        Approver::Subject { id } => Some(Principal::Subject { id: id.clone() }),
        Approver::Group { id } => Some(Principal::Group { id: id.clone() }),
        Approver::Manager => {
            directory.subject(requester)?.manager.clone().map(|id| Principal::Subject { id })
        }
    }
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
        self.lists(self.named(step, quorum), id)
    }

    pub(super) fn lists(self, mut approvers: impl Iterator<Item = &'a Approver>, id: &SubjectId) -> bool {
        approvers.any(|approver| is_meant(self.directory, approver, self.requester, id))
    }

    /// Whether some quorum of some step names this person, who is active.
    pub fn is_named(self, id: &SubjectId) -> bool {
        let mut steps = self.steps();
        self.directory.is_active(id)
            && steps.any(|(number, step)| step.quorums.iter().any(|quorum| self.names(number, quorum, id)))
    }

    /// Whether this person is named, or stands in for somebody who is.
    pub fn has_voice(self, id: &SubjectId) -> bool {
        let mut delegators = self.delegations.delegators(id);
        self.is_named(id)
            || (self.directory.is_active(id) && delegators.any(|delegator| self.is_named(delegator)))
    }

    /// Who is named by a quorum of a step and active today, the requester included.
    pub fn people(self, step: u32, quorum: &'a Quorum) -> BTreeSet<&'a SubjectId> {
        self.named(step, quorum)
            .flat_map(|approver| people(self.directory, approver, self.requester))
            .collect()
    }
}
