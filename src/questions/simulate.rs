use std::collections::BTreeSet;

use super::views::{grant_view, request_view};
use crate::Engine;
use crate::analysis::{analyze, stuck};
use crate::model::{
    AccessEvent, Actor, AtMost, Finding, GrantId, Refusal, Refused, RequestId, SimulatedCommand,
    SimulatedOutcome, Simulation, StuckRequest, Timestamp, limits,
};
use crate::visibility::check_administers;

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
        let mut copy = self.clone();
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
        let grants: BTreeSet<&GrantId> = events().filter_map(AccessEvent::grant_id).collect();
        let requests: BTreeSet<&RequestId> = events().filter_map(AccessEvent::request_id).collect();
        let state = &*copy.state_at(at);
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
                .filter_map(|(id, step)| {
                    Some(StuckRequest { request: request_view(state, state.requests().get(&id)?), step })
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
        let state = &*self.state_at(self.time(at));
        check_administers(state, viewer)?;
        Ok(analyze(state))
    }
}
