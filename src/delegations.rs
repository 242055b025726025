//! Who reviews in whose place.

use std::collections::BTreeMap;

use crate::model::{Delegation, DelegationId, SubjectId};

/// All delegations there have been, and who stands in for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delegations {
    by_id: BTreeMap<DelegationId, Delegation>,
    /// Those that have begun and not ended, in the order in which they began.
    begun: Vec<DelegationId>,
}

impl Delegations {
    /// A delegation.
    pub fn get(&self, id: &DelegationId) -> Option<&Delegation> {
        self.by_id.get(id)
    }

    /// All delegations, by id.
    pub fn all(&self) -> impl Iterator<Item = &Delegation> {
        self.by_id.values()
    }

    /// The delegations that have not ended, by id.
    pub fn open(&self) -> impl Iterator<Item = &Delegation> {
        self.by_id.values().filter(|delegation| delegation.end.is_none())
    }

    /// Whether somebody may review in another's place now.
    pub fn stands_in(&self, delegate: &SubjectId, delegator: &SubjectId) -> bool {
        self.delegators(delegate).any(|id| id == delegator)
    }

    /// In whose place this person may review now.
    pub fn delegators(&self, delegate: &SubjectId) -> impl Iterator<Item = &SubjectId> {
        self.begun().filter(move |it| it.delegate == *delegate).map(|it| &it.delegator)
    }

    /// Who may review in this person's place now.
    pub fn delegates(&self, delegator: &SubjectId) -> impl Iterator<Item = &SubjectId> {
        self.begun().filter(move |it| it.delegator == *delegator).map(|it| &it.delegate)
    }

    fn begun(&self) -> impl Iterator<Item = &Delegation> {
        self.begun.iter().filter_map(|id| self.by_id.get(id))
    }

    /// Adds a delegation.
    pub(crate) fn add(&mut self, delegation: Delegation) {
        if delegation.begun {
            self.begun.push(delegation.id.clone());
        }
        self.by_id.insert(delegation.id.clone(), delegation);
    }

    /// Changes a delegation that is known.
    pub(crate) fn change(&mut self, id: &DelegationId, change: impl FnOnce(&mut Delegation)) {
        let Some(delegation) = self.by_id.get_mut(id) else { return };
        change(delegation);
        if delegation.begun && delegation.end.is_none() {
            self.begun.push(id.clone());
        } else {
            self.stop(id);
        }
    }

    /// Lets nobody stand in by this delegation any more.
    pub(crate) fn stop(&mut self, id: &DelegationId) {
        self.begun.retain(|begun| begun != id);
    }
}
