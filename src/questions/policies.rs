use serde::{Deserialize, Serialize};

use super::ability::{Ability, ability};
use super::cursor::{Cursor, Paging};
use super::fitting::{finds, is_in};
use super::page::{ManagedPage, Order, PageSize};
use crate::commands::{Command, SetAdministrators};
use crate::engine::Engine;
use crate::people::{Actor, SubjectRef};
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
    /// The one with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PolicyId>,
    /// Targets this environment, by name or by `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// Has this in its id, name or paths. Small and capital letters are taken as one.
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
    #[serde(rename = "maxDurationSeconds", skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether a requester must say why.
    pub justification: Requirement,
    /// The longest access that breaking the glass gives, where somebody may: for administrators and the host.
    #[serde(rename = "breakGlassMaxDurationSeconds", skip_serializing_if = "Option::is_none")]
    pub break_glass_max_duration: Option<Seconds>,
    /// All that it says, defaults included, in the form in which it is stated: for administrators and the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PolicyTerms>,
}

impl Engine {
    /// The live policies, as the viewer may see them, and whether the viewer may manage them.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn policies(
        &self,
        viewer: &Actor,
        filter: &PolicyFilter,
        at: Timestamp,
    ) -> Result<ManagedPage<PolicyView>, Refusal> {
        let PolicyFilter { id, environment, text, order, limit, after } = filter;
        let order = order.unwrap_or(Order::OldestFirst);
        let paging = Paging::<PolicyId>::by_id("policies", filter, order, *limit, after.as_ref())?;
        let state = self.state();
        check_viewer(state, viewer)?;
        let is_whole = administers(state, viewer);
        let one = id.as_ref().map(|id| state.policies().live(id));
        let found = order.of(one, state.policies().all_live().rev()).filter(|policy| {
            let names = [policy.id.as_str(), policy.terms.name.as_str()];
            is_about(&policy.terms.targets, names, environment.as_ref(), text.as_ref())
        });
        let page = paging.page(found.map(|policy| (&policy.id, policy)));
        Ok(ManagedPage {
            page: page.map(|policy| policy_view(policy, is_whole)),
            manage: manage(state, viewer, at),
        })
    }
}

/// Naming the administrators as they are changes nothing and needs just the authority to manage.
pub(super) fn manage(state: &State, viewer: &Actor, at: Timestamp) -> Ability {
    let administrators = state.directory().administrators().iter().map(SubjectRef::from).collect();
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
        break_glass_max_duration: terms
            .break_glass
            .as_ref()
            .filter(|_| is_whole)
            .map(|_| terms.break_glass_cap()),
        terms: is_whole.then(|| terms.clone()),
    }
}

pub(super) fn policy_name(state: &State, id: &PolicyId) -> PolicyName {
    let unknown = || PolicyName { id: id.clone(), name: Name::of_engine(id.as_str()) };
    state.policies().name(id).unwrap_or_else(unknown)
}
