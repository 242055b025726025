//! Who may do this, on which of these, and what: AuthZEN's three searches, each found by the deciding code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Paging};
use super::page::{Order, Page, PageSize, Stateless};
use crate::access::is_allowed;
use crate::conditions::{Deed, DescribedAction, DescribedResource};
use crate::engine::Engine;
use crate::limits;
use crate::people::{Actor, SubjectRef, SubjectType};
use crate::refusal::Refusal;
use crate::resources::{ActionSet, Resource};
use crate::values::{Action, AtMost, Attributes, Person, SubjectId, Timestamp};
use crate::visibility::{administers, check_viewer};

/// Who may do this? (AuthZEN Subject Search API §8.4)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectSearch {
    /// To do what.
    pub action: DescribedAction,
    /// To what.
    pub resource: DescribedResource,
    /// Only people, or only programs; absent: both.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<SubjectType>,
    /// What conditions of standing permissions read as `context.NAME`.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub context: Attributes,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this place: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
}

/// On which of these may a subject do this? (AuthZEN Resource Search API §8.5)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceSearch {
    /// Who.
    pub subject: SubjectRef,
    /// Wants to do what.
    pub action: DescribedAction,
    /// To which of these; at most 1,000. The engine knows no resources of its own.
    #[cfg_attr(feature = "wasm", tsify(type = "DescribedResource[]"))]
    pub resources: AtMost<{ limits::SEARCHED_RESOURCES }, DescribedResource>,
    /// What conditions of standing permissions read as `context.NAME`.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub context: Attributes,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this place: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
}

/// What may a subject do here? (AuthZEN Action Search API §8.6)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionSearch {
    /// Who.
    pub subject: SubjectRef,
    /// To what.
    pub resource: DescribedResource,
    /// What conditions of standing permissions read as `context.NAME`.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub context: Attributes,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this place: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
}

impl Engine {
    /// The subjects that may do this at `at`, by id. A subject that does not administer learns of itself only.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn search_subjects(
        &self,
        viewer: &Actor,
        search: &SubjectSearch,
        at: Timestamp,
    ) -> Result<Page<Person, Stateless>, Refusal> {
        let SubjectSearch { action, resource, kind, context, limit, after } = search;
        let paging =
            Paging::<SubjectId>::by_id("searchSubjects", search, Order::OldestFirst, *limit, after.as_ref())?;
        check_viewer(self.state(), viewer)?;
        let directory = self.state().directory();
        let of_kind = directory.active_subjects().filter(|it| kind.is_none_or(|kind| it.kind == kind));
        let found = of_kind
            .map(|subject| &subject.id)
            .filter(|id| self.may_search(viewer, id))
            .filter(|id| self.allows(id, Deed { action, resource, context }, at));
        Ok(paging.page(found.map(|id| (id, id))).map(|id| directory.person(id)))
    }

    /// Those of the resources on which a subject may do this at `at`, in the order in which they are given.
    ///
    /// # Errors
    /// `not_found` where a subject that does not administer asks about another one; `invalid_cursor`, and the codes of a
    /// viewer that is not known and active.
    pub fn search_resources(
        &self,
        viewer: &Actor,
        search: &ResourceSearch,
        at: Timestamp,
    ) -> Result<Page<Resource, Stateless>, Refusal> {
        let ResourceSearch { subject, action, resources, context, limit, after } = search;
        let place = |text: &str| text.parse::<usize>().ok();
        let paging =
            Paging::new("searchResources", search, Order::OldestFirst, *limit, after.as_ref(), place)?;
        self.check_may_search(viewer, subject)?;
        let numbered = resources.iter().enumerate();
        let found =
            numbered.filter(|(_, resource)| self.allows(subject, Deed { action, resource, context }, at));
        Ok(paging.page(found).map(|found| found.resource.clone()))
    }

    /// The actions that a subject may do here at `at`, by name, of all that a policy, a permission or a grant of the subject
    /// lists. What is allowed beside them by a permission for all actions has no names.
    ///
    /// # Errors
    /// `not_found` where a subject that does not administer asks about another one; `invalid_cursor`, and the codes of a
    /// viewer that is not known and active.
    pub fn search_actions(
        &self,
        viewer: &Actor,
        search: &ActionSearch,
        at: Timestamp,
    ) -> Result<Page<Action, Stateless>, Refusal> {
        let ActionSearch { subject, resource, context, limit, after } = search;
        let paging =
            Paging::<Action>::by_id("searchActions", search, Order::OldestFirst, *limit, after.as_ref())?;
        self.check_may_search(viewer, subject)?;
        let named = self.named_actions(subject);
        let found = named.into_iter().filter(|action| {
            let action = &DescribedAction::from((*action).clone());
            self.allows(subject, Deed { action, resource, context }, at)
        });
        Ok(paging.page(found.map(|action| (action, action))).map(Action::clone))
    }

    fn allows(&self, subject: &SubjectId, deed: Deed<'_>, at: Timestamp) -> bool {
        is_allowed(self.state(), subject, deed, self.time(at))
    }

    fn may_search(&self, viewer: &Actor, subject: &SubjectId) -> bool {
        administers(self.state(), viewer) || viewer.subject() == Some(subject)
    }

    fn check_may_search(&self, viewer: &Actor, subject: &SubjectId) -> Result<(), Refusal> {
        check_viewer(self.state(), viewer)?;
        if self.may_search(viewer, subject) { Ok(()) } else { Err(Refusal::not_found(subject)) }
    }

    fn named_actions(&self, subject: &SubjectId) -> BTreeSet<&Action> {
        let state = self.state();
        let policies = state.policies().all_live().map(|policy| &policy.terms.actions);
        let sets =
            policies.chain(state.permissions().all().iter().map(|permission| &permission.terms.actions));
        let grants = state.grants().open_of(subject).flat_map(|grant| grant.actions.as_slice());
        sets.filter_map(ActionSet::listed).flatten().chain(grants).collect()
    }
}
