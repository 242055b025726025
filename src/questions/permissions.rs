use serde::{Deserialize, Serialize};

use super::ability::Ability;
use super::page::{Page, PageSize};
use super::policies::{is_about, manage};
use crate::engine::Engine;
use crate::people::Actor;
use crate::permissions::{Permission, PermissionTerms};
use crate::refusal::Refusal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::values::{Environment, Name, PermissionId, Text, Timestamp};
use crate::visibility::{administers, check_viewer, sees_permission};

/// Which standing permissions; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionFilter {
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
    pub after: Option<PermissionId>,
}

/// A standing permission as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PermissionView {
    /// Its id.
    pub id: PermissionId,
    /// The version in force.
    pub version: u32,
    /// What people call it.
    pub name: Name,
    /// To which resources.
    pub targets: PolicyTargets,
    /// To do what.
    pub actions: ActionSet,
    /// All of it: for administrators and the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PermissionTerms>,
}

/// The standing permissions that the reader sees, and whether he may manage them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PermissionPage {
    /// The permissions.
    pub page: Page<PermissionView, PermissionId>,
    /// Whether the reader may make, change and delete permissions.
    pub manage: Ability,
}

impl Engine {
    /// The standing permissions that the viewer sees, in the order in which they were made, and whether the viewer may
    /// manage them.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn permissions(
        &self,
        viewer: &Actor,
        filter: &PermissionFilter,
        at: Timestamp,
    ) -> Result<PermissionPage, Refusal> {
        let state = self.state();
        check_viewer(state, viewer)?;
        let is_whole = administers(state, viewer);
        let matches = |permission: &&Permission| {
            let Permission { id, terms, .. } = permission;
            let names = [id.as_str(), terms.name.as_str()];
            is_about(&terms.targets, names, filter.environment.as_ref(), filter.text.as_ref())
                && sees_permission(state, viewer, permission)
        };
        let entries = state.permissions().all().iter().map(|it| (&it.id, Some(it).filter(matches)));
        let page = Page::of(entries, filter.after.as_ref(), filter.limit);
        let page = page.map(|permission| permission_view(permission, is_whole));
        Ok(PermissionPage { page, manage: manage(state, viewer, at) })
    }
}

fn permission_view(permission: &Permission, is_whole: bool) -> PermissionView {
    let terms = &permission.terms;
    PermissionView {
        id: permission.id.clone(),
        version: permission.version,
        name: terms.name.clone(),
        targets: terms.targets.clone(),
        actions: terms.actions.clone(),
        terms: is_whole.then(|| terms.clone()),
    }
}
