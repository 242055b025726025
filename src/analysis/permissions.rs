use std::collections::BTreeMap;

use super::finding::{Finding, FindingCode};
use crate::limits;
use crate::permissions::Permission;
use crate::policies::{Policies, Policy, governs_some};
use crate::resources::{TargetEntry, covers, overlaps};
use crate::state::State;
use crate::values::PolicyId;

/// Standing permissions that open to somebody what a live policy governs: nobody need ask there.
pub(super) fn opening_governed(state: &State, findings: &mut Vec<Finding>) {
    let mut compared = 0;
    let is_anybody = |holder| !state.directory().members(holder).is_empty();
    let all = state.permissions().all().iter();
    for permission in all.filter(|permission| permission.terms.holders.iter().any(is_anybody)) {
        let of_permission =
            |code| Finding { permission_id: Some(permission.id.clone()), ..Finding::new(code) };
        let opened = opened(state.policies(), permission, &mut compared);
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
    policies: &'a Policies,
    permission: &Permission,
    compared: &mut usize,
) -> BTreeMap<&'a PolicyId, &'a Policy> {
    let mut opened = BTreeMap::default();
    for entry in permission.terms.targets.entries() {
        let near: Vec<&Policy> = policies.near(entry).collect();
        for policy in &near {
            if !opened.contains_key(&policy.id) && opens(policies, permission, entry, policy, &near, compared)
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

/// Whether a permission opens by an entry something that a policy governs, and none above it.
fn opens(
    policies: &Policies,
    permission: &Permission,
    entry: TargetEntry<'_>,
    policy: &Policy,
    near: &[&Policy],
    compared: &mut usize,
) -> bool {
    // Others have a say where both are: inside the smaller of the two.
    let inside = policy.terms.targets.entries().filter(|own| covers(entry, *own));
    let others: BTreeMap<_, _> = inside.flat_map(|own| policies.near(own)).map(|it| (&it.id, it)).collect();
    let is_inside = policy.terms.targets.entries().all(|own| covers(entry, own) || !overlaps(entry, own));
    let others: Vec<&Policy> = if is_inside { others.into_values().collect() } else { near.to_vec() };
    *compared = compared.saturating_add(others.len());
    governs_some(policy, &others, &entry.to_pattern(), &permission.terms.actions)
}
