use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ability::{Ability, ability, some_text};
use super::cursor::{Cursor, Paging};
use super::fitting::{finds, is_in};
use super::page::{Order, Page, PageSize, count, no_counts};
use super::policies::policy_name;
use super::requests;
use crate::commands::{Command, ReleaseGrant, RevokeGrant};
use crate::engine::Engine;
use crate::grants;
use crate::grants::{Grant, GrantEnd};
use crate::people::{Actor, SubjectRef};
use crate::policies::Exclusion;
use crate::refusal::Refusal;
use crate::requests::GrantOrigin;
use crate::resources::{ActionList, Pattern};
use crate::state::State;
use crate::values::{
    AtMost, Environment, GrantId, GrantStatus, Person, PolicyId, PolicyName, RequestId, SubjectId, Text,
    Timestamp,
};
use crate::visibility::{administers, check_viewer, sees_grant};

/// Which grants; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantFilter {
    /// The one with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<GrantId>,
    /// Made by this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// One of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "GrantStatus[]"))]
    pub status: Option<AtMost<3, GrantStatus>>,
    /// Held by this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<SubjectRef>,
    /// Given under this policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<PolicyId>,
    /// For this environment, by name or by `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// Has this in its id, holder, path or policy. Small and capital letters are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Which way the list goes; absent: the newest first.
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

/// A grant as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// The request it came from.
    pub request_id: RequestId,
    /// Who has it.
    pub holder: Person,
    /// What it opens, the exclusions aside.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// What it leaves out.
    pub exclusions: Vec<Exclusion>,
    /// The policy it was given under.
    pub policy: PolicyName,
    /// Approved, or broken glass.
    pub origin: GrantOrigin,
    /// The grant that it carries on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// Where it stands now.
    pub status: GrantStatus,
    /// The first instant of access.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<GrantEnd>,
    /// Whether the reader may revoke it.
    pub revoke: Ability,
    /// Whether the reader may release it.
    pub release: Ability,
}

impl GrantFilter {
    /// Its status aside.
    fn matches(&self, state: &State, grant: &Grant) -> bool {
        self.request_id.as_ref().is_none_or(|id| grant.request_id == *id)
            && self.holder.as_deref().is_none_or(|id| grant.holder == *id)
            && self.policy_id.as_ref().is_none_or(|id| grant.policy_id == *id)
            && is_in(grant.target.environment.as_ref(), self.environment.as_ref())
            && is_mentioned(state, grant, self.text.as_ref())
    }

    pub(super) fn finds(&self, state: &State, grant: &Grant, at: Timestamp) -> bool {
        self.id.as_ref().is_none_or(|id| grant.id == *id)
            && self.has(grants::status(grant, at))
            && self.matches(state, grant)
    }

    fn has(&self, status: GrantStatus) -> bool {
        self.status.as_ref().is_none_or(|wanted| wanted.contains(&status))
    }

    /// Whether it narrows nothing but the status.
    fn is_by_status(&self) -> bool {
        let Self { status, order, limit, after, .. } = self.clone();
        *self == Self { status, order, limit, after, ..Self::default() }
    }
}

impl Engine {
    /// The grants that the viewer sees at `at`.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn grants(
        &self,
        viewer: &Actor,
        filter: &GrantFilter,
        at: Timestamp,
    ) -> Result<Page<GrantView, GrantStatus>, Refusal> {
        let GrantFilter { id, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = Paging::<GrantId>::by_id("grants", filter, order, *limit, after.as_ref())?;
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        if administers(state, viewer) && filter.is_by_status() {
            let counts = BTreeMap::from(state.grants().counts(at));
            let total =
                counts.iter().filter(|(status, _)| filter.has(**status)).map(|(_, count)| count).sum();
            let found = order.of(None, state.grants().newest_first());
            let found = found.filter(|grant| filter.has(grants::status(grant, at)));
            let page = paging.page_of(total, found.map(|grant| (&grant.id, grant)));
            return Ok(Page { counts, ..page.map(|grant| grant_view(state, viewer, grant, at)) });
        }
        let one = id.as_ref().map(|id| state.grants().get(id));
        let mut counts = no_counts();
        let found = order
            .of(one, looked_at(state, viewer, filter.holder.as_deref()))
            .filter(|grant| filter.matches(state, grant) && sees_grant(state, viewer, grant))
            .inspect(|grant| count(&mut counts, grants::status(grant, at)))
            .filter(|grant| filter.has(grants::status(grant, at)));
        let page = paging.page(found.map(|grant| (&grant.id, grant)));
        Ok(Page { counts, ..page.map(|grant| grant_view(state, viewer, grant, at)) })
    }
}

/// The grants among which a list is to be found, the newest first.
fn looked_at<'a>(
    state: &'a State,
    viewer: &'a Actor,
    holder: Option<&SubjectId>,
) -> Box<dyn DoubleEndedIterator<Item = &'a Grant> + 'a> {
    if holder.is_none() && administers(state, viewer) {
        return Box::new(state.grants().newest_first());
    }
    let requests = requests::looked_at(state, viewer, holder);
    let ids: BTreeSet<&GrantId> = requests.filter_map(|request| request.grant_id.as_ref()).collect();
    Box::new(ids.into_iter().rev().filter_map(|id| state.grants().get(id)))
}

fn is_mentioned(state: &State, grant: &Grant, text: Option<&Text>) -> bool {
    let holder = state.directory().person_since(&grant.holder, grant.id.made_in());
    let policy = policy_name(state, &grant.policy_id);
    finds(text, [grant.id.as_str(), holder.name.as_str(), grant.target.path.as_str(), policy.name.as_str()])
}

pub(super) fn grant_view(state: &State, viewer: &Actor, grant: &Grant, at: Timestamp) -> GrantView {
    let revoke = Command::RevokeGrant(RevokeGrant { grant_id: grant.id.clone(), reason: some_text() });
    let release = Command::ReleaseGrant(ReleaseGrant { grant_id: grant.id.clone() });
    GrantView {
        id: grant.id.clone(),
        request_id: grant.request_id.clone(),
        holder: state.directory().person_since(&grant.holder, grant.id.made_in()),
        target: grant.target.clone(),
        actions: grant.actions.clone(),
        exclusions: grant.exclusions.clone(),
        policy: policy_name(state, &grant.policy_id),
        origin: grant.origin,
        renews: grant.renews.clone(),
        status: grants::status(grant, at),
        starts_at: grant.starts_at,
        ends_at: grant.ends_at,
        end: grant.end.clone(),
        revoke: ability(state, viewer, &revoke, at),
        release: ability(state, viewer, &release, at),
    }
}
