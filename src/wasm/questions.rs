//! What is asked about requests, grants, policies and the record.

use std::rc::Rc;

use js_sys::Promise;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::engine::RawEngine;
use super::host::JsHost;
use super::source::Answering;
use super::values::{read, thrown, to_js};
use crate::engine::{Engine, Told};
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::scoped::ScopedEngine;
use crate::service::Service;
use crate::values::Timestamp;

#[wasm_bindgen]
impl RawEngine {
    /// What would become of a draft. Actor and draft are JSON.
    #[wasm_bindgen(unchecked_return_type = "Preview")]
    pub fn preview(&self, actor: &str, draft: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("draft", draft), at, Engine::preview)
    }

    /// What would become of a request that is amended. Actor and amendment are JSON.
    #[wasm_bindgen(js_name = previewAmendment, unchecked_return_type = "Preview")]
    pub fn preview_amendment(
        &self,
        actor: &str,
        amendment: &str,
        at: Option<f64>,
    ) -> Result<JsValue, JsValue> {
        self.ask(actor, ("", amendment), at, Engine::preview_amendment)
    }

    /// How a request stands. Actor and id are JSON.
    #[wasm_bindgen(unchecked_return_type = "Explanation")]
    pub fn explain(&self, actor: &str, request_id: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("requestId", request_id), at, Engine::explain, ScopedEngine::explain)
    }

    /// What waits for the actor. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<InboxItem, InboxTask>")]
    pub fn inbox(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::inbox, ScopedEngine::inbox)
    }

    /// Requests that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<RequestView, RequestStatus>")]
    pub fn requests(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::requests, ScopedEngine::requests)
    }

    /// Grants that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<GrantView, GrantStatus>")]
    pub fn grants(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::grants, ScopedEngine::grants)
    }

    /// Policies. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "ManagedPage<PolicyView>")]
    pub fn policies(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::policies, ScopedEngine::policies)
    }

    /// What commands would bring about. Actor and commands are JSON.
    #[wasm_bindgen(unchecked_return_type = "Simulation")]
    pub fn simulate(&self, actor: &str, commands: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("commands", commands), at, Engine::simulate)
    }

    /// What is wrong before anybody runs into it. The actor is JSON.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn analyze(&self, actor: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (actor, at) = self.asker(actor, at)?;
        let findings = self.answering()?.whole().map_err(thrown)?.analyze(&actor, at);
        to_js(&findings.map_err(thrown)?)
    }

    /// What became of a bundle. Actor and id are JSON.
    #[wasm_bindgen(unchecked_return_type = "BundleView")]
    pub fn bundle(&self, actor: &str, bundle_id: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("bundleId", bundle_id), at, Engine::bundle)
    }

    /// Who may do this. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchSubjects, unchecked_return_type = "Page<Person, Stateless>")]
    pub fn search_subjects(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_subjects)
    }

    /// On which resources a subject may do this. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchResources, unchecked_return_type = "Page<Resource, Stateless>")]
    pub fn search_resources(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_resources)
    }

    /// What a subject may do here. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchActions, unchecked_return_type = "Page<Action, Stateless>")]
    pub fn search_actions(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_actions)
    }

    /// Delegations that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<DelegationView, GrantStatus>")]
    pub fn delegations(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("filter", filter), at, Engine::delegations)
    }

    /// Standing permissions that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "ManagedPage<PermissionView>")]
    pub fn permissions(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("filter", filter), at, Engine::permissions)
    }

    /// What would become of foreign policies. The actor is JSON; the policies are it too, at most 1 MiB.
    #[wasm_bindgen(js_name = importPolicies, unchecked_return_type = "ImportReport")]
    pub fn import_policies(&self, actor: &str, policies: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (actor, at) = self.asker(actor, at)?;
        let report = self.answering()?.whole().map_err(thrown)?.import_policies(&actor, policies, at);
        to_js(&report.map_err(thrown)?)
    }

    /// The live policies, as `createPolicies` takes them. The actor is JSON.
    #[wasm_bindgen(js_name = exportPolicies, unchecked_return_type = "PolicyExport")]
    pub fn export_policies(&self, actor: &str) -> Result<JsValue, JsValue> {
        let actor = read("actor", actor)?;
        let export = self.answering()?.whole().map_err(thrown)?.export_policies(&actor);
        to_js(&export.map_err(thrown)?)
    }

    /// Entries of the record that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Promise<RecordPage<HistoryEntry>>")]
    pub fn history(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::history)
    }

    /// Archived requests that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(js_name = archivedRequests, unchecked_return_type = "Promise<RecordPage<RequestView>>")]
    pub fn archived_requests(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::archived_requests)
    }

    /// Archived grants that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(js_name = archivedGrants, unchecked_return_type = "Promise<RecordPage<GrantView>>")]
    pub fn archived_grants(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::archived_grants)
    }
}

impl RawEngine {
    fn ask<M: DeserializeOwned, A: Serialize>(
        &self,
        actor: &str,
        (name, matter): (&str, &str),
        at: Option<f64>,
        question: impl FnOnce(&Engine, &Actor, &M, Timestamp) -> Result<A, Refusal>,
    ) -> Result<JsValue, JsValue> {
        let ((actor, at), matter) = (self.asker(actor, at)?, read(name, matter)?);
        let answer = self.answering()?.whole().and_then(|engine| question(engine, &actor, &matter, at));
        to_js(&answer.map_err(thrown)?)
    }

    /// The same of what a snapshot carries answers to.
    fn ask_either<M: DeserializeOwned, A: Serialize>(
        &self,
        actor: &str,
        (name, matter): (&str, &str),
        at: Option<f64>,
        question: impl FnOnce(&Engine, &Actor, &M, Timestamp) -> Result<A, Refusal>,
        carried: impl FnOnce(&ScopedEngine, &Actor, &M, Timestamp) -> Result<Value, Refusal>,
    ) -> Result<JsValue, JsValue> {
        let ((actor, at), matter) = (self.asker(actor, at)?, read(name, matter)?);
        let answer = match self.answering()? {
            Answering::Whole(engine) => question(&engine, &actor, &matter, at).map(Ok),
            Answering::Scoped(scoped) => carried(&scoped, &actor, &matter, at).map(Err),
        };
        match answer.map_err(thrown)? {
            Ok(answer) => to_js(&answer),
            Err(carried) => to_js(&carried),
        }
    }

    /// Asks what the record is read for.
    fn look_up<F: DeserializeOwned + 'static, A: Serialize>(
        &self,
        actor: &str,
        filter: &str,
        at: Option<f64>,
        question: impl AsyncFnOnce(Told, &Service<Rc<JsHost>>, &Actor, &F) -> Result<A, Refusal> + 'static,
    ) -> Promise {
        let read_all = || {
            let ((actor, at), filter) = (self.asker(actor, at)?, read("filter", filter)?);
            let engine = self.0.service()?.engine().map_err(thrown)?;
            Ok((engine.told_at(at), actor, filter))
        };
        let asked: Result<_, JsValue> = read_all();
        self.run(async move |shared| {
            let (told, actor, filter) = asked?;
            shared.answer(question(told, shared.service()?, &actor, &filter).await)
        })
    }

    /// Who asks a question, and about which instant.
    fn asker(&self, actor: &str, at: Option<f64>) -> Result<(Actor, Timestamp), JsValue> {
        Ok((read("actor", actor)?, self.at(at)?))
    }
}
