//! What stands behind an engine: a project with its record, or what a snapshot carries of one.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use access_rights::{Asked, Name};

use super::host::JsHost;
use crate::access::{AccessQuery, Decision, Hot};
use crate::engine::Engine;
use crate::record::Head;
use crate::refusal::Refusal;
use crate::scoped::ScopedEngine;
use crate::service::Service;
use crate::values::Timestamp;

/// Where answers come from.
pub(super) enum Source {
    Record(Box<Service<Rc<JsHost>>>),
    Snapshot(Box<RefCell<ScopedEngine>>),
}

/// What answers, while nothing changes.
pub(super) enum Answering<'s> {
    Whole(Ref<'s, Engine>),
    Scoped(Ref<'s, ScopedEngine>),
}

impl Source {
    /// What commands go to, and the record is read by.
    ///
    /// # Errors
    /// `read_only`.
    pub(super) fn service(&self) -> Result<&Service<Rc<JsHost>>, Refusal> {
        match self {
            Self::Record(service) => Ok(service),
            Self::Snapshot(_) => Err(Refusal::ReadOnly),
        }
    }

    /// What a newer snapshot is for.
    pub(super) fn scoped(&self) -> Option<&RefCell<ScopedEngine>> {
        match self {
            Self::Record(_) => None,
            Self::Snapshot(scoped) => Some(scoped),
        }
    }

    pub(super) fn answering(&self) -> Result<Answering<'_>, Refusal> {
        match self {
            Self::Record(service) => service.engine().map(Answering::Whole),
            Self::Snapshot(scoped) => Ok(Answering::Scoped(scoped.borrow())),
        }
    }
}

impl Answering<'_> {
    /// What knows everything.
    ///
    /// # Errors
    /// `not_in_snapshot`.
    pub(super) fn whole(&self) -> Result<&Engine, Refusal> {
        match self {
            Self::Whole(engine) => Ok(engine),
            Self::Scoped(_) => Err(Refusal::NotInSnapshot),
        }
    }

    pub(super) fn head(&self) -> Head {
        match self {
            Self::Whole(engine) => engine.head(),
            Self::Scoped(scoped) => scoped.head(),
        }
    }

    pub(super) fn next_wake_at(&self) -> Option<Timestamp> {
        match self {
            Self::Whole(engine) => engine.next_wake_at(),
            Self::Scoped(scoped) => scoped.next_wake_at(),
        }
    }

    pub(super) fn hot(&self) -> &Hot {
        match self {
            Self::Whole(engine) => engine.hot(),
            Self::Scoped(scoped) => scoped.hot(),
        }
    }

    pub(super) fn evaluate(&self, query: &AccessQuery, at: Timestamp) -> Result<Decision, Refusal> {
        match self {
            Self::Whole(engine) => Ok(engine.evaluate(query, at)),
            Self::Scoped(scoped) => scoped.evaluate(query, at),
        }
    }

    pub(super) fn is_allowed(&self, query: &AccessQuery, at: Timestamp) -> Result<bool, Refusal> {
        match self {
            Self::Whole(engine) => Ok(engine.is_allowed(query, at)),
            Self::Scoped(scoped) => scoped.is_allowed(query, at),
        }
    }

    pub(super) fn is_plainly_allowed(&self, subject: Name, asked: Asked<'_>, at: Timestamp) -> Option<bool> {
        match self {
            Self::Whole(engine) => engine.is_plainly_allowed(subject, asked, at),
            Self::Scoped(scoped) => scoped.is_plainly_allowed(subject, asked, at),
        }
    }
}
