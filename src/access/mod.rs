//! May this subject do this now, why, and if not, how to ask.

mod decision;
mod evaluate;
mod opens;

pub use self::decision::{AccessQuery, Decision, DecisionReason, Requestable};
pub use self::evaluate::{evaluate, is_allowed};
pub use self::opens::{is_for, opens, opens_all};
