//! Whom a policy means: who had the ids that it names when it named them.

use serde::{Deserialize, Serialize};

use super::step::Approver;
use super::terms::{Policy, PolicyTerms};
use crate::people::{Directory, Principal};
use crate::values::SubjectId;

/// In which commit each part of a policy that names people was last stated: it means nobody who has taken over an id
/// since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stated {
    /// The approvers, those called by escalation included.
    pub steps: u64,
    /// Who may break the glass.
    pub bypassers: u64,
    /// Who may ask.
    pub condition: u64,
}

impl Stated {
    /// All of it in one commit.
    pub fn in_commit(version: u64) -> Self {
        Self { steps: version, bypassers: version, condition: version }
    }
}

impl Policy {
    /// The principals that may break the glass, as far as they are still those who were named.
    pub fn bypassers<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = &'a Principal> {
        bypassers(&self.terms).filter(|it| directory.is_same_since(it, self.stated.bypassers))
    }

    /// Whether somebody may break the glass under it.
    pub fn has_bypasser(&self, directory: &Directory, id: &SubjectId) -> bool {
        let member = directory.member(id);
        self.bypassers(directory).any(|principal| member.is_behind(principal))
    }

    /// Everybody and every group that it names, as far as they are still those who were named.
    pub fn principals<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = Principal> {
        let approvers = approvers(&self.terms).filter(|it| directory.is_same_since(it, self.stated.steps));
        approvers.chain(self.bypassers(directory).cloned())
    }

    /// Whether a step of it asks the requester's manager, if only by escalation.
    pub fn asks_managers(&self) -> bool {
        entries(&self.terms).any(|approver| *approver == Approver::Manager)
    }

    /// Whether it means somebody whom the version before does not, although that may name the same ids.
    pub fn means_others_than(&self, before: &Self, directory: &Directory) -> bool {
        let (now, then) = (self.stated, before.stated);
        let is_new = |named: &Principal, now, then| {
            directory.is_same_since(named, now) && !directory.is_same_since(named, then)
        };
        approvers(&self.terms).any(|named| is_new(&named, now.steps, then.steps))
            || bypassers(&self.terms).any(|named| is_new(named, now.bypassers, then.bypassers))
            || (self.terms.condition.is_some()
                && now.condition > then.condition
                && directory.has_changed_hands_since(then.condition))
    }
}

/// Everybody and every group that terms name.
pub(crate) fn principals(terms: &PolicyTerms) -> impl Iterator<Item = Principal> {
    approvers(terms).chain(bypassers(terms).cloned())
}

fn bypassers(terms: &PolicyTerms) -> impl Iterator<Item = &Principal> {
    terms.break_glass.iter().flat_map(|terms| terms.bypassers.iter())
}

/// Whom the steps of terms name, those called by escalation included.
pub(super) fn entries(terms: &PolicyTerms) -> impl Iterator<Item = &Approver> {
    terms.steps.iter().flat_map(|step| {
        let escalated = step.escalate.iter().flat_map(|escalation| escalation.approvers.iter());
        step.all_quorums().flat_map(|quorum| quorum.approvers.iter()).chain(escalated)
    })
}

fn approvers(terms: &PolicyTerms) -> impl Iterator<Item = Principal> {
    entries(terms).filter_map(Approver::principal)
}
