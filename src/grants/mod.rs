//! The time-bound rights that approvals and broken glass give.

mod grant;
mod life;
mod store;

pub use self::grant::{EndReason, Grant, GrantEnd};
pub use self::life::{ends_soon_at, of_approval, of_break_glass, status};
pub use self::store::Grants;
