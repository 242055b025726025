//! May this subject do this now, why, and if not, how to ask.

mod decision;
mod evaluate;
mod hot;
mod opens;

pub use self::decision::{AccessQuery, Decision, DecisionReason, Requestable};
pub use self::evaluate::{evaluate, is_allowed};
pub(crate) use self::evaluate::{evaluate_by, is_allowed_by};
pub(crate) use self::hot::Hot;
pub use self::opens::{is_for, opens, opens_all};
