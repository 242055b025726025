use serde::{Deserialize, Serialize};

use super::ability::{Ability, ability};
use super::page::{Page, PageSize};
use crate::commands::{Command, EndDelegation};
use crate::delegations::{Delegation, DelegationEnd};
use crate::engine::Engine;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{DelegationId, GrantStatus, Person, SubjectId, Timestamp};
use crate::visibility::{check_viewer, sees_delegation};

/// Which delegations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationFilter {
    /// By or to this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this one: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<DelegationId>,
}

/// A delegation as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DelegationView {
    /// Its id.
    pub id: DelegationId,
    /// In whose place.
    pub delegator: Person,
    /// Who reviews.
    pub delegate: Person,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Where it stands now.
    pub status: GrantStatus,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DelegationEnd>,
    /// Whether the reader may end it.
    pub can_end: Ability,
}

impl Engine {
    /// The delegations that the viewer sees at `at`, by id: of administrators and the host all, else those by or to the
    /// viewer.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn delegations(
        &self,
        viewer: &Actor,
        filter: &DelegationFilter,
        at: Timestamp,
    ) -> Result<Page<DelegationView, DelegationId>, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let matches = |delegation: &&Delegation| {
            let Delegation { delegator, delegate, .. } = delegation;
            filter.subject.as_ref().is_none_or(|id| [delegator, delegate].contains(&id))
                && sees_delegation(state, viewer, delegation)
        };
        let entries = state.delegations().all().map(|it| (&it.id, Some(it).filter(matches)));
        let page = Page::of(entries, filter.after.as_ref(), filter.limit);
        Ok(page.map(|delegation| view(state, viewer, delegation, at)))
    }
}

fn view(state: &State, viewer: &Actor, delegation: &Delegation, at: Timestamp) -> DelegationView {
    let status = match (delegation.end.is_some(), delegation.begun) {
        (true, _) => GrantStatus::Ended,
        (false, true) => GrantStatus::Live,
        (false, false) => GrantStatus::Scheduled,
    };
    let end = Command::EndDelegation(EndDelegation { delegation_id: delegation.id.clone() });
    DelegationView {
        id: delegation.id.clone(),
        delegator: state.directory().person(&delegation.delegator),
        delegate: state.directory().person(&delegation.delegate),
        starts_at: delegation.starts_at,
        ends_at: delegation.ends_at,
        status,
        end: delegation.end.clone(),
        can_end: ability(state, viewer, &end, at),
    }
}
