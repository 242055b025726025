//! Queries that are asked again and again, each by its number: no text is read when they are.

use std::cell::Cell;

use access_rights::{Asked, Name};
use wasm_bindgen::prelude::*;

use super::source::Answering;
use super::values::thrown;
use crate::access::AccessQuery;
use crate::limits;
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind, Timestamp};

/// Queries of one engine, numbered from 0.
#[wasm_bindgen]
pub struct RawBatch(Vec<Prepared>);

struct Prepared {
    query: AccessQuery,
    /// The numbers of its subject, action, type and environment once all have one; they never change.
    names: Cell<Option<[Name; 4]>>,
}

#[wasm_bindgen]
impl RawBatch {
    /// How many there are.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// Refuses more numbers than may be asked about at once, before they come into this memory.
    #[wasm_bindgen(js_name = checkCount)]
    pub fn check_numbers(&self, count: usize) -> Result<(), JsValue> {
        check_count(count).map_err(thrown)
    }
}

impl RawBatch {
    pub(super) fn new(queries: Vec<AccessQuery>) -> Result<Self, Refusal> {
        check_count(queries.len())?;
        Ok(Self(queries.into_iter().map(|query| Prepared { query, names: Cell::new(None) }).collect()))
    }

    /// Whether the queries of these numbers are allowed: in turn a bit each, the lowest of a byte first.
    pub(super) fn are_allowed(
        &self,
        engine: &Answering<'_>,
        numbers: &[u32],
        at: Timestamp,
    ) -> Result<Vec<u8>, Refusal> {
        let is_allowed = |number: &u32| {
            let prepared = self.0.get(*number as usize);
            let prepared = prepared.ok_or_else(|| {
                let problem =
                    format!("there is no query {number}: there are {}, counted from 0", self.0.len());
                Refusal::from(Invalid::new(InvalidKind::InvalidInput, problem).inside("numbers"))
            })?;
            prepared.is_allowed(engine, at)
        };
        let byte = |eight: &[u32]| {
            eight.iter().rev().try_fold(0, |bits: u8, number| Ok(bits << 1 | u8::from(is_allowed(number)?)))
        };
        numbers.chunks(8).map(byte).collect()
    }
}

fn check_count(count: usize) -> Result<(), Refusal> {
    if count <= limits::QUERIES_AT_ONCE {
        return Ok(());
    }
    let problem = format!("there are {count}: ask about at most {} at once", limits::QUERIES_AT_ONCE);
    Err(Invalid::new(InvalidKind::LimitExceeded, problem).into())
}

impl Prepared {
    fn is_allowed(&self, engine: &Answering<'_>, at: Timestamp) -> Result<bool, Refusal> {
        let plainly = self.names(engine).and_then(|[subject, action, kind, environment]| {
            let path = self.query.resource.resource.path.as_str();
            engine.is_plainly_allowed(subject, Asked { action, kind, environment, path, at: 0 }, at)
        });
        plainly.map_or_else(|| engine.is_allowed(&self.query, at), Ok)
    }

    fn names(&self, engine: &Answering<'_>) -> Option<[Name; 4]> {
        self.names.get().or_else(|| {
            let AccessQuery { subject, action, resource, .. } = &self.query;
            let (resource, hot) = (&resource.resource, engine.hot());
            let environment = resource.environment.as_ref().map_or("", |it| it.as_str());
            let names = [
                hot.subject(subject.as_str()),
                hot.action(action.name.as_str()),
                hot.kind(resource.kind.as_str()),
                hot.environment(environment),
            ];
            self.names.set(Some(names).filter(|names| !names.contains(&Name::UNKNOWN)));
            self.names.get()
        })
    }
}
