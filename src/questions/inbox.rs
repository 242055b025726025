use serde::{Deserialize, Serialize};

use super::ability::some_text;
use super::cursor::{Cursor, Paging};
use super::explain::abilities::review_command;
use super::holdings::{Holdings, holdings};
use super::page::{Order, Page, PageSize, count, no_counts};
use super::requests::{RequestView, mentions, request_view};
use crate::commands::{AcknowledgeBreakGlass, Command, decide};
use crate::engine::Engine;
use crate::people::{Actor, SubjectRef};
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, Verdict};
use crate::state::State;
use crate::values::{RequestId, SubjectId, Text, Timestamp};
use crate::visibility::{administers, check_viewer, maybe_seen_by};

/// Which tasks of an inbox; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InboxFilter {
    /// About this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// About what this subject asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<SubjectRef>,
    /// Reviewed by this subject, also where the review no longer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<SubjectRef>,
    /// To do this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<InboxTask>,
    /// Has this in its request, as in `RequestFilter`.
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

/// Something that waits for its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct InboxItem {
    /// What to do.
    pub task: InboxTask,
    /// About which request.
    pub request: RequestView,
    /// What its requester holds of it already.
    pub holds: Holdings,
}

/// What an inbox asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::VariantArray)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum InboxTask {
    /// Approve or reject the current step.
    Review,
    /// Look at a break-glass access after use.
    Acknowledge,
}

impl InboxFilter {
    /// Its task aside.
    fn matches(&self, state: &State, request: &AccessRequest) -> bool {
        self.requester.as_deref().is_none_or(|id| request.content.requester == *id)
            && self.reviewer.as_deref().is_none_or(|id| request.has_review_by(id))
            && mentions(state, request, self.text.as_ref())
    }
}

impl Engine {
    /// What waits for the viewer at `at`: requests to review and break-glass accesses to look at.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn inbox(
        &self,
        viewer: &Actor,
        filter: &InboxFilter,
        at: Timestamp,
    ) -> Result<Page<InboxItem, InboxTask>, Refusal> {
        let InboxFilter { request_id, task: wanted, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = Paging::<RequestId>::by_id("inbox", filter, order, *limit, after.as_ref())?;
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        let one = request_id.as_ref().map(|id| state.requests().get(id));
        let mut counts = no_counts();
        let found = order
            .of(one, waiting(state, viewer))
            .filter(|request| request.is_waiting() && filter.matches(state, request))
            .filter_map(|request| Some((request, task(state, viewer, request, at)?)))
            .inspect(|(_, task)| count(&mut counts, *task))
            .filter(|(_, task)| wanted.is_none_or(|wanted| wanted == *task));
        let page = paging.page(found.map(|(request, task)| (&request.id, (request, task))));
        let item = |(request, task)| InboxItem {
            task,
            request: request_view(state, request),
            holds: holdings(state, request, at),
        };
        Ok(Page { counts, ..page.map(item) })
    }
}

/// The requests that may wait for a viewer, the newest first: for review those that concern him, and the break-glasses that
/// he may look at.
fn waiting<'a>(state: &'a State, viewer: &'a Actor) -> impl DoubleEndedIterator<Item = &'a AccessRequest> {
    let reviewed = viewer.subject().map(|id| maybe_seen_by(state, id));
    let mut waiting: Vec<_> = state.requests().waiting().collect();
    waiting.sort_unstable_by_key(|request| &request.id);
    waiting.dedup_by_key(|request| &request.id);
    let is_his = move |request: &&AccessRequest| {
        reviewed.as_ref().is_some_and(|concern| concern.includes(request))
            || (request.is_unacknowledged() && administers(state, viewer))
    };
    waiting.into_iter().rev().filter(is_his)
}

fn task(state: &State, viewer: &Actor, request: &AccessRequest, at: Timestamp) -> Option<InboxTask> {
    let acknowledge = AcknowledgeBreakGlass { request_id: request.id.clone(), comment: Some(some_text()) };
    let accepts = |command: &Command| decide(state, viewer, command, &at.into()).is_ok();
    let may_review = |voice: Option<&SubjectId>| {
        [Verdict::Reject, Verdict::Approve]
            .iter()
            .any(|verdict| accepts(&review_command(request, *verdict, voice)))
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
