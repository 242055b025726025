use std::collections::BTreeMap;

use crate::policies::{Policies, Policy};
use crate::resources::{PathPattern, path_overlaps};
use crate::values::ResourceType;

/// The paths of the live policies by type and by the segments before the first wildcard: two paths can only overlap
/// where those of one begin with those of the other.
pub(super) struct Nearby<'a>(BTreeMap<Head<'a>, Vec<Governed<'a>>>);

type Head<'a> = (&'a ResourceType, Vec<&'a str>);

/// A path, and a policy that is about it.
pub(super) type Governed<'a> = (&'a PathPattern, &'a Policy);

impl<'a> Nearby<'a> {
    pub(super) fn of(policies: &'a Policies) -> Self {
        let mut by_head: BTreeMap<_, Vec<_>> = BTreeMap::default();
        for policy in policies.all_live() {
            let targets = &policy.terms.targets;
            for path in targets.paths() {
                by_head.entry((targets.kind(), head(path))).or_default().push((path, policy));
            }
        }
        Self(by_head)
    }

    /// The paths that can overlap one.
    pub(super) fn paths<'b>(
        &'b self,
        kind: &'b ResourceType,
        path: &'b PathPattern,
    ) -> impl Iterator<Item = &'b Governed<'a>> {
        let head = head(path);
        let begins_with = head.clone();
        let above =
            (0..head.len()).filter_map(move |length| self.0.get(&(kind, head.get(..length)?.to_vec())));
        let below = self.0.range((kind, begins_with.clone())..);
        let below = below.take_while(move |((of, head), _)| *of == kind && head.starts_with(&begins_with));
        above.chain(below.map(|(_, paths)| paths)).flatten()
    }

    /// The policies that can have a say in what a policy governs of a path.
    pub(super) fn policies(&self, policy: &Policy, path: &PathPattern) -> Vec<&'a Policy> {
        let targets = &policy.terms.targets;
        let narrower = |own| if head(own).len() > head(path).len() { own } else { path };
        let paths = targets.paths().iter().filter(|own| path_overlaps(own, path)).map(narrower);
        let near: BTreeMap<_, _> = paths
            .flat_map(|path| self.paths(targets.kind(), path))
            .map(|(_, policy)| (&policy.id, *policy))
            .collect();
        near.into_values().collect()
    }
}

fn head(path: &PathPattern) -> Vec<&str> {
    path.segments().take_while(|segment| !segment.contains('*')).collect()
}
