//! The access-request engine.

pub mod matching;
pub mod model;
