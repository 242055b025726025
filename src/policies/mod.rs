//! Access policies: who must approve access to what, and which of them governs where.

mod asking;
mod claim;
mod conflict;
mod exclusion;
mod governing;
#[cfg(test)]
mod laws;
mod rulings;
mod saving;
#[cfg(feature = "schema")]
mod schema;
mod specificity;
mod stated;
mod step;
mod store;
mod terms;

pub use self::asking::may_ask;
pub use self::claim::{Candidate, Claim, governing, governing_all};
pub use self::conflict::conflict;
pub use self::exclusion::{Exclusion, exclusions, nothing_remains, remains};
pub use self::governing::{Governance, covers_all, govern, governing_policy, governs_some, touches};
pub(crate) use self::governing::{leaves_in, prevails};
pub(crate) use self::rulings::{Part, Ruling, closed, left_in, prevailing};
pub(crate) use self::saving::check_known;
pub use self::saving::check_policy;
pub use self::specificity::Specificity;
pub use self::stated::Stated;
pub(crate) use self::stated::principals;
pub use self::step::{Approver, Escalation, Quorum, Required, Step};
pub use self::store::Policies;
pub(crate) use self::store::PolicyVersion;
pub use self::terms::{BreakGlassTerms, Policy, PolicyTerms, RequestTtl, Requirement};
