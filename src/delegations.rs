//! Who reviews in whose place, and until when.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::people::Actor;
use crate::values::{DelegationId, Map, SubjectId, Timestamp};

/// Lets a delegate review on behalf of an approver, on `[startsAt, endsAt)` unless ended before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delegation {
    /// Made by the engine.
    pub id: DelegationId,
    /// In whose place.
    pub delegator: SubjectId,
    /// Who reviews.
    pub delegate: SubjectId,
    /// When it was made.
    pub made_at: Timestamp,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Whether it has begun.
    pub begun: bool,
    /// How it ended; absent while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DelegationEnd>,
}

impl Delegation {
    /// Everybody whom it names.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &SubjectId> {
        let ended_by = self.end.as_ref().and_then(|end| end.by.subject());
        [&self.delegator, &self.delegate].into_iter().chain(ended_by)
    }
}

/// How a delegation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationEnd {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: DelegationEndReason,
    /// Whose command ended it.
    pub by: Actor,
}

/// Why a delegation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DelegationEndReason {
    /// Its time was up.
    Expired,
    /// The delegator, the delegate or an administrator ended it.
    Ended,
    /// One of the two was disabled or removed.
    SubjectDisabled,
    /// The two turned out to be one person.
    SamePerson,
}

/// The delegations, and who stands in for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegations {
    by_id: Map<DelegationId, Delegation>,
    /// Those that have begun and not ended, by delegator and by delegate, in the order in which they began.
    by_delegator: Map<SubjectId, Vec<DelegationId>>,
    by_delegate: Map<SubjectId, Vec<DelegationId>>,
}

impl Delegations {
    /// A delegation.
    pub fn get(&self, id: &DelegationId) -> Option<&Delegation> {
        self.by_id.get(id)
    }

    /// All delegations, by id.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Delegation> {
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
        self.begun(self.by_delegate.get(delegate)).map(|it| &it.delegator)
    }

    /// Who may review in this person's place now.
    pub fn delegates(&self, delegator: &SubjectId) -> impl Iterator<Item = &SubjectId> {
        self.begun(self.by_delegator.get(delegator)).map(|it| &it.delegate)
    }

    /// Those of some people in whose place somebody may review now, in order. It takes as long as the fewer are: people, or
    /// delegators.
    pub(crate) fn delegators_among<'a>(&'a self, people: &BTreeSet<&'a SubjectId>) -> Vec<&'a SubjectId> {
        if self.by_delegator.len() < people.len() {
            let delegators = self.by_delegator.range(..).map(|(id, _)| id);
            delegators.filter(|id| people.contains(id)).collect()
        } else {
            people.iter().copied().filter(|id| self.by_delegator.get(id).is_some()).collect()
        }
    }

    fn begun<'a>(&'a self, ids: Option<&'a Vec<DelegationId>>) -> impl Iterator<Item = &'a Delegation> {
        ids.into_iter().flatten().filter_map(|id| self.by_id.get(id))
    }

    /// Adds a delegation.
    pub(crate) fn add(&mut self, delegation: Delegation) {
        if delegation.begun {
            self.begin(&delegation);
        }
        self.by_id.insert(delegation.id.clone(), delegation);
    }

    /// Changes a delegation that is known.
    pub(crate) fn change(&mut self, id: &DelegationId, change: impl FnOnce(&mut Delegation)) {
        let Some(delegation) = self.by_id.get_mut(id) else { return };
        change(delegation);
        let changed = delegation.clone();
        self.stop(id);
        if changed.begun && changed.end.is_none() {
            self.begin(&changed);
        }
    }

    fn begin(&mut self, delegation: &Delegation) {
        self.by_delegator.change(&delegation.delegator, |begun| begun.push(delegation.id.clone()));
        self.by_delegate.change(&delegation.delegate, |begun| begun.push(delegation.id.clone()));
    }

    /// Takes out those that have ended and are not to be kept.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&Delegation) -> bool) {
        self.by_id.retain(|_, delegation| is_kept(delegation));
    }

    /// Lets nobody stand in by this delegation any more.
    pub(crate) fn stop(&mut self, id: &DelegationId) {
        let Some(Delegation { delegator, delegate, .. }) = self.by_id.get(id) else { return };
        for (index, subject) in [(&mut self.by_delegator, delegator), (&mut self.by_delegate, delegate)] {
            index.change(subject, |begun| begun.retain(|begun| begun != id));
            if index.get(subject).is_some_and(Vec::is_empty) {
                index.remove(subject);
            }
        }
    }
}
