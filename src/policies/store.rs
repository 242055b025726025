use std::collections::BTreeMap;

use super::terms::Policy;
use crate::values::{PolicyId, PolicyName};

/// All policies there have been, in all their versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    by_id: BTreeMap<PolicyId, History>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct History {
    versions: Vec<Policy>,
    is_deleted: bool,
}

impl Policies {
    /// The version of a policy that is in force, unless it is deleted.
    pub fn live(&self, id: &PolicyId) -> Option<&Policy> {
        self.by_id.get(id).filter(|history| !history.is_deleted)?.versions.last()
    }

    /// The policies in force, by id.
    pub fn all_live(&self) -> impl DoubleEndedIterator<Item = &Policy> + Clone {
        let live = self.by_id.values().filter(|history| !history.is_deleted);
        live.filter_map(|history| history.versions.last())
    }

    /// A version of a policy, also of one changed or deleted since.
    pub fn version(&self, id: &PolicyId, version: u32) -> Option<&Policy> {
        self.by_id.get(id)?.versions.iter().find(|policy| policy.version == version)
    }

    /// A policy's id with its latest name, also of one deleted since.
    pub fn name(&self, id: &PolicyId) -> Option<PolicyName> {
        self.by_id.get(id)?.versions.last().map(Policy::to_name)
    }

    /// Adds the next version of a policy, or the first of a new one.
    pub(crate) fn save(&mut self, policy: Policy) {
        self.by_id.entry(policy.id.clone()).or_default().versions.push(policy);
    }

    /// Takes a policy out of force.
    pub(crate) fn delete(&mut self, id: &PolicyId) {
        if let Some(history) = self.by_id.get_mut(id) {
            history.is_deleted = true;
        }
    }
}
