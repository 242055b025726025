use super::ability;
use super::page::paged;
use crate::Engine;
use crate::model::{
    Actor, Command, Delegation, DelegationFilter, DelegationId, DelegationView, EndDelegation, GrantStatus,
    Page, Refusal, Timestamp,
};
use crate::state::State;
use crate::visibility::{check_viewer, sees_delegation};

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
        let is_about = |delegation: &Delegation| {
            filter.subject.as_ref().is_none_or(|id| delegation.delegator == *id || delegation.delegate == *id)
        };
        Ok(paged(
            state.delegations().all(),
            |delegation| delegation.id.clone(),
            |delegation| is_about(delegation) && sees_delegation(state, viewer, delegation),
            filter.after.as_ref(),
            filter.limit,
            |delegation| view(state, viewer, delegation, at),
        ))
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
