use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stated::{entries, principals};
use super::step::Approver;
use super::terms::Policy;
use crate::people::Principal;
use crate::resources::{PatternTree, Resource, TargetEntry};
use crate::values::work::seen;
use crate::values::{Index, PolicyId, PolicyName, ResourceType, SubjectId};

/// A version of a policy.
pub(crate) type PolicyVersion = (PolicyId, u32);

/// The policies, in all versions that something rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// They change rarely, and are copied when they do.
    #[serde(serialize_with = "write_histories", deserialize_with = "read_histories")]
    by_id: Arc<BTreeMap<PolicyId, Arc<History>>>,
    /// The live ones by the paths that they are about.
    #[serde(skip)]
    by_path: Arc<BTreeMap<ResourceType, PatternTree<PolicyId>>>,
    /// All versions by whom their steps name, whoever has the id since.
    #[serde(skip)]
    by_approver: Index<Approver, PolicyVersion>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct History {
    versions: Vec<Policy>,
    is_deleted: bool,
}

type Histories = Arc<BTreeMap<PolicyId, Arc<History>>>;

fn write_histories<S: Serializer>(histories: &Histories, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(histories.values())
}

fn read_histories<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Histories, D::Error> {
    let all: Vec<History> = Vec::deserialize(deserializer)?;
    let by_id = all.into_iter().filter_map(|history| Some((history.versions.last()?.id.clone(), history)));
    Ok(Arc::new(by_id.map(|(id, history)| (id, Arc::new(history))).collect()))
}

impl Policies {
    /// The version of a policy that is in force, unless it is deleted.
    pub fn live(&self, id: &PolicyId) -> Option<&Policy> {
        self.by_id.get(id).filter(|history| !history.is_deleted)?.versions.last()
    }

    /// The policies in force, by id.
    pub fn all_live(&self) -> impl DoubleEndedIterator<Item = &Policy> + Clone {
        let live = self.by_id.values().inspect(seen).filter(|history| !history.is_deleted);
        live.filter_map(|history| history.versions.last())
    }

    /// The policies in force that are about a path of a resource's type, by id; its environment is not looked at.
    pub fn about_path<'a>(&'a self, resource: &Resource) -> impl Iterator<Item = &'a Policy> {
        let tree = self.by_path.get(&resource.kind);
        let ids = tree.map(|tree| tree.matching(&resource.path)).unwrap_or_default();
        ids.into_iter().filter_map(|id| self.live(id))
    }

    /// The policies in force that are about some path of an entry, by id; its environment is not looked at.
    pub fn near<'a>(&'a self, entry: TargetEntry<'_>) -> impl Iterator<Item = &'a Policy> {
        self.near_within(entry, usize::MAX).unwrap_or_default().into_iter()
    }

    /// The same; nothing where they are too many to be found in so many steps.
    pub(crate) fn near_within(&self, entry: TargetEntry<'_>, steps: usize) -> Option<Vec<&Policy>> {
        let Some(tree) = self.by_path.get(entry.kind) else { return Some(Vec::new()) };
        let ids = tree.overlapping(entry.path, steps)?;
        Some(ids.into_iter().filter_map(|id| self.live(id)).collect())
    }

    /// The policies in all versions that something rests on.
    pub(crate) fn all_versions(&self) -> impl Iterator<Item = &Policy> {
        self.by_id.values().flat_map(|history| &history.versions)
    }

    /// A version of a policy, also of one changed or deleted since.
    pub fn version(&self, id: &PolicyId, version: u32) -> Option<&Policy> {
        self.by_id.get(id)?.versions.iter().find(|policy| policy.version == version)
    }

    /// The versions of policies whose steps name this, be it by escalation.
    pub(crate) fn naming<'a>(
        &'a self,
        approver: &Approver,
    ) -> impl Iterator<Item = &'a PolicyVersion> + use<'a> {
        self.by_approver.found(approver)
    }

    /// A policy's id with its latest name, also of one deleted since.
    pub fn name(&self, id: &PolicyId) -> Option<PolicyName> {
        self.by_id.get(id)?.versions.last().map(Policy::to_name)
    }

    /// Everybody whom a version of a policy names, whoever has the id since.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = SubjectId> {
        self.all_versions().flat_map(|policy| principals(&policy.terms)).filter_map(|principal| {
            match principal {
                Principal::Subject(id) => Some(id),
                Principal::Group(_) => None,
            }
        })
    }

    /// Keeps the versions that are named, and the newest of each policy that is live or has one that is named.
    pub(crate) fn retain_named(&mut self, named: &BTreeSet<(&PolicyId, u32)>) {
        let by_approver = &mut self.by_approver;
        Arc::make_mut(&mut self.by_id).retain(|id, history| {
            let newest = history.versions.last().map(|policy| policy.version);
            let is_named = |policy: &Policy| named.contains(&(id, policy.version));
            let is_kept = !history.is_deleted || history.versions.iter().any(is_named);
            let is_left = |policy: &Policy| is_kept && (is_named(policy) || Some(policy.version) == newest);
            for left in history.versions.iter().filter(|policy| !is_left(policy)) {
                entries(&left.terms).for_each(|approver| by_approver.take(approver, &left.key()));
            }
            if history.versions.len() > 1 {
                Arc::make_mut(history).versions.retain(is_left);
            }
            is_kept
        });
    }

    /// Adds the next version of a policy, or the first of a new one.
    pub(crate) fn save(&mut self, policy: Policy) {
        self.lose_paths(&policy.id);
        self.find_by_paths(&policy);
        self.find_by_approvers(&policy);
        let history = Arc::make_mut(&mut self.by_id).entry(policy.id.clone()).or_default();
        Arc::make_mut(history).versions.push(policy);
    }

    /// Puts back a version that has left; it is not in force.
    pub(crate) fn recall(&mut self, policy: Policy) {
        let left = || Arc::new(History { versions: Vec::new(), is_deleted: true });
        let history = Arc::make_mut(&mut self.by_id).entry(policy.id.clone()).or_insert_with(left);
        let versions = &mut Arc::make_mut(history).versions;
        if let Err(place) = versions.binary_search_by_key(&policy.version, |known| known.version) {
            versions.insert(place, policy.clone());
            self.find_by_approvers(&policy);
        }
    }

    /// Makes what is found by something anew.
    pub(crate) fn index(&mut self) {
        for history in Arc::clone(&self.by_id).values() {
            history.versions.iter().for_each(|policy| self.find_by_approvers(policy));
            history.versions.last().filter(|_| !history.is_deleted).into_iter().for_each(|policy| {
                self.find_by_paths(policy);
            });
        }
    }

    fn find_by_paths(&mut self, policy: &Policy) {
        let targets = &policy.terms.targets;
        let tree = Arc::make_mut(&mut self.by_path).entry(targets.kind().clone()).or_default();
        targets.paths().iter().for_each(|path| tree.insert(path, policy.id.clone()));
    }

    fn find_by_approvers(&mut self, policy: &Policy) {
        entries(&policy.terms).for_each(|approver| self.by_approver.add(approver, policy.key()));
    }

    /// Takes a policy out of force.
    pub(crate) fn delete(&mut self, id: &PolicyId) {
        self.lose_paths(id);
        if let Some(history) = Arc::make_mut(&mut self.by_id).get_mut(id) {
            Arc::make_mut(history).is_deleted = true;
        }
    }

    /// Lets a policy no longer be found by the paths that it has been about.
    fn lose_paths(&mut self, id: &PolicyId) {
        let history = self.by_id.get(id).filter(|history| !history.is_deleted);
        let Some(policy) = history.and_then(|history| history.versions.last()) else { return };
        let (targets, by_path) = (&policy.terms.targets, Arc::make_mut(&mut self.by_path));
        let Some(tree) = by_path.get_mut(targets.kind()) else { return };
        targets.paths().iter().for_each(|path| tree.remove(path, id));
        if tree.is_empty() {
            by_path.remove(targets.kind());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy(id: &str, version: u32, approver: &str) -> Policy {
        let steps = json!([{ "quorums": [{ "required": 1, "approvers": [{ "subject": approver }] }] }]);
        let terms = json!({ "name": id, "targets": { "paths": [format!("/{id}")] }, "actions": "all", "steps": steps });
        let stated = json!({ "steps": 1, "bypassers": 1, "condition": 1 });
        serde_json::from_value(json!({ "id": id, "version": version, "terms": terms, "stated": stated }))
            .unwrap()
    }

    /// Three versions of one policy and two of another, which is deleted.
    fn some() -> Policies {
        let mut policies = Policies::default();
        for (id, version, approver) in [
            ("kept", 1, "ann"),
            ("kept", 2, "bob"),
            ("kept", 3, "cid"),
            ("gone", 1, "dot"),
            ("gone", 2, "eve"),
        ] {
            policies.save(policy(id, version, approver));
        }
        policies.delete(&PolicyId::try_from("gone").unwrap());
        policies
    }

    fn left(policies: &Policies) -> Vec<(String, u32)> {
        policies.all_versions().map(|policy| (policy.id.to_string(), policy.version)).collect()
    }

    #[test]
    fn the_versions_that_nothing_rests_on_are_let_go() {
        let [kept, gone] = ["kept", "gone"].map(|id| PolicyId::try_from(id).unwrap());
        for (named, expected) in [
            (&[][..], &[("kept", 3)][..]),
            (&[(&kept, 1)], &[("kept", 1), ("kept", 3)]),
            (&[(&gone, 1)], &[("gone", 1), ("gone", 2), ("kept", 3)]),
            (&[(&gone, 2), (&kept, 2)], &[("gone", 2), ("kept", 2), ("kept", 3)]),
        ] {
            let mut policies = some();
            policies.retain_named(&named.iter().copied().collect());
            let expected: Vec<_> =
                expected.iter().map(|(id, version)| ((*id).to_owned(), *version)).collect();
            assert_eq!(left(&policies), expected, "{named:?}");
        }
    }

    #[test]
    fn everybody_whom_a_version_names_is_known() {
        let named: Vec<String> = some().subjects().map(|id| id.to_string()).collect();
        assert_eq!(named, ["dot", "eve", "ann", "bob", "cid"]);
    }
}
