use std::collections::BTreeMap;

use super::finding::{Finding, FindingCode};
use crate::limits;
use crate::permissions::Permission;
use crate::policies::{Policies, Policy};
use crate::resources::{PathPattern, path_overlaps, share_environment};
use crate::state::State;
use crate::values::{PolicyId, ResourceType};

/// Standing permissions that open what a live policy governs: nobody need ask there.
pub(super) fn opening_governed(state: &State, findings: &mut Vec<Finding>) {
    let index = Index::of(state.policies());
    let mut compared = 0;
    for permission in state.permissions().all() {
        let of_permission =
            |code| Finding { permission_id: Some(permission.id.clone()), ..Finding::new(code) };
        if compared >= limits::PATHS_COMPARED {
            findings.push(of_permission(FindingCode::PermissionsNotCompared));
            return;
        }
        let opened = index.opened(permission, &mut compared);
        if !opened.is_empty() {
            let more = opened.len().saturating_sub(limits::POLICIES_NAMED);
            findings.push(Finding {
                policies: opened.values().take(limits::POLICIES_NAMED).map(|it| it.to_name()).collect(),
                more: u32::try_from(more).ok().filter(|more| *more > 0),
                ..of_permission(FindingCode::PermissionOpensGoverned)
            });
        }
    }
}

/// The paths of the live policies by type and by the segments before the first wildcard: two paths can only overlap
/// where those of one begin with those of the other.
struct Index<'a>(BTreeMap<Head<'a>, Vec<Governed<'a>>>);

type Head<'a> = (&'a ResourceType, Vec<&'a str>);

type Governed<'a> = (&'a PathPattern, &'a Policy);

impl<'a> Index<'a> {
    fn of(policies: &'a Policies) -> Self {
        let mut index: BTreeMap<_, Vec<_>> = BTreeMap::default();
        for policy in policies.all_live() {
            let targets = &policy.terms.targets;
            for path in targets.paths() {
                index.entry((targets.kind(), head(path))).or_default().push((path, policy));
            }
        }
        Self(index)
    }

    /// The policies that govern something which a permission opens, by id.
    fn opened(&self, permission: &Permission, compared: &mut usize) -> BTreeMap<&'a PolicyId, &'a Policy> {
        let (targets, actions) = (&permission.terms.targets, &permission.terms.actions);
        let mut opened = BTreeMap::default();
        for path in targets.paths() {
            for (governed, policy) in self.near(targets.kind(), path) {
                *compared = compared.saturating_add(1);
                let terms = &policy.terms;
                if path_overlaps(path, governed)
                    && share_environment(targets, &terms.targets)
                    && actions.overlaps(&terms.actions)
                {
                    opened.insert(&policy.id, *policy);
                }
            }
        }
        opened
    }

    /// The paths that can overlap one.
    fn near<'b>(
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
}

fn head(path: &PathPattern) -> Vec<&str> {
    path.segments().take_while(|segment| !segment.contains('*')).collect()
}
