use std::collections::BTreeMap;

use super::finding::{Finding, FindingCode};
use super::nearby::Nearby;
use crate::limits;
use crate::permissions::Permission;
use crate::policies::{Policy, governs_some};
use crate::resources::{PathPattern, path_overlaps, share_environment};
use crate::state::State;
use crate::values::PolicyId;

/// Standing permissions that open to somebody what a live policy governs: nobody need ask there.
pub(super) fn opening_governed(state: &State, nearby: &Nearby<'_>, findings: &mut Vec<Finding>) {
    let mut compared = 0;
    let is_anybody = |holder| !state.directory().members(holder).is_empty();
    let all = state.permissions().all().iter();
    for permission in all.filter(|permission| permission.terms.holders.iter().any(is_anybody)) {
        let of_permission =
            |code| Finding { permission_id: Some(permission.id.clone()), ..Finding::new(code) };
        let opened = opened(permission, nearby, &mut compared);
        if compared >= limits::PATHS_COMPARED {
            findings.push(of_permission(FindingCode::PermissionsNotCompared));
            return;
        }
        if !opened.is_empty() {
            findings.push(Finding {
                policies: opened.values().take(limits::POLICIES_NAMED).map(|it| it.to_name()).collect(),
                more: opened.len() > limits::POLICIES_NAMED,
                ..of_permission(FindingCode::PermissionOpensGoverned)
            });
        }
    }
}

/// Policies that govern something which a permission opens, by id: one more than a finding names, if there are so many.
fn opened<'a>(
    permission: &Permission,
    nearby: &Nearby<'a>,
    compared: &mut usize,
) -> BTreeMap<&'a PolicyId, &'a Policy> {
    let targets = &permission.terms.targets;
    let mut opened = BTreeMap::default();
    for path in targets.paths() {
        for (governed, policy) in nearby.paths(targets.kind(), path) {
            *compared = compared.saturating_add(1);
            if !opened.contains_key(&policy.id)
                && path_overlaps(path, governed)
                && opens(permission, path, policy, nearby, compared)
            {
                opened.insert(&policy.id, *policy);
            }
            if opened.len() > limits::POLICIES_NAMED || *compared >= limits::PATHS_COMPARED {
                return opened;
            }
        }
    }
    opened
}

/// Whether a permission opens by one of its paths something that a policy governs, and none above it.
fn opens(
    permission: &Permission,
    path: &PathPattern,
    policy: &Policy,
    nearby: &Nearby<'_>,
    compared: &mut usize,
) -> bool {
    let (targets, actions) = (&permission.terms.targets, &permission.terms.actions);
    if !share_environment(targets, &policy.terms.targets) || !actions.overlaps(&policy.terms.actions) {
        return false;
    }
    let others = nearby.policies(policy, path);
    *compared = compared.saturating_add(others.len());
    let mut entries = targets.entries().filter(|entry| entry.path == path);
    entries.any(|entry| governs_some(policy, &others, &entry.to_pattern(), actions))
}
