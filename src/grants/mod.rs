//! The time-bound rights that approvals and broken glass give.

mod life;
mod store;

pub use life::{approved, broken_glass, ends_soon_at, status};
pub use store::Grants;
