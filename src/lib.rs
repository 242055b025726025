//! The access-request engine.

mod apply;
pub mod approval;
pub mod audit;
pub mod decide;
pub mod directory;
pub mod engine;
pub mod evaluate;
pub mod governance;
pub mod grants;
pub mod matching;
pub mod model;
pub mod notices;
pub mod policy_rules;
pub mod service;
pub mod state;
pub mod visibility;

pub use engine::Engine;
pub use apply::{apply, apply_commit};
