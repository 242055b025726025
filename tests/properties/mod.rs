//! The properties by what they are about, the stories, and the model.

mod access;
mod approvals;
mod model;
mod order;
mod questions;
mod record;
mod requests;
mod runner;
mod world;
