//! The model: a state, the rules that say what a command makes of it, the generator of commands, and the comparison
//! with the engine.

mod access;
mod approval;
mod break_glass;
mod commands;
mod comparison;
mod conditions;
mod delegations;
mod drafts;
mod generator;
mod grants;
mod people;
mod permissions;
mod policies;
mod record;
mod requests;
mod resources;
mod reviews;
pub(crate) mod runner;
mod shrink;
mod state;
mod tick;
