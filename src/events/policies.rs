use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, is_next};
use super::{About, Happening, Teller};
use crate::policies::{Policy, principals};
use crate::state::State;
use crate::values::PolicyId;

/// A policy was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyCreated {
    /// Its first version.
    pub policy: Policy,
}

impl Happening for PolicyCreated {
    fn about(&self) -> About<'_> {
        About { policy_id: Some(&self.policy.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Policy { id, version, terms, .. } = &self.policy;
        before.is_new(id, id.made_in(), before.state.policies().name(id).is_some())?;
        is_next(id, 0, *version)?;
        principals(terms).try_for_each(|named| before.principal(&named))
    }

    fn apply(&self, state: &mut State) {
        state.policies.save(self.policy.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} made the access policy {}.", teller.by(), self.policy.terms.name)
    }
}

/// A policy got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyUpdated {
    /// The new version.
    pub policy: Policy,
}

impl Happening for PolicyUpdated {
    fn about(&self) -> About<'_> {
        About { policy_id: Some(&self.policy.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Policy { id, version, terms, .. } = &self.policy;
        is_next(id, before.live_policy(id)?.version, *version)?;
        principals(terms).try_for_each(|named| before.principal(&named))
    }

    fn apply(&self, state: &mut State) {
        state.policies.save(self.policy.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Policy { version, terms, .. } = &self.policy;
        format!("{} changed the access policy {} to version {version}.", teller.by(), terms.name)
    }
}

/// A policy was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyDeleted {
    /// Which policy.
    pub policy_id: PolicyId,
}

impl Happening for PolicyDeleted {
    fn about(&self) -> About<'_> {
        About { policy_id: Some(&self.policy_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.live_policy(&self.policy_id).map(drop)
    }

    fn apply(&self, state: &mut State) {
        state.policies.delete(&self.policy_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} deleted the access policy {}.", teller.by(), teller.policy(&self.policy_id))
    }
}
