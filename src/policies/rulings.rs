//! [`prevails`](super::prevails) and [`leaves_in`](super::leaves_in) written out for one target: who has the say over
//! which part of it. To be asked again and again, without a look at the policies.

use super::claim::Claim;
use super::exclusion::Exclusion;
use super::governing::{candidate, claim};
use super::store::Policies;
use super::terms::Policy;
use crate::resources::{ActionList, ActionSet, Pattern, TargetEntry, covers, overlaps};
use crate::values::Action;

/// Parts of a target, the strongest first: the first of them that a resource is in decides, and where there is none, the
/// policy whose target it is.
pub(crate) type Ruling<'a> = Vec<Part<'a>>;

/// A part of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// Where it is.
    pub entry: TargetEntry<'a>,
    /// For which actions.
    pub actions: PartActions<'a>,
    /// Whether it is the policy's own: else another one has the say there.
    pub is_own: bool,
}

/// The actions of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartActions<'a> {
    /// All.
    All,
    /// Those that a list names.
    Listed(&'a ActionList),
    /// Those that it does not name.
    Unlisted(&'a ActionList),
}

impl PartActions<'_> {
    /// Whether an action is one of them.
    pub(crate) fn contains(self, action: &Action) -> bool {
        match self {
            Self::All => true,
            Self::Listed(list) => list.contains(action),
            Self::Unlisted(list) => !list.contains(action),
        }
    }
}

impl<'a> From<&'a ActionSet> for PartActions<'a> {
    fn from(actions: &'a ActionSet) -> Self {
        match actions {
            ActionSet::All => Self::All,
            ActionSet::Listed(list) => Self::Listed(list),
        }
    }
}

/// A ruling that leaves nothing of a target.
pub(crate) fn closed(target: &Pattern) -> Ruling<'_> {
    vec![Part { entry: target.into(), actions: PartActions::All, is_own: false }]
}

/// Where a policy prevails over what was left out of a target for the sake of others.
pub(crate) fn left_in<'a>(
    policies: &'a Policies,
    own: &'a Policy,
    exclusions: &'a [Exclusion],
    target: &'a Pattern,
) -> Ruling<'a> {
    let others = exclusions.iter().filter_map(|exclusion| {
        let other = policies.version(&exclusion.policy_id, exclusion.policy_version)?;
        Some((claim(exclusion, other, target), PartActions::Listed(&exclusion.actions)))
    });
    let mut claims: Vec<_> = others.map(|(claim, actions)| (claim, actions, false)).collect();
    claims.extend(own_claims(own, target).map(|claim| (claim, PartActions::All, true)));
    claims.sort_by(|(one, ..), (other, ..)| other.cmp(one));
    ruling(claims, target)
}

/// Where a policy, in the version given, is above all other live policies; `near` are those about some path of the target.
pub(crate) fn prevailing<'a>(near: &[&'a Policy], own: &'a Policy, target: &'a Pattern) -> Ruling<'a> {
    let others = near.iter().copied().filter(|policy| policy.id != own.id);
    let others = others.flat_map(|policy| {
        let claims = candidate(policy).claims().filter(|claim| overlaps(claim.entry(), target));
        claims.map(|claim| (claim, PartActions::from(&policy.terms.actions), false))
    });
    let mut claims: Vec<_> = others.collect();
    claims.extend(own_claims(own, target).map(|claim| (claim, PartActions::All, true)));
    // Of two that are equally specific the other one prevails.
    claims.sort_by_key(|(claim, _, is_own)| (std::cmp::Reverse(claim.specificity), *is_own));
    let mut ruling = ruling(claims, target);
    if let ActionSet::Listed(list) = &own.terms.actions {
        ruling.insert(0, Part { entry: target.into(), actions: PartActions::Unlisted(list), is_own: false });
    }
    ruling
}

fn own_claims<'a>(own: &'a Policy, target: &'a Pattern) -> impl Iterator<Item = Claim<'a>> {
    candidate(own).claims().filter(move |claim| overlaps(claim.entry(), target))
}

/// The parts above the strongest claim of its own that covers the target; without one, nothing else is left of it.
fn ruling<'a>(claims: Vec<(Claim<'a>, PartActions<'a>, bool)>, target: &'a Pattern) -> Ruling<'a> {
    let covering = claims.iter().position(|(claim, _, is_own)| *is_own && covers(claim.entry(), target));
    let above = claims.into_iter().take(covering.unwrap_or(usize::MAX));
    let parts = above.map(|(claim, actions, is_own)| Part { entry: claim.entry(), actions, is_own });
    parts.chain(closed(target).into_iter().filter(|_| covering.is_none())).collect()
}
