//! "May this subject do this?", one by one and many at once.

use access_rights::{Asked, Name};
use wasm_bindgen::prelude::*;

use super::batch::RawBatch;
use super::engine::RawEngine;
use super::values::{read, thrown, timestamp, to_js};
use crate::access::{AccessQuery, Hot};
use crate::limits;
use crate::resources::Resource;
use crate::values::{Action, Attributes, Environment, SubjectId};

#[wasm_bindgen]
impl RawEngine {
    /// May this subject do this? The query is JSON.
    #[wasm_bindgen(unchecked_return_type = "Decision")]
    pub fn evaluate(&self, query: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (query, at) = (read("query", query)?, self.at(at)?);
        let decision = self.answering()?.evaluate(&query, at);
        to_js(&decision.map_err(thrown)?)
    }

    /// The same as [`RawEngine::evaluate`] in less time, as JSON, of a query that is five texts: subject, action, type,
    /// environment (none where it is empty) and path, a NUL between them. Nothing where that is no query.
    #[wasm_bindgen(js_name = evaluatePlainly)]
    pub fn evaluate_plainly(&self, query: &str, at: f64) -> Option<String> {
        let mut texts = query.split('\0');
        let mut next = || texts.next();
        let [subject, action, kind, environment, path] = [next()?, next()?, next()?, next()?, next()?];
        // A lone surrogate has become that on its way.
        if next().is_some() || query.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        let environment = Some(environment).filter(|name| !name.is_empty()).map(Environment::try_from);
        let resource = Resource {
            kind: kind.try_into().ok()?,
            environment: environment.transpose().ok()?,
            path: path.try_into().ok()?,
        };
        let query = AccessQuery {
            subject: (&SubjectId::try_from(subject).ok()?).into(),
            action: Action::try_from(action).ok()?.into(),
            resource: resource.into(),
            context: Attributes::default(),
        };
        let decision = self.answering().ok()?.evaluate(&query, timestamp(at).ok()?).ok()?;
        serde_json::to_string(&decision).ok()
    }

    /// Answers many queries (JSON) as of one instant.
    #[wasm_bindgen(js_name = evaluateAll, unchecked_return_type = "Decision[]")]
    pub fn evaluate_all(&self, queries: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (queries, at) = (read::<Vec<_>>("queries", queries)?, self.at(at)?);
        let decisions: Result<Vec<_>, _> = {
            let engine = self.answering()?;
            queries.iter().map(|query| engine.evaluate(query, at)).collect()
        };
        to_js(&decisions.map_err(thrown)?)
    }

    /// Where [`RawEngine::is_allowed`] reads the path.
    pub fn scratch(&self) -> *const u8 {
        self.0.scratch.start()
    }

    /// How many bytes fit.
    #[wasm_bindgen(js_name = scratchSize)]
    pub fn scratch_size(&self) -> usize {
        self.0.scratch.size()
    }

    /// The number of a subject for [`RawEngine::is_allowed`]; -1 as long as there is no such subject. It never changes.
    #[wasm_bindgen(js_name = subjectNumber)]
    pub fn subject_number(&self, id: &str) -> Result<f64, JsValue> {
        self.number(id, Hot::subject)
    }

    /// The same of an action.
    #[wasm_bindgen(js_name = actionNumber)]
    pub fn action_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::action)
    }

    /// The same of a type.
    #[wasm_bindgen(js_name = typeNumber)]
    pub fn kind_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::kind)
    }

    /// The same of an environment; the empty text is none.
    #[wasm_bindgen(js_name = environmentNumber)]
    pub fn environment_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::environment)
    }

    /// May this subject do this? 1: yes, 0: no, 2: not answered here, ask `evaluate`.
    ///
    /// Nothing is allocated and no object crosses: names are numbers, and the path, all of ASCII, has been written to the
    /// scratch. What is not plainly acceptable or depends on a condition is left to `evaluate`.
    #[wasm_bindgen(js_name = isAllowed)]
    pub fn is_allowed(
        &self,
        subject: u32,
        action: u32,
        kind: u32,
        environment: u32,
        path_length: u32,
        at: f64,
    ) -> u8 {
        let ask = || {
            let at = timestamp(at).ok()?;
            let engine = self.answering().ok()?;
            let [subject, action, kind, environment] =
                [subject, action, kind, environment].map(Name::numbered);
            let path = &*self.0.scratch.path(path_length, limits::PATH_SEGMENTS)?;
            engine.is_plainly_allowed(subject, Asked { action, kind, environment, path, at: 0 }, at)
        };
        ask().map_or(2, u8::from)
    }

    /// Queries (JSON) that are to be asked again and again.
    pub fn batch(&self, queries: &str) -> Result<RawBatch, JsValue> {
        RawBatch::new(read("queries", queries)?).map_err(thrown)
    }

    /// Whether those of a batch with these numbers are allowed, a bit each, the lowest of a byte first.
    #[wasm_bindgen(js_name = areAllowed)]
    pub fn are_allowed(
        &self,
        batch: &RawBatch,
        numbers: &[u32],
        at: Option<f64>,
    ) -> Result<Vec<u8>, JsValue> {
        let at = self.at(at)?;
        batch.are_allowed(&self.answering()?, numbers, at).map_err(thrown)
    }
}

impl RawEngine {
    /// Of a text that may have lost a lone surrogate on its way nothing is known.
    fn number(&self, text: &str, of: fn(&Hot, &str) -> Name) -> Result<f64, JsValue> {
        let number = of(self.answering()?.hot(), text);
        let is_known = number != Name::UNKNOWN && !text.contains(char::REPLACEMENT_CHARACTER);
        Ok(if is_known { f64::from(number.number()) } else { -1.0 })
    }
}
