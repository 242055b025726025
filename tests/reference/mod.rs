//! The reference model, the generator, and the comparison with the engine.

mod approvers;
mod asking;
mod breaking;
mod chance;
mod checks;
mod clauses;
mod comparison;
mod conditions;
mod delegations;
mod directory;
mod generator;
mod grants;
mod inputs;
mod model;
mod patterns;
mod permissions;
mod policies;
mod requests;
mod reviews;
pub(crate) mod runner;
mod shrink;
mod state;
mod ticks;
