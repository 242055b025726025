//! The time-bound rights that approvals and broken glass give.

mod grant;
mod life;
mod store;

pub use self::grant::{EndReason, Grant, GrantEnd};
pub use self::life::{approved, broken_glass, ends_soon_at, status};
pub use self::store::Grants;
