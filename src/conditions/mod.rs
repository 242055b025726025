//! What must be so of a subject, a resource, an action or a context, and whether it is.

mod condition;
mod facts;

pub use self::condition::{Attribute, Comparison, Condition, RequesterCondition, Test};
pub use self::facts::{Deed, Facts, holds};
