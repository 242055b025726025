//! The arms of policies and standing permissions.

use access_engine::commands::{
    Command, CreatePolicies, DeletePermission, DeletePolicy, LiveGrants, MergePatch, PendingRequests,
    UpdatePermission, UpdatePolicy,
};
use access_engine::people::Actor;
use access_engine::permissions::Permission;
use access_engine::values::{AtMost, PermissionId, PolicyId};
use serde::Serialize;
use serde_json::{Map, Value};

use super::chance::Chance;
use super::{Generator, clauses, inputs};
use crate::model::state::{Ruled, State};

impl Generator {
    pub(super) fn create_policy(&mut self, state: &State) -> (Actor, Command) {
        let live = state.live_policies().count();
        if live >= 6 && self.chance.percent(80) {
            return self.ask(state);
        }
        let mut terms = inputs::terms(&mut self.chance);
        if self.chance.percent(4) {
            terms.targets = inputs::splitting(&mut self.chance, state).unwrap_or(terms.targets);
        }
        (self.administrator(state), Command::CreatePolicy(terms))
    }

    pub(super) fn create_policies(&mut self, state: &State) -> (Actor, Command) {
        let live = state.live_policies().count();
        if live >= 5 && self.chance.percent(80) {
            return self.ask(state);
        }
        let count = 1 + self.chance.below(2);
        let policies: Vec<_> = (0..count).map(|_| inputs::terms(&mut self.chance)).collect();
        let policies = AtMost::try_from(policies).expect("few");
        (self.administrator(state), Command::CreatePolicies(CreatePolicies { policies }))
    }

    fn policy(&mut self, state: &State) -> PolicyId {
        let ghost = PolicyId::try_from("pol_9999_0").expect("an id");
        if self.chance.percent(4) {
            return ghost;
        }
        let dead = self.chance.percent(4);
        let ids: Vec<PolicyId> = state
            .policies
            .iter()
            .filter(|policy| policy.is_live || dead)
            .map(|policy| policy.id.clone())
            .collect();
        self.chance.any(&ids).unwrap_or(ghost)
    }

    pub(super) fn update_policy(&mut self, state: &State) -> (Actor, Command) {
        let policy_id = self.policy(state);
        let version = self.looked_at(state, &policy_id);
        let chance = &mut self.chance;
        // Now and then it says again what it says.
        let known = state.live(&policy_id).map(|policy| policy.current().terms.clone());
        let terms = known.filter(|_| chance.percent(25)).unwrap_or_else(|| inputs::terms(chance));
        let update = UpdatePolicy {
            policy_id,
            version,
            changes: MergePatch::new(changes(chance, &terms, &POLICY_PARTS)).expect("each part is valid"),
            pending_requests: match chance.weighted(&[58, 12, 30]) {
                0 => PendingRequests::Keep,
                1 => PendingRequests::Cancel,
                _ => PendingRequests::Restart,
            },
            live_grants: if chance.percent(20) { LiveGrants::Revoke } else { LiveGrants::Keep },
        };
        (self.administrator(state), Command::UpdatePolicy(Box::new(update)))
    }

    pub(super) fn delete_policy(&mut self, state: &State) -> (Actor, Command) {
        let policy_id = self.policy(state);
        let version = self.looked_at(state, &policy_id);
        let live_grants = if self.chance.percent(40) { LiveGrants::Revoke } else { LiveGrants::Keep };
        (self.administrator(state), Command::DeletePolicy(DeletePolicy { policy_id, version, live_grants }))
    }

    pub(super) fn create_permission(&mut self, state: &State) -> (Actor, Command) {
        if state.permissions.len() >= 4 && self.chance.percent(80) {
            return self.ask(state);
        }
        let terms = clauses::permission(&mut self.chance);
        (self.administrator(state), Command::CreatePermission(terms))
    }

    fn permission(&mut self, state: &State) -> PermissionId {
        let ids: Vec<PermissionId> =
            state.permissions.iter().map(|known| known.permission.id.clone()).collect();
        let ghost = PermissionId::try_from("prm_9999_0").expect("an id");
        self.chance.any(&ids).filter(|_| self.chance.percent(96)).unwrap_or(ghost)
    }

    pub(super) fn update_permission(&mut self, state: &State) -> (Actor, Command) {
        let permission_id = self.permission(state);
        let version = self.seen(state, &permission_id);
        let chance = &mut self.chance;
        let known = permission_of(state, &permission_id).map(|known| known.terms.clone());
        let terms = known.filter(|_| chance.percent(25)).unwrap_or_else(|| clauses::permission(chance));
        let changes =
            MergePatch::new(changes(chance, &terms, &PERMISSION_PARTS)).expect("each part is valid");
        let update = UpdatePermission { permission_id, version, changes };
        (self.permitter(state), Command::UpdatePermission(Box::new(update)))
    }

    pub(super) fn delete_permission(&mut self, state: &State) -> (Actor, Command) {
        let permission_id = self.permission(state);
        let version = self.seen(state, &permission_id);
        (self.permitter(state), Command::DeletePermission(DeletePermission { permission_id, version }))
    }

    /// Mostly an administrator.
    fn permitter(&mut self, state: &State) -> Actor {
        if self.chance.percent(85) { self.administrator(state) } else { Actor::Subject(self.anybody(state)) }
    }

    /// Mostly none, or the version that it has; now and then another.
    fn version(&mut self, newest: u32) -> Option<u32> {
        match self.chance.weighted(&[75, 20, 3, 2]) {
            0 => None,
            1 => Some(newest),
            2 => Some(newest - 1),
            _ => Some(newest + 1),
        }
    }

    fn looked_at(&mut self, state: &State, id: &PolicyId) -> Option<u32> {
        self.version(state.live(id).map_or(1, Ruled::version))
    }

    fn seen(&mut self, state: &State, id: &PermissionId) -> Option<u32> {
        self.version(permission_of(state, id).map_or(1, |known| known.version))
    }
}

fn permission_of<'a>(state: &'a State, id: &PermissionId) -> Option<&'a Permission> {
    state.permissions.iter().map(|known| &known.permission).find(|known| known.id == *id)
}

/// How often each part of a policy is changed, in percent.
const POLICY_PARTS: [(&str, usize); 12] = [
    ("name", 30),
    ("targets", 20),
    ("actions", 10),
    ("steps", 25),
    ("selfApproval", 10),
    ("distinctApprovers", 10),
    ("breakGlass", 25),
    ("maxDuration", 20),
    ("requestTtl", 10),
    ("justification", 10),
    ("approverMayRevoke", 10),
    ("condition", 8),
];

/// The same of a permission.
const PERMISSION_PARTS: [(&str, usize); 5] =
    [("name", 30), ("holders", 35), ("targets", 25), ("actions", 15), ("condition", 30)];

/// Some parts of these terms, some of them in parts; what the terms have not got is taken away.
fn changes(chance: &mut Chance, terms: &impl Serialize, parts: &[(&str, usize)]) -> Map<String, Value> {
    let terms = serde_json::to_value(terms).expect("terms have a JSON form");
    let mut changes = Map::new();
    for (name, percent) in parts {
        if !chance.percent(*percent) {
            continue;
        }
        let mut part = terms.get(*name).cloned().unwrap_or_default();
        if let Value::Object(inner) = &mut part
            && *name != "condition"
        {
            inner.retain(|_, _| chance.percent(60));
        }
        changes.insert((*name).to_owned(), part);
    }
    changes
}
