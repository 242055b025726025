//! The vocabulary: ids, time, resources, policies, requests, grants, commands, events and refusals.
//! Data and its parsing; nothing here decides.

mod invalid;
mod names;
mod resource;

pub use invalid::*;
pub use names::*;
pub use resource::*;
