//! Infisical's access-approval policies, as its API returns them, put into terms of ours, with every difference said
//! aloud. Whether such terms are accepted is found by deciding it.

mod duration;
mod foreign;
mod people;
mod report;
mod translate;

use std::collections::BTreeSet;

use self::report::ImportChangeCode as Code;
use crate::approval::Approval;
use crate::commands::{Command, decide};
use crate::engine::Engine;
use crate::events::{AccessEvent, apply};
use crate::json::parse_input;
use crate::people::Actor;
use crate::policies::{Policy, PolicyTerms};
use crate::refusal::Refusal;
use crate::resources::targets_overlap;
use crate::state::State;
use crate::values::{Name, SubjectId, Timestamp};
use crate::visibility::check_administers;

pub(crate) use self::foreign::{ForeignPolicy, read_policies};
pub(crate) use self::people::People;
pub use self::report::{
    ImportChange, ImportChangeCode, ImportReport, ImportSource, ImportedPolicy, PolicyExport,
};
pub(crate) use self::translate::translate;

impl Engine {
    /// What would become of Infisical's access-approval policies here: their terms for `createPolicies`, what is
    /// otherwise here than there, and which are refused. `policies` is the JSON text of its API's answer, at most 1 MiB:
    /// an object with `approvals`, a list, or one policy.
    ///
    /// A policy is decided as if those before it that are accepted had been made.
    ///
    /// # Errors
    /// `limit_exceeded`; `invalid_input` where a field has a wrong type; `not_administrator`, and the codes of a viewer
    /// that is not known and active.
    pub fn import_policies(
        &self,
        viewer: &Actor,
        policies: &str,
        at: Timestamp,
    ) -> Result<ImportReport, Refusal> {
        let answer = parse_input(policies)?;
        let policies = read_policies(&answer)?;
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_administers(state, viewer)?;
        let actor = administrator(state, viewer);
        let people = People::of(&policies, state.directory());
        let mut after = state.clone();
        let mut report = ImportReport { policies: Vec::new() };
        for (number, policy) in (1_usize..).zip(&policies) {
            let source = source(policy, number);
            let mut imported = ImportedPolicy { source, terms: None, changes: Vec::new(), refusal: None };
            if policy.is_deleted {
                let message = "it is deleted there and left out";
                imported.changes.push(ImportChange::new(Code::Deleted, "deletedAt", message));
            } else {
                let changes = &mut imported.changes;
                let terms = translate(policy, &imported.source.name, &people, changes)
                    .and_then(|terms| take_over(&mut after, &actor, terms, at, changes));
                match terms {
                    Ok(terms) => imported.terms = Some(terms),
                    Err(refusal) => imported.refusal = Some(refusal.into()),
                }
            }
            report.policies.push(imported);
        }
        Ok(report)
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

/// Who would make the policies: the viewer, or for the host any administrator.
fn administrator(state: &State, viewer: &Actor) -> Actor {
    let of_host = state.directory().active_administrators().next().filter(|_| *viewer == Actor::Host);
    of_host.map_or_else(|| viewer.clone(), |id| Actor::Subject(id.clone()))
}

/// What the policy is called: without a name by its first environment and its place in the list.
fn source(policy: &ForeignPolicy<'_>, number: usize) -> ImportSource {
    let name = policy.name.map(str::to_owned);
    let name =
        name.unwrap_or_else(|| format!("{}-{number}", policy.environments.first().unwrap_or(&"policy")));
    ImportSource { id: policy.id.map(str::to_owned), name }
}

/// Makes the policy in `after`, and says what of it is otherwise than there.
fn take_over(
    after: &mut State,
    actor: &Actor,
    terms: PolicyTerms,
    at: Timestamp,
    changes: &mut Vec<ImportChange>,
) -> Result<PolicyTerms, Refusal> {
    let events = decide(after, actor, &Command::CreatePolicy(terms.clone()), at)?;
    for event in &events {
        if let AccessEvent::PolicyCreated(created) = event {
            changes.extend(spread(after, &created.policy)?);
        }
    }
    changes.extend(overlapping(after, &terms));
    events.iter().for_each(|event| apply(after, event));
    after.version = after.version.saturating_add(1);
    Ok(terms)
}

/// Says so where somebody is named by several steps, and refuses what distinct people could not fill.
fn spread(state: &State, policy: &Policy) -> Result<Option<ImportChange>, Refusal> {
    // A requester whom no policy names: what even he could not get approved, nobody can.
    let nobody = SubjectId::nobody();
    let approval = Approval::new(state.directory(), state.delegations(), policy, &nobody);
    if let Some(step) = approval.shortfall(1) {
        return Err(Refusal::NoDistinctApprover { step });
    }
    let mut people = approval.steps().flat_map(|(step, _)| approval.eligible(step));
    let mut seen = BTreeSet::default();
    Ok(people.find(|id| !seen.insert(*id)).map(|id| {
        let message = format!(
            "`{id}` may approve several steps, and others may: there it counted for all, here whoever approves one \
             is barred from the later ones"
        );
        ImportChange::new(Code::SamePersonInSteps, "approvers", message)
    }))
}

/// Names the policies that are about some of the same.
fn overlapping(state: &State, terms: &PolicyTerms) -> Option<ImportChange> {
    let others = state.policies().all_live().map(|policy| &policy.terms);
    let others = others.filter(|other| targets_overlap(&terms.targets, &other.targets));
    let names: Vec<&Name> = others.map(|other| &other.name).collect();
    let (first, rest) = names.split_first()?;
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let message = format!(
        "it is about some of what the policy `{first}`{more} is about: there the requester picks, here the more \
         specific governs"
    );
    Some(ImportChange::new(Code::Overlaps, "secretPath", message))
}
