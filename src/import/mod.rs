//! Infisical's access-approval policies, as its API returns them, put into terms of ours, with every difference said
//! aloud. Whether such terms are accepted is found by deciding it.

mod answer;
mod duration;
mod foreign;
mod importer;
mod people;
mod report;
mod translate;

use self::answer::ForeignAnswer;
use self::importer::report_on;
use crate::engine::Engine;
use crate::json::parse_input;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::values::Timestamp;
use crate::visibility::check_administers;

pub use self::report::{
    ImportChange, ImportChangeCode, ImportReport, ImportSource, ImportedPolicy, PolicyExport,
};

impl Engine {
    /// What would become of Infisical's access-approval policies here: their terms for `createPolicies`, what is
    /// otherwise here than there, and which are refused. `policies` is the JSON text of its API's answer, at most 1 MiB:
    /// an object with `approvals`, a list, or one policy.
    ///
    /// A policy is decided as if those before it that are accepted had been made.
    ///
    /// # Errors
    /// `limit_exceeded`; `invalid_input` where this is no answer; `not_administrator`, and the codes of a viewer that is
    /// not known and active. What is wrong with a policy is its refusal in the report.
    pub fn import_policies(
        &self,
        viewer: &Actor,
        policies: &str,
        at: Timestamp,
    ) -> Result<ImportReport, Refusal> {
        let answer = parse_input(policies)?;
        let answer = ForeignAnswer::of(&answer)?;
        let at = self.time(at);
        let state = &self.state_at(at);
        check_administers(state, viewer)?;
        Ok(report_on(&answer, state, viewer, at))
    }

    /// The live policies as `createPolicies` takes them, for the host and administrators.
    ///
    /// # Errors
    /// `not_administrator`, and the codes of a viewer that is not known and active.
    pub fn export_policies(&self, viewer: &Actor) -> Result<PolicyExport, Refusal> {
        check_administers(self.state(), viewer)?;
        let policies = self.state().policies().all_live().map(|policy| policy.terms.clone());
        Ok(PolicyExport { policies: policies.collect() })
    }
}
