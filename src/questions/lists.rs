use std::collections::BTreeMap;

use super::grants::{GrantFilter, GrantView, grant_view, is_mentioned};
use super::inbox::{InboxFilter, InboxItem, task};
use super::page::{Page, paged};
use super::permissions::{PermissionFilter, PermissionPage, permission_view};
use super::policies::{PolicyFilter, PolicyPage, is_about, manage, policy_view};
use super::requests::{RequestFilter, RequestView, mentions, request_view};
use crate::engine::Engine;
use crate::grants;
use crate::grants::Grant;
use crate::people::Actor;
use crate::permissions::Permission;
use crate::policies::Policy;
use crate::refusal::Refusal;
use crate::requests::AccessRequest;
use crate::resources::EnvironmentPattern;
use crate::values::{Environment, GrantId, RequestId, Timestamp};
use crate::visibility::{administers, check_viewer, sees_grant, sees_permission, sees_request};

impl Engine {
    /// What waits for the viewer at `at`: requests to review and break-glass accesses to look at, the newest first.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn inbox(
        &self,
        viewer: &Actor,
        filter: &InboxFilter,
        at: Timestamp,
    ) -> Result<Page<InboxItem, RequestId>, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let page = paged(
            state.requests().newest_first().map(|request| (request, task(state, viewer, request, at))),
            |(request, _)| request.id.clone(),
            |(request, task)| task.is_some() && mentions(state, request, filter.text.as_ref()),
            filter.after.as_ref(),
            filter.limit,
            |(request, task)| task.map(|task| InboxItem { task, request: request_view(state, request) }),
        );
        let Page { items, next, total, counts } = page;
        Ok(Page { items: items.into_iter().flatten().collect(), next, total, counts })
    }

    /// The requests that the viewer sees at `at`, the newest first.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn requests(
        &self,
        viewer: &Actor,
        filter: &RequestFilter,
        at: Timestamp,
    ) -> Result<Page<RequestView, RequestId>, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let matches = |request: &&AccessRequest| {
            let content = &request.content;
            filter.requester.as_ref().is_none_or(|id| content.requester == *id)
                && filter.policy_id.as_ref().is_none_or(|id| content.policy_id == *id)
                && filter.bundle_id.as_ref().is_none_or(|id| request.bundle_id.as_ref() == Some(id))
                && is_in(content.target.environment.as_ref(), filter.environment.as_ref())
                && mentions(state, request, filter.text.as_ref())
        };
        let has_status = |request: &&AccessRequest| {
            filter.status.as_ref().is_none_or(|status| status.contains(&request.status))
        };
        let seen: Vec<_> =
            state.requests().newest_first().filter(|request| sees_request(state, viewer, request)).collect();
        let counts = counted(seen.iter().copied().filter(matches).map(|request| request.status.word()));
        let page = paged(
            seen.into_iter(),
            |request| request.id.clone(),
            |request| matches(request) && has_status(request),
            filter.after.as_ref(),
            filter.limit,
            |request| request_view(state, request),
        );
        Ok(Page { counts, ..page })
    }

    /// The grants that the viewer sees at `at`, the newest first.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn grants(
        &self,
        viewer: &Actor,
        filter: &GrantFilter,
        at: Timestamp,
    ) -> Result<Page<GrantView, GrantId>, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let status = |grant: &Grant| grants::status(grant, at);
        let matches = |grant: &&Grant| {
            filter.holder.as_ref().is_none_or(|id| grant.holder == *id)
                && filter.policy_id.as_ref().is_none_or(|id| grant.policy_id == *id)
                && is_in(grant.target.environment.as_ref(), filter.environment.as_ref())
                && is_mentioned(state, grant, filter.text.as_ref())
        };
        let has_status =
            |grant: &&Grant| filter.status.as_ref().is_none_or(|statuses| statuses.contains(&status(grant)));
        let seen: Vec<_> =
            state.grants().newest_first().filter(|grant| sees_grant(state, viewer, grant)).collect();
        let counts = counted(seen.iter().copied().filter(matches).map(|grant| status(grant).word()));
        let page = paged(
            seen.into_iter(),
            |grant| grant.id.clone(),
            |grant| matches(grant) && has_status(grant),
            filter.after.as_ref(),
            filter.limit,
            |grant| grant_view(state, viewer, grant, at),
        );
        Ok(Page { counts, ..page })
    }

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
        let page = paged(
            state.policies().all_live(),
            |policy| policy.id.clone(),
            matches,
            filter.after.as_ref(),
            filter.limit,
            |policy| policy_view(policy, is_whole),
        );
        Ok(PolicyPage { page, manage: manage(state, viewer, at) })
    }

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
        let page = paged(
            state.permissions().all().iter(),
            |permission| permission.id.clone(),
            matches,
            filter.after.as_ref(),
            filter.limit,
            |permission| permission_view(permission, is_whole),
        );
        Ok(PermissionPage { page, manage: manage(state, viewer, at) })
    }
}

pub(super) fn is_in(pattern: Option<&EnvironmentPattern>, environment: Option<&Environment>) -> bool {
    let Some(environment) = environment else { return true };
    match pattern {
        None => false,
        Some(EnvironmentPattern::Any) => true,
        Some(EnvironmentPattern::Named(named)) => named == environment,
    }
}

fn counted(words: impl Iterator<Item = &'static str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::default();
    for word in words {
        let count: &mut usize = counts.entry(word.to_owned()).or_default();
        *count = count.saturating_add(1);
    }
    counts
}
