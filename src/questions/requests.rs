use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Paging};
use super::fitting::{finds, is_in};
use super::page::{Order, Page, PageSize, count, no_counts};
use super::policies::policy_name;
use crate::engine::Engine;
use crate::people::{Actor, Client, SubjectRef};
use crate::policies::Exclusion;
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, BreakGlassRecord, Closing, DurationEdit, ReviewRecord};
use crate::resources::{ActionList, Pattern};
use crate::state::State;
use crate::values::{
    AccessDuration, AtMost, BundleId, Environment, GrantId, Name, Person, PolicyId, PolicyName, RequestId,
    RequestStatus, SubjectId, Text, TicketUrl, Timestamp,
};
use crate::visibility::{administers, check_viewer, maybe_seen, sees_request};

/// Which requests; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestFilter {
    /// The one with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RequestId>,
    /// One of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "RequestStatus[]"))]
    pub status: Option<AtMost<5, RequestStatus>>,
    /// Asked for by this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<SubjectRef>,
    /// Reviewed by this subject, also where the review no longer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<SubjectRef>,
    /// Decided under this policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<PolicyId>,
    /// Asked for in this bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// For this environment, by name or by `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// Has this in its id, requester, path, policy, justification or ticket. Small and capital letters are taken as one.
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

/// A request as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub requester: Person,
    /// The policy that decides it.
    pub policy: PolicyName,
    /// The pinned version of that policy.
    pub policy_version: u32,
    /// What for.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// What it leaves out.
    pub exclusions: Vec<Exclusion>,
    /// When access should begin; absent: at approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// For how long it was asked: seconds, or `"permanent"`.
    #[serde(rename = "askedDurationSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub asked_duration: AccessDuration,
    /// When access ends at the latest, however late the approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The duration in force: seconds, or `"permanent"`.
    #[serde(rename = "durationSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// Through what it was asked for, as the host said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// What a review must carry.
    pub content_hash: String,
    /// What became of it.
    pub status: RequestStatus,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when on it is expired, if still pending.
    pub expires_at: Timestamp,
    /// The current step, counted from 1.
    pub step: u32,
    /// How many steps there are.
    pub steps: u32,
    /// All reviews, also those that no longer count.
    pub reviews: Vec<ReviewRecord>,
    /// All shortenings.
    pub edits: Vec<DurationEdit>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// Of a break-glass: its reason and the review after use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<BreakGlassRecord>,
    /// The names of everybody who appears in it, by id.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<SubjectId, Name>"))]
    pub people: BTreeMap<SubjectId, Name>,
}

impl RequestFilter {
    /// Its status aside.
    fn matches(&self, state: &State, request: &AccessRequest) -> bool {
        let content = &request.content;
        self.requester.as_deref().is_none_or(|id| content.requester == *id)
            && self.reviewer.as_deref().is_none_or(|id| request.has_review_by(id))
            && self.policy_id.as_ref().is_none_or(|id| content.policy_id == *id)
            && self.bundle_id.as_ref().is_none_or(|id| request.bundle_id.as_ref() == Some(id))
            && is_in(content.target.environment.as_ref(), self.environment.as_ref())
            && mentions(state, request, self.text.as_ref())
    }

    pub(super) fn finds(&self, state: &State, request: &AccessRequest) -> bool {
        self.id.as_ref().is_none_or(|id| request.id == *id)
            && self.has(request.status)
            && self.matches(state, request)
    }

    fn has(&self, status: RequestStatus) -> bool {
        self.status.as_ref().is_none_or(|wanted| wanted.contains(&status))
    }

    /// Whether it narrows nothing but the status.
    fn is_by_status(&self) -> bool {
        let Self { status, order, limit, after, .. } = self.clone();
        *self == Self { status, order, limit, after, ..Self::default() }
    }
}

impl Engine {
    /// The requests that the viewer sees at `at`.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn requests(
        &self,
        viewer: &Actor,
        filter: &RequestFilter,
        at: Timestamp,
    ) -> Result<Page<RequestView, RequestStatus>, Refusal> {
        let RequestFilter { id, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = Paging::<RequestId>::by_id("requests", filter, order, *limit, after.as_ref())?;
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        if administers(state, viewer) && filter.is_by_status() {
            let mut counts = no_counts();
            counts.extend(state.requests().counts());
            let total =
                counts.iter().filter(|(status, _)| filter.has(**status)).map(|(_, count)| count).sum();
            let found = order.of(None, state.requests().newest_first());
            let found = found.filter(|request| filter.has(request.status));
            let page = paging.page_of(total, found.map(|request| (&request.id, request)));
            return Ok(Page { counts, ..page.map(|request| request_view(state, request)) });
        }
        let one = id.as_ref().map(|id| state.requests().get(id));
        let mut counts = no_counts();
        let found = order
            .of(one, looked_at(state, viewer, filter.requester.as_deref().or(filter.reviewer.as_deref())))
            .filter(|request| filter.matches(state, request) && sees_request(state, viewer, request))
            .inspect(|request| count(&mut counts, request.status))
            .filter(|request| filter.has(request.status));
        let page = paging.page(found.map(|request| (&request.id, request)));
        Ok(Page { counts, ..page.map(|request| request_view(state, request)) })
    }
}

/// The requests among which a list is to be found, the newest first: where it is about somebody, those with a part of his.
pub(super) fn looked_at<'a>(
    state: &'a State,
    viewer: &'a Actor,
    about: Option<&SubjectId>,
) -> Box<dyn DoubleEndedIterator<Item = &'a AccessRequest> + 'a> {
    let get = |id| state.requests().get(id);
    if let Some(id) = about {
        return Box::new(state.requests().with_part_of(id).rev().filter_map(get));
    }
    match maybe_seen(state, viewer) {
        Some(seen) => Box::new(seen.requests().into_iter().rev().filter_map(get)),
        None => Box::new(state.requests().newest_first()),
    }
}

pub(super) fn mentions(state: &State, request: &AccessRequest, text: Option<&Text>) -> bool {
    let content = &request.content;
    let requester = state.directory().person_since(&content.requester, request.id.made_in());
    let policy = policy_name(state, &content.policy_id);
    let justification = content.justification.as_ref().map(|text| text.as_str());
    let ticket = content.ticket_url.as_ref().map(|url| url.as_str());
    let places =
        [request.id.as_str(), requester.name.as_str(), content.target.path.as_str(), policy.name.as_str()];
    finds(text, places.into_iter().chain(justification).chain(ticket))
}

pub(super) fn request_view(state: &State, request: &AccessRequest) -> RequestView {
    let content = request.content.clone();
    let pinned = state.policies().version(&content.policy_id, content.policy_version);
    RequestView {
        id: request.id.clone(),
        requester: state.directory().person_since(&content.requester, request.id.made_in()),
        policy: policy_name(state, &content.policy_id),
        policy_version: content.policy_version,
        target: content.target,
        actions: content.actions,
        exclusions: content.exclusions,
        starts_at: content.starts_at,
        asked_duration: content.duration,
        until: content.until,
        duration: request.duration,
        justification: content.justification.as_deref().cloned(),
        ticket_url: content.ticket_url.as_deref().cloned(),
        client: content.client.as_deref().cloned(),
        renews: request.content.renews.clone(),
        bundle_id: request.bundle_id.clone(),
        content_hash: request.content_hash.clone(),
        status: request.status,
        made_at: request.made_at,
        expires_at: request.expires_at,
        step: request.step,
        steps: pinned.map_or(0, |policy| u32::try_from(policy.terms.steps.len()).unwrap_or(u32::MAX)),
        reviews: request.reviews.clone(),
        edits: request.edits.clone(),
        closing: request.closing.as_deref().cloned(),
        grant_id: request.grant_id.clone(),
        break_glass: request.break_glass.as_deref().cloned(),
        people: people(state, request),
    }
}

fn people(state: &State, request: &AccessRequest) -> BTreeMap<SubjectId, Name> {
    let acknowledgement = request.break_glass.as_ref().and_then(|record| record.acknowledgement.as_ref());
    let ids = [&request.content.requester]
        .into_iter()
        .chain(request.reviews.iter().flat_map(|record| [&record.review.reviewer, record.review.voice()]))
        .chain(request.edits.iter().map(|edit| &edit.editor))
        .chain(request.closing.as_ref().and_then(|closing| closing.by.subject()))
        .chain(acknowledgement.map(|acknowledgement| &acknowledgement.by));
    // Of others the commit is not known in which they did what they did.
    let since = |id: &SubjectId| {
        let has_asked = (id == &request.content.requester).then(|| request.id.made_in());
        has_asked.or_else(|| request.reviewed_in.get(id).copied()).unwrap_or(u64::MAX)
    };
    ids.map(|id| (id.clone(), state.directory().person_since(id, since(id)).name)).collect()
}
