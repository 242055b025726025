use serde::{Deserialize, Serialize};

use super::ability::{Ability, ability};
use super::cursor::{Cursor, Paging};
use super::fitting::finds;
use super::page::{Order, Page, PageSize, count, no_counts};
use crate::commands::{Command, EndDelegation};
use crate::delegations::{Delegation, DelegationEnd};
use crate::engine::Engine;
use crate::people::{Actor, SubjectRef};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{AtMost, DelegationId, GrantStatus, Name, Person, Text, Timestamp};
use crate::visibility::{check_viewer, sees_delegation};

/// Which delegations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationFilter {
    /// The one with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<DelegationId>,
    /// One of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "GrantStatus[]"))]
    pub status: Option<AtMost<3, GrantStatus>>,
    /// By or to this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectRef>,
    /// Has this in its id or in the name of one of the two. Small and capital letters are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Which way the list goes; absent: the oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this place: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
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

impl DelegationFilter {
    /// Its status aside.
    fn matches(&self, state: &State, delegation: &Delegation) -> bool {
        let Delegation { id, delegator, delegate, .. } = delegation;
        let names = [delegator, delegate].map(|who| state.directory().person_since(who, id.made_in()).name);
        self.subject.as_deref().is_none_or(|id| [delegator, delegate].contains(&id))
            && finds(self.text.as_ref(), names.iter().map(Name::as_str).chain([id.as_str()]))
    }

    fn has_status(&self, delegation: &Delegation) -> bool {
        self.status.as_ref().is_none_or(|statuses| statuses.contains(&status(delegation)))
    }
}

impl Engine {
    /// The delegations that the viewer sees at `at`: of administrators and the host all, else those by or to the viewer.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn delegations(
        &self,
        viewer: &Actor,
        filter: &DelegationFilter,
        at: Timestamp,
    ) -> Result<Page<DelegationView, GrantStatus>, Refusal> {
        let DelegationFilter { id, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::OldestFirst);
        let paging = Paging::<DelegationId>::by_id("delegations", filter, order, *limit, after.as_ref())?;
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        let one = id.as_ref().map(|id| state.delegations().get(id));
        let mut counts = no_counts();
        let found = order
            .of(one, state.delegations().all().rev())
            .filter(|delegation| {
                filter.matches(state, delegation) && sees_delegation(state, viewer, delegation)
            })
            .inspect(|delegation| count(&mut counts, status(delegation)))
            .filter(|delegation| filter.has_status(delegation));
        let page = paging.page(found.map(|delegation| (&delegation.id, delegation)));
        Ok(Page { counts, ..page.map(|delegation| view(state, viewer, delegation, at)) })
    }
}

fn status(delegation: &Delegation) -> GrantStatus {
    match (delegation.end.is_some(), delegation.begun) {
        (true, _) => GrantStatus::Ended,
        (false, true) => GrantStatus::Live,
        (false, false) => GrantStatus::Scheduled,
    }
}

fn view(state: &State, viewer: &Actor, delegation: &Delegation, at: Timestamp) -> DelegationView {
    let end = Command::EndDelegation(EndDelegation { delegation_id: delegation.id.clone() });
    DelegationView {
        id: delegation.id.clone(),
        delegator: state.directory().person_since(&delegation.delegator, delegation.id.made_in()),
        delegate: state.directory().person_since(&delegation.delegate, delegation.id.made_in()),
        starts_at: delegation.starts_at,
        ends_at: delegation.ends_at,
        status: status(delegation),
        end: delegation.end.clone(),
        can_end: ability(state, viewer, &end, at),
    }
}
