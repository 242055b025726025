use std::collections::BTreeMap;

use super::explain::review;
use super::page::{finds, paged};
use super::views::{grant_view, permission_view, policy_name, policy_view, request_view};
use super::{ability, some_text};
use crate::Engine;
use crate::decide::decide;
use crate::grants;
use crate::model::{
    Ability, AccessRequest, AcknowledgeBreakGlass, Actor, Command, Environment, EnvironmentPattern, Grant,
    GrantFilter, GrantId, GrantView, InboxFilter, InboxItem, InboxTask, Page, Permission, PermissionFilter,
    PermissionPage, Policy, PolicyFilter, PolicyPage, PolicyTargets, Refusal, RequestFilter, RequestId,
    RequestView, SetAdministrators, SubjectId, Text, Timestamp, Verdict,
};
use crate::state::State;
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

/// Naming the administrators as they are changes nothing and needs just the authority to manage.
fn manage(state: &State, viewer: &Actor, at: Timestamp) -> Ability {
    let administrators = state.directory().administrators().iter().cloned().collect();
    ability(state, viewer, &Command::SetAdministrators(SetAdministrators { administrators }), at)
}

fn task(state: &State, viewer: &Actor, request: &AccessRequest, at: Timestamp) -> Option<InboxTask> {
    let acknowledge = AcknowledgeBreakGlass { request_id: request.id.clone(), comment: Some(some_text()) };
    let accepts = |command: &Command| decide(state, viewer, command, at).is_ok();
    let may_review = |voice: Option<&SubjectId>| {
        [Verdict::Reject, Verdict::Approve].iter().any(|verdict| accepts(&review(request, *verdict, voice)))
    };
    let mut delegators = viewer.subject().into_iter().flat_map(|id| state.delegations().delegators(id));
    if may_review(None) || delegators.any(|delegator| may_review(Some(delegator))) {
        Some(InboxTask::Review)
    } else if accepts(&Command::AcknowledgeBreakGlass(acknowledge)) {
        Some(InboxTask::Acknowledge)
    } else {
        None
    }
}

/// Whether targets are in an environment and have a text in their paths or names.
fn is_about(
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

fn is_in(pattern: Option<&EnvironmentPattern>, environment: Option<&Environment>) -> bool {
    let Some(environment) = environment else { return true };
    match pattern {
        None => false,
        Some(EnvironmentPattern::Any) => true,
        Some(EnvironmentPattern::Named(named)) => named == environment,
    }
}

fn mentions(state: &State, request: &AccessRequest, text: Option<&Text>) -> bool {
    let content = &request.content;
    let requester = state.directory().person(&content.requester);
    let policy = policy_name(state, &content.policy_id);
    let justification = content.justification.as_ref().map(Text::as_str);
    let ticket = content.ticket_url.as_ref().map(|url| url.as_str());
    let places =
        [request.id.as_str(), requester.name.as_str(), content.target.path.as_str(), policy.name.as_str()];
    finds(text, places.into_iter().chain(justification).chain(ticket))
}

fn is_mentioned(state: &State, grant: &Grant, text: Option<&Text>) -> bool {
    let holder = state.directory().person(&grant.holder);
    let policy = policy_name(state, &grant.policy_id);
    finds(text, [grant.id.as_str(), holder.name.as_str(), grant.target.path.as_str(), policy.name.as_str()])
}

fn counted(words: impl Iterator<Item = &'static str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::default();
    for word in words {
        let count: &mut usize = counts.entry(word.to_owned()).or_default();
        *count = count.saturating_add(1);
    }
    counts
}
