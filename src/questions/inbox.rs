use serde::{Deserialize, Serialize};

use super::ability::some_text;
use super::explain::abilities::review_command;
use super::page::{Page, PageSize};
use super::requests::{RequestView, mentions, request_view};
use crate::commands::{AcknowledgeBreakGlass, Command, decide};
use crate::engine::Engine;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, Verdict};
use crate::state::State;
use crate::values::{RequestId, SubjectId, Text, Timestamp};
use crate::visibility::check_viewer;

/// Which tasks of an inbox; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InboxFilter {
    /// Has this in its request, as in [`RequestFilter`](super::RequestFilter).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this one: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<RequestId>,
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
}

/// What an inbox asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum InboxTask {
    /// Approve or reject the current step.
    Review,
    /// Look at a break-glass access after use.
    Acknowledge,
}

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
        let entries = state.requests().newest_first().map(|request| {
            let task = task(state, viewer, request, at);
            let matches = mentions(state, request, filter.text.as_ref());
            (&request.id, task.filter(|_| matches).map(|task| (task, request)))
        });
        let page = Page::of(entries, filter.after.as_ref(), filter.limit);
        Ok(page.map(|(task, request)| InboxItem { task, request: request_view(state, request) }))
    }
}

fn task(state: &State, viewer: &Actor, request: &AccessRequest, at: Timestamp) -> Option<InboxTask> {
    let acknowledge = AcknowledgeBreakGlass { request_id: request.id.clone(), comment: Some(some_text()) };
    let accepts = |command: &Command| decide(state, viewer, command, at).is_ok();
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
