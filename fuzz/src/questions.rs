//! Every question there is, asked of an engine.

use access_engine::Project;
use access_engine::access::AccessQuery;
use access_engine::commands::{AmendRequest, RequestDraft};
use access_engine::json::read_json;
use access_engine::notices::{RenderOptions, render_notice};
use access_engine::people::Actor;
use access_engine::questions::{
    ActionSearch, DelegationFilter, GrantFilter, HistoryFilter, InboxFilter, PermissionFilter, PolicyFilter,
    RequestFilter, ResourceSearch, SubjectSearch,
};
use access_engine::refusal::Refusal;
use access_engine::values::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::actor;

/// Asks everything in the name of the host, of an administrator and of a requester; each is answered or refused.
///
/// # Panics
/// Where two answers contradict each other.
pub fn ask_everything(engine: &Project, now: Timestamp) {
    for viewer in ["host", "ada", "dev"].into_iter().filter_map(actor) {
        ask_as(engine, &viewer, now);
    }
    let query = json!({"subject": {"subject": "dev"}, "action": "read",
        "resource": {"environment": "production", "path": "/payments/stripe"}});
    let query: AccessQuery = read(&query);
    let decision = engine.evaluate(&query, now);
    let is_allowed = engine.is_allowed(&query, now);
    assert_eq!(decision.decision, is_allowed, "{decision:?}");
    written(Ok(decision));
    let options: RenderOptions = read(&json!({"baseUrl": "https://access.example.com"}));
    for notice in engine.log().iter().flat_map(|commit| &commit.notices) {
        for to in &notice.to {
            if let Some(Ok(message)) = engine.message(notice, to, now) {
                written(Ok(render_notice(&message, &options)));
            }
        }
    }
}

fn ask_as(engine: &Project, viewer: &Actor, now: Timestamp) {
    written(engine.inbox(viewer, &InboxFilter::default(), now));
    written(engine.requests(viewer, &RequestFilter::default(), now));
    written(engine.grants(viewer, &GrantFilter::default(), now));
    written(engine.policies(viewer, &PolicyFilter::default(), now));
    written(engine.permissions(viewer, &PermissionFilter::default(), now));
    written(engine.delegations(viewer, &DelegationFilter::default(), now));
    written(engine.history(viewer, &HistoryFilter::default(), now));
    written(engine.analyze(viewer, now));
    written(engine.export_policies(viewer));
    for request in engine.state().requests().newest_first() {
        written(engine.explain(viewer, &request.id, now));
    }
    let draft = json!({"target": {"environment": "staging", "path": "/**"}, "actions": ["read"], "duration": "PT10M"});
    let draft: RequestDraft = read(&draft);
    written(engine.preview(viewer, &draft, now));
    if let Some(request) = engine.state().requests().newest_first().next() {
        let amendment = AmendRequest { request_id: request.id.clone(), draft };
        written(engine.preview_amendment(viewer, &amendment, now));
    }
    search(engine, viewer, now);
}

fn search(engine: &Project, viewer: &Actor, now: Timestamp) {
    let (dev, stripe) =
        (json!({"subject": "dev"}), json!({"environment": "production", "path": "/payments/stripe"}));
    let subjects: SubjectSearch = read(&json!({"action": "read", "resource": stripe}));
    written(engine.search_subjects(viewer, &subjects, now));
    let resources: ResourceSearch = read(&json!({"subject": dev, "action": "read", "resources": [stripe]}));
    written(engine.search_resources(viewer, &resources, now));
    let actions: ActionSearch = read(&json!({"subject": dev, "resource": stripe}));
    written(engine.search_actions(viewer, &actions, now));
}

fn read<T: DeserializeOwned>(input: &Value) -> T {
    read_json(&input.to_string()).expect("it can be read")
}

/// An answer has a JSON form.
fn written<T: Serialize>(answer: Result<T, Refusal>) {
    if let Ok(answer) = answer {
        serde_json::to_string(&answer).expect("an answer has a JSON form");
    }
}
