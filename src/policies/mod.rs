//! Access policies.

mod store;

pub use store::Policies;
