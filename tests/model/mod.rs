//! The model: a state, the rules that say what a command makes of it, the generator of commands, and the comparison
//! with the engine.

pub(crate) mod access;
pub(crate) mod amending;
pub(crate) mod approval;
pub(crate) mod archive;
pub(crate) mod break_glass;
pub(crate) mod commands;
pub(crate) mod comparison;
pub(crate) mod conditions;
pub(crate) mod delegations;
pub(crate) mod directory;
pub(crate) mod drafts;
pub(crate) mod erasure;
pub(crate) mod generator;
pub(crate) mod grants;
mod patch;
pub(crate) mod people;
pub(crate) mod permissions;
pub(crate) mod policies;
pub(crate) mod record;
pub(crate) mod requests;
pub(crate) mod resources;
pub(crate) mod reviews;
pub(crate) mod runner;
pub(crate) mod saving;
pub(crate) mod shrink;
pub(crate) mod state;
pub(crate) mod tick;
