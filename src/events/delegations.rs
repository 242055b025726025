use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::{About, Happening, Period, Teller};
use crate::delegations::{Delegation, DelegationEnd};
use crate::state::State;
use crate::values::{DelegationId, Timestamp};

/// A delegation was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationCreated {
    /// The delegation; begun, unless it is to begin later.
    pub delegation: Delegation,
}

impl Happening for DelegationCreated {
    fn about(&self) -> About<'_> {
        About { delegation_id: Some(&self.delegation.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Delegation { id, delegator, delegate, made_at, .. } = &self.delegation;
        before.is_new(id, id.made_in(), before.state.delegations().get(id).is_some())?;
        before.subjects([delegator, delegate])?;
        before.happened(*made_at)?;
        check(self.delegation.end.is_none(), || Misfit::Over(id.to_string()))
    }

    fn apply(&self, state: &mut State) {
        state.add_delegation(self.delegation.clone());
    }

    fn period(&self) -> Period {
        let Delegation { starts_at, ends_at, .. } = self.delegation;
        Period { starts_at: Some(starts_at), ends_at: Some(ends_at) }
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Delegation { delegator, delegate, .. } = &self.delegation;
        format!("{} may review on behalf of {}.", teller.name(delegate), teller.name(delegator))
    }
}

/// A delegation that was to begin later began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationStarted {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When it was due.
    pub at: Timestamp,
}

impl Happening for DelegationStarted {
    fn about(&self) -> About<'_> {
        About { delegation_id: Some(&self.delegation_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let delegation = before.open_delegation(&self.delegation_id)?;
        check(!delegation.begun, || Misfit::Again(self.delegation_id.to_string()))?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_delegation(&self.delegation_id, |delegation| delegation.begun = true);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (delegate, delegator) = teller.delegation(&self.delegation_id);
        format!("{delegate} now reviews on behalf of {delegator}.")
    }
}

/// A delegation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationEnded {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When, by whom and why.
    pub end: DelegationEnd,
}

impl Happening for DelegationEnded {
    fn about(&self) -> About<'_> {
        About { delegation_id: Some(&self.delegation_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.end.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.open_delegation(&self.delegation_id)?;
        before.actor(&self.end.by)?;
        before.happened(self.end.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_delegation(&self.delegation_id, |delegation| {
            delegation.end = Some(self.end.clone());
        });
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (delegate, delegator) = teller.delegation(&self.delegation_id);
        format!("{delegate} no longer reviews on behalf of {delegator}.")
    }
}
