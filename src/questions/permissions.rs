use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Paging};
use super::page::{ManagedPage, Order, PageSize};
use super::policies::{is_about, manage};
use crate::engine::Engine;
use crate::people::{Actor, Member, SubjectRef};
use crate::permissions::{Permission, PermissionTerms};
use crate::refusal::Refusal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::values::{Environment, Name, PermissionId, Text, Timestamp};
use crate::visibility::{administers, check_viewer, is_holder};

/// Which standing permissions; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionFilter {
    /// The one with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PermissionId>,
    /// Names this subject, by a group or not. Only administrators and the host find others than themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<SubjectRef>,
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

impl Engine {
    /// The standing permissions that the viewer sees, and whether the viewer may manage them.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn permissions(
        &self,
        viewer: &Actor,
        filter: &PermissionFilter,
        at: Timestamp,
    ) -> Result<ManagedPage<PermissionView>, Refusal> {
        let PermissionFilter { id, holder, environment, text, order, limit, after } = filter;
        let order = order.unwrap_or(Order::OldestFirst);
        let paging = Paging::<PermissionId>::by_id("permissions", filter, order, *limit, after.as_ref())?;
        let state = self.state();
        check_viewer(state, viewer)?;
        let is_whole = administers(state, viewer);
        let member = |id| state.directory().member(id);
        let (reader, wanted) = (viewer.subject().map(member), holder.as_deref().map(member));
        let holds = |who: &Option<Member<'_>>, permission| {
            who.as_ref().is_some_and(|who| is_holder(state, who, permission))
        };
        let may_find = is_whole || holder.as_deref() == viewer.subject();
        let one = id.as_ref().map(|id| state.permissions().get(id));
        let found = order.of(one, state.permissions().all().iter().rev()).filter(|permission| {
            let Permission { id, terms, .. } = permission;
            let names = [id.as_str(), terms.name.as_str()];
            is_about(&terms.targets, names, environment.as_ref(), text.as_ref())
                && (holder.is_none() || (may_find && holds(&wanted, permission)))
                && (is_whole || holds(&reader, permission))
        });
        let page = paging.page(found.map(|permission| (&permission.id, permission)));
        let page = page.map(|permission| permission_view(permission, is_whole));
        Ok(ManagedPage { page, manage: manage(state, viewer, at) })
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
