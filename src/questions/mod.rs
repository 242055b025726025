//! What people and hosts ask, a file each: synchronous, without side effects, about the current state with the clock at
//! `at`. Built by the code that decides: whether somebody can do something is found by deciding it.

mod ability;
mod archive;
mod bundle;
mod cursor;
mod delegations;
mod explain;
mod fitting;
mod grants;
mod history;
mod holdings;
mod inbox;
mod lasting;
mod page;
mod people;
mod permissions;
mod place;
mod policies;
mod preview;
mod requests;
mod search;
mod simulate;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod walk;

pub use self::ability::Ability;
pub(crate) use self::ability::{ability, some_text};
pub use self::bundle::{BundleStatus, BundleView};
pub use self::cursor::Cursor;
pub use self::delegations::{DelegationFilter, DelegationView};
pub use self::explain::Explanation;
pub use self::grants::{GrantFilter, GrantView};
pub use self::history::{HistoryEntry, HistoryFilter};
pub use self::holdings::{HeldGrant, HeldPermission, Holdings};
pub use self::inbox::{InboxFilter, InboxItem, InboxTask};
pub use self::page::{ManagedPage, Order, Page, PageSize, Stateless};
pub use self::permissions::{PermissionFilter, PermissionView};
pub use self::policies::{PolicyFilter, PolicyView};
pub use self::preview::{Preview, PreviewQuorum, PreviewStep, Rival, RivalReason};
pub use self::requests::{RequestFilter, RequestView};
pub use self::search::{ActionSearch, ResourceSearch, SubjectSearch};
pub use self::simulate::{SimulatedCommand, SimulatedOutcome, Simulation, StuckRequest};
pub use self::walk::RecordPage;
