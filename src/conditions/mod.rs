//! What must be so of a subject, a resource, an action or a context, and whether it is.

mod attribute;
mod compiler;
mod condition;
mod deed;
mod facts;
mod glob;
#[cfg(test)]
mod laws;
mod outcome;
mod test;

pub use self::attribute::Attribute;
pub use self::condition::{Condition, RequesterCondition};
pub use self::deed::{Deed, DescribedAction, DescribedResource};
pub use self::facts::Facts;
pub use self::glob::Glob;
pub use self::outcome::holds;
pub use self::test::{Operand, Operator, Test};
