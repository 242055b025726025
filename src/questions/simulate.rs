use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::grants::{GrantView, grant_view};
use super::requests::{RequestView, request_view};
use crate::analysis::{Finding, analyze, stuck};
use crate::commands::Command;
use crate::engine::{Engine, Project};
use crate::events::AccessEvent;
use crate::limits;
use crate::people::Actor;
use crate::refusal::{Refusal, Refused};
use crate::values::{AtMost, GrantId, RequestId, Timestamp};
use crate::visibility::check_administers;

/// A command as a simulation tries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimulatedCommand {
    /// Whose command it would be.
    pub actor: Actor,
    /// The command.
    pub command: Command,
    /// When, never earlier than the one before; absent: then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub at: Option<Timestamp>,
}

/// What commands would bring about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// What would become of each command, in order.
    pub outcomes: Vec<SimulatedOutcome>,
    /// The requests that they touch, as they would then stand, by id.
    pub requests: Vec<RequestView>,
    /// The grants that they touch, as they would then stand, by id.
    pub grants: Vec<GrantView>,
    /// The pending requests that the people there are could then not approve any more, and today can.
    pub stuck: Vec<StuckRequest>,
}

/// What would become of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SimulatedOutcome {
    /// What would happen: first what is due before it.
    pub events: Vec<AccessEvent>,
    /// Why it would be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
}

/// A pending request that cannot be approved any more by the people there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StuckRequest {
    /// The request.
    pub request: RequestView,
    /// The first step that falls short, counted from 1.
    pub step: u32,
}

impl Engine {
    /// What these commands would bring about, one after the other on a copy, and how what they touch would then stand;
    /// among the pending requests those that nobody could approve any more and today somebody can. For administrators
    /// and the host.
    ///
    /// # Errors
    /// `not_administrator`, and the codes of a viewer that is not known and active.
    pub fn simulate(
        &self,
        viewer: &Actor,
        commands: &AtMost<{ limits::SIMULATED_COMMANDS }, SimulatedCommand>,
        at: Timestamp,
    ) -> Result<Simulation, Refusal> {
        let mut at = self.time(at);
        check_administers(&self.state_at(at), viewer)?;
        let stuck_before = stuck(&self.state_at(at));
        let mut copy = Project::from(self.clone());
        let mut outcomes = Vec::new();
        for SimulatedCommand { actor, command, at: then } in commands.iter() {
            at = then.unwrap_or(at).max(at);
            let before = copy.log().len();
            let refusal = copy.run(actor, command, at).err().map(Refused::from);
            let commits = copy.log().iter().skip(before);
            outcomes.push(SimulatedOutcome {
                events: commits.flat_map(|commit| commit.events.iter().cloned()).collect(),
                refusal,
            });
        }
        let events = || outcomes.iter().flat_map(|outcome| outcome.events.iter());
        let grants: BTreeSet<&GrantId> = events().filter_map(|event| event.about().grant_id).collect();
        let requests: BTreeSet<&RequestId> = events().filter_map(|event| event.about().request_id).collect();
        let state = &copy.state_at(at);
        Ok(Simulation {
            requests: requests
                .into_iter()
                .filter_map(|id| state.requests().get(id))
                .map(|request| request_view(state, request))
                .collect(),
            grants: grants
                .into_iter()
                .filter_map(|id| state.grants().get(id))
                .map(|grant| grant_view(state, viewer, grant, at))
                .collect(),
            stuck: stuck(state)
                .into_iter()
                .filter(|(id, _)| !stuck_before.contains_key(id))
                .filter_map(|(id, blockage)| {
                    let request = request_view(state, state.requests().get(&id)?);
                    Some(StuckRequest { request, step: blockage.step })
                })
                .collect(),
            outcomes,
        })
    }

    /// What is wrong with the policies, the directory and the pending requests at `at`. For administrators and the
    /// host.
    ///
    /// # Errors
    /// `not_administrator`, and the codes of a viewer that is not known and active.
    pub fn analyze(&self, viewer: &Actor, at: Timestamp) -> Result<Vec<Finding>, Refusal> {
        let at = self.time(at);
        let state = &self.state_at(at);
        check_administers(state, viewer)?;
        Ok(analyze(state, at))
    }
}
