use serde::{Deserialize, Serialize};

use super::ability::{Ability, ability};
use super::page::{Page, PageSize, finds, is_in};
use crate::commands::{Command, SetAdministrators};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policies::{Policy, PolicyTerms, Requirement};
use crate::refusal::Refusal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::state::State;
use crate::values::{Environment, Name, PolicyId, PolicyName, Seconds, Text, Timestamp};
use crate::visibility::{administers, check_viewer};

/// Which policies; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyFilter {
    /// Targets this environment, by name or by `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// Has this in its id, name or paths. Small and capital letters are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this one: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<PolicyId>,
}

/// A policy as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// Its id.
    pub id: PolicyId,
    /// The version in force.
    pub version: u32,
    /// What people call it.
    pub name: Name,
    /// Which resources it governs.
    pub targets: PolicyTargets,
    /// Which actions it governs.
    pub actions: ActionSet,
    /// The longest access it gives; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether a requester must say why.
    pub justification: Requirement,
    /// All of it: for administrators and the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PolicyTerms>,
}

/// The live policies, and whether the reader may manage them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyPage {
    /// The policies.
    pub page: Page<PolicyView, PolicyId>,
    /// Whether the reader may make, change and delete policies.
    pub manage: Ability,
}

impl Engine {
    /// The live policies, by id, as the viewer may see them, and whether the viewer may manage them.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn policies(
        &self,
        viewer: &Actor,
        filter: &PolicyFilter,
        at: Timestamp,
    ) -> Result<PolicyPage, Refusal> {
        let state = self.state();
        check_viewer(state, viewer)?;
        let is_whole = administers(state, viewer);
        let matches = |policy: &&Policy| {
            let names = [policy.id.as_str(), policy.terms.name.as_str()];
            is_about(&policy.terms.targets, names, filter.environment.as_ref(), filter.text.as_ref())
        };
        let entries = state.policies().all_live().map(|policy| (&policy.id, Some(policy).filter(matches)));
        let page = Page::of(entries, filter.after.as_ref(), filter.limit);
        Ok(PolicyPage {
            page: page.map(|policy| policy_view(policy, is_whole)),
            manage: manage(state, viewer, at),
        })
    }
}

/// Naming the administrators as they are changes nothing and needs just the authority to manage.
pub(super) fn manage(state: &State, viewer: &Actor, at: Timestamp) -> Ability {
    let administrators = state.directory().administrators().iter().cloned().collect();
    ability(state, viewer, &Command::SetAdministrators(SetAdministrators { administrators }), at)
}

/// Whether targets are in an environment and have a text in their paths or names.
pub(super) fn is_about(
    targets: &PolicyTargets,
    names: [&str; 2],
    environment: Option<&Environment>,
    text: Option<&Text>,
) -> bool {
    let is_in = environment.is_none_or(|environment| {
        targets.environments().iter().any(|pattern| is_in(Some(pattern), Some(environment)))
    });
    is_in && finds(text, targets.paths().iter().map(|path| path.as_str()).chain(names))
}

fn policy_view(policy: &Policy, is_whole: bool) -> PolicyView {
    let terms = &policy.terms;
    PolicyView {
        id: policy.id.clone(),
        version: policy.version,
        name: terms.name.clone(),
        targets: terms.targets.clone(),
        actions: terms.actions.clone(),
        max_duration: terms.max_duration,
        justification: terms.justification,
        terms: is_whole.then(|| terms.clone()),
    }
}

pub(super) fn policy_name(state: &State, id: &PolicyId) -> PolicyName {
    let unknown = || PolicyName { id: id.clone(), name: Name::of_engine(id.as_str()) };
    state.policies().name(id).unwrap_or_else(unknown)
}
