use access_rights::{Bits, Name, Place, Right, Sheet};

use super::AllNames;

use crate::access::evaluate::ends_last;
use crate::grants::Grant;
use crate::permissions::Permission;
use crate::policies::{Part, Policy, Ruling, closed, left_in, prevailing};
use crate::resources::EnvironmentPattern;
use crate::state::State;
use crate::values::{GrantId, PermissionId, ResourceType, SubjectId, Timestamp};

/// How many claims of policies are written out for one subject, and parts for one grant; beyond that the plain rule
/// answers.
const CLAIMS: usize = 20_000;
const PARTS: usize = 64;

/// The text that stands for no environment, and its bit on every sheet.
pub(super) const NOWHERE: &str = "";
const NOWHERE_BIT: Bits = 1;

/// The sheet of a subject, with what its rights are.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub sheet: Sheet,
    pub origins: Vec<Origin>,
}

/// What a right is: its standing permissions come first, then its grants, in the order in which a decision names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Permission(PermissionId),
    Grant(GrantId),
}

impl Written {
    /// The sheet of a subject; nothing where it would have more names than a sheet can tell apart.
    pub(super) fn of(state: &State, names: &AllNames, id: &SubjectId) -> Option<Self> {
        let mut written = Self::default();
        // The first bit: no environment is not any.
        written.sheet.environment(names.environments.get(NOWHERE))?;
        if !state.directory().is_active(id) {
            return Some(written);
        }
        let member = state.directory().member(id);
        for permission in state.permissions().all() {
            if permission.terms.holders.iter().any(|holder| member.is_behind(holder)) {
                written.add_permission(names, permission)?;
            }
        }
        let mut grants: Vec<&Grant> = state.grants().open_of(id).collect();
        grants.sort_by(|one, other| ends_last(other, one));
        let mut budget = CLAIMS;
        for grant in grants {
            written.add_grant(state, names, grant, &mut budget)?;
        }
        Some(written)
    }

    fn add_permission(&mut self, names: &AllNames, permission: &Permission) -> Option<()> {
        let Permission { id, terms, .. } = permission;
        let targets = &terms.targets;
        let mut actions = if terms.actions.is_all() { Sheet::ALL } else { 0 };
        for action in terms.actions.listed().unwrap_or_default() {
            actions |= self.sheet.action(names.actions.get(action.as_str()))?;
        }
        let mut environments = if targets.environments().is_empty() { NOWHERE_BIT } else { 0 };
        for environment in targets.environments() {
            environments |= self.environments(names, Some(environment))?;
        }
        let is_judged = terms.condition.is_some();
        let right = self.right(Origin::Permission(id.clone()), is_judged, false)?;
        for path in targets.paths() {
            let place =
                Place { actions, environments, kind: kind(names, targets.kind())?, path: path.as_str() };
            self.sheet.add(right, place, i64::MIN, i64::MAX)?;
        }
        Some(())
    }

    fn add_grant(
        &mut self,
        state: &State,
        names: &AllNames,
        grant: &Grant,
        budget: &mut usize,
    ) -> Option<()> {
        let mut actions = Vec::new();
        for action in grant.actions.as_slice() {
            actions.push((action, self.sheet.action(names.actions.get(action.as_str()))?));
        }
        let all = actions.iter().fold(0, |all, (_, bit)| all | bit);
        let kind = kind(names, &grant.target.kind)?;
        let environments = self.environments(names, grant.target.environment.as_ref())?;
        let place = Place { actions: all, environments, kind, path: grant.target.path.as_str() };
        let rulings = rulings(state, grant, budget);
        let right = self.right(Origin::Grant(grant.id.clone()), rulings.is_none(), true)?;
        let ends_at = grant.ends_at.map_or(i64::MAX, Timestamp::millis);
        self.sheet.add(right, place, grant.starts_at.millis(), ends_at)?;
        for ruling in rulings.into_iter().flatten() {
            let mut parts = Vec::new();
            for part in ruling {
                let concerned = actions.iter().filter(|(action, _)| part.actions.contains(action));
                let actions = concerned.fold(0, |all, (_, bit)| all | bit);
                let environments = self.environments(names, part.entry.environment)?;
                let place = Place { actions, environments, kind, path: part.entry.path.as_str() };
                parts.push((place, part.is_own));
            }
            self.sheet.rule(parts)?;
        }
        Some(())
    }

    fn right(&mut self, origin: Origin, is_judged: bool, closes: bool) -> Option<Right> {
        let number = u32::try_from(self.origins.len()).ok()?;
        self.origins.push(origin);
        Some(Right { number, is_judged, closes })
    }

    fn environments(&mut self, names: &AllNames, pattern: Option<&EnvironmentPattern>) -> Option<Bits> {
        match pattern {
            None => Some(NOWHERE_BIT),
            Some(EnvironmentPattern::Named(name)) => {
                self.sheet.environment(names.environments.get(name.as_str()))
            }
            Some(EnvironmentPattern::Any) => Some(Sheet::ALL & !NOWHERE_BIT),
        }
    }
}

fn kind(names: &AllNames, kind: &ResourceType) -> Option<Name> {
    Some(names.kinds.get(kind.as_str())).filter(|kind| *kind != Name::UNKNOWN)
}

/// What decides in turn whether a grant opens a resource that it is for; see [`opens`](crate::access::opens). Nothing where
/// that is too much to write out.
fn rulings<'a>(state: &'a State, grant: &'a Grant, budget: &mut usize) -> Option<Vec<Ruling<'a>>> {
    let (policies, target) = (state.policies(), &grant.target);
    let own = policies.version(&grant.policy_id, grant.policy_version);
    let content = state.requests().get(&grant.request_id).map(|request| &request.content);
    let pinned = content.and_then(|it| policies.version(&it.policy_id, it.policy_version));
    let (Some(own), Some(content), Some(pinned)) = (own, content, pinned) else {
        return Some(vec![closed(target)]);
    };
    let claims = |policy: &&Policy| {
        let targets = &policy.terms.targets;
        targets.environments().len().max(1).saturating_mul(targets.paths().len())
    };
    let near: Vec<&Policy> = policies.near_within(target.into(), *budget)?;
    let considered = near.iter().chain([&own, &pinned]).map(claims).fold(0, usize::saturating_add);
    let left_out = grant.exclusions.len().saturating_add(content.exclusions.len());
    *budget = budget.checked_sub(considered.saturating_add(left_out))?;
    let rulings = [
        left_in(policies, own, &grant.exclusions, target),
        left_in(policies, pinned, &content.exclusions, target),
        prevailing(&near, own, target),
    ];
    let parts = |ruling: &Ruling<'_>| ruling.len();
    (rulings.iter().map(parts).sum::<usize>() <= PARTS).then(|| merged(rulings))
}

/// The same rulings, those that only close as one.
fn merged<const N: usize>(rulings: [Ruling<'_>; N]) -> Vec<Ruling<'_>> {
    let (mut left, closing): (Vec<_>, Vec<_>) =
        rulings.into_iter().partition(|ruling| ruling.iter().any(|part| part.is_own));
    let mut all: Ruling<'_> = Vec::new();
    for part in closing.into_iter().flatten() {
        let is_same = |other: &Part<'_>| other.entry == part.entry && other.actions == part.actions;
        if !all.iter().any(is_same) {
            all.push(part);
        }
    }
    left.push(all);
    left
}
