//! The invariants by what they are about, and the stories that they are held against.

mod access;
mod approvals;
mod archive;
mod history;
mod misfits;
mod order;
mod people;
mod questions;
mod record;
mod remedies;
mod requests;
mod runner;
mod scoped;
mod stories;
