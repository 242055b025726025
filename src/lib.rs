//! The access-request engine: who may approve what, and whether a subject has access now.
//!
//! An administrator sets an [access policy](PolicyTerms) that names the eligible approvers of a sensitive folder
//! or environment, in sequential steps. A developer [asks](RequestDraft) for access; the approvers are told, may
//! shorten the duration, approve or reject; break-glass lets a listed requester go ahead with a reason. On approval
//! access is live, temporary or permanent, and [`Engine::evaluate`] says so until it ends.
//!
//! The core is pure: time is an argument, and there is no I/O. It is four functions over a [`State`](state::State):
//!
//! ```text
//! decide(state, actor, command, moment) → events or a refusal  changes nothing
//! apply(state, event)                                         cannot fail, decides nothing
//! evaluate(state, query, now)        → a decision
//! next_deadline(state)               → when time will matter next
//! ```
//!
//! [`Engine`] holds a state, [`Project`] one with its record; [`Service`] drives an engine over a [`Host`], which keeps the
//! record and delivers mail; the feature `wasm` shows that to JavaScript. `docs/ARCHITECTURE.md` says where each rule lives.
//!
//! # Examples
//! One request, from policy to access:
//! ```
//! use access_engine::json::read_json;
//! use access_engine::{
//!     AccessQuery, Actor, Command, Project, ProjectId, ReviewRequest, Seconds, SubjectId, Timestamp, Verdict,
//! };
//!
//! let mut engine = Project::new(ProjectId::try_from("acme")?);
//! let now = Timestamp::from_millis(0)?;
//! let ada = Actor::Subject(SubjectId::try_from("ada")?);
//! let dev = Actor::Subject(SubjectId::try_from("dev")?);
//! engine.run(&Actor::Host, &Command::from_json(r#"{"createProject": {"project": "acme", "administrators": [
//!     {"type": "user", "id": "ada", "name": "Ada"}]}}"#)?, now)?;
//! engine.run(&ada, &Command::from_json(r#"{"syncDirectory": {"changes": [
//!     {"upsertSubject": {"type": "user", "id": "dev", "name": "Dev"}}]}}"#)?, now)?;
//! engine.run(&ada, &Command::from_json(r#"{"createPolicy": {"name": "Payments", "actions": "all",
//!     "targets": {"environments": ["production"], "paths": ["/payments/**"]},
//!     "steps": [{"quorums": [{"required": 1, "approvers": [{"subject": "ada"}]}]}]}}"#)?, now)?;
//!
//! let asked = engine.run(&dev, &Command::from_json(r#"{"requestAccess": {"duration": "PT1H", "actions": ["read"],
//!     "target": {"environment": "production", "path": "/payments/stripe"}}}"#)?, now)?;
//! let request_id = asked.request_id.ok_or("no request")?;
//! let shown = engine.explain(&ada, &request_id, now)?;
//! assert!(shown.you.is_some_and(|you| you.approve.allowed));
//!
//! let content_hash = Some(shown.request.content_hash);
//! let approve = ReviewRequest { request_id, verdict: Verdict::Approve, content_hash, on_behalf_of: None, comment: None };
//! engine.run(&ada, &Command::ReviewRequest(approve), now)?;
//!
//! let question: AccessQuery = read_json(r#"{"subject": {"subject": "dev"}, "action": "read",
//!     "resource": {"environment": "production", "path": "/payments/stripe"}}"#)?;
//! assert!(engine.evaluate(&question, now).decision);
//! assert!(!engine.evaluate(&question, now.plus(Seconds::hours(1))).decision);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// The core does not panic, whatever it is given.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::todo,
        clippy::unwrap_used
    )
)]

pub mod json;
pub mod limits;
pub mod refusal;
pub mod resources;
pub mod values;

pub mod access;
pub mod analysis;
pub mod approval;
pub mod commands;
pub mod conditions;
pub mod delegations;
pub mod engine;
pub mod events;
pub mod grants;
pub mod import;
pub mod notices;
pub mod people;
pub mod permissions;
pub mod policies;
pub mod questions;
pub mod record;
pub mod requests;
pub mod scoped;
pub mod service;
pub mod state;
pub mod visibility;
#[cfg(feature = "wasm")]
pub mod wasm;

pub use access::{AccessQuery, Decision};
pub use commands::{Command, RequestDraft, ReviewRequest};
pub use engine::{Engine, Project};
pub use events::AccessEvent;
pub use people::Actor;
pub use policies::PolicyTerms;
pub use record::{Commit, Receipt};
pub use refusal::Refusal;
pub use requests::Verdict;
pub use resources::Resource;
pub use service::{Host, Service};
pub use values::{Action, ProjectId, Seconds, SubjectId, Timestamp};
