//! What everything is made of: ids, names, texts, time. Parsed once, never decided; a value that exists is valid.

mod access_duration;
mod attributes;
mod contact;
pub(crate) mod duration;
mod ids;
mod invalid;
mod list;
mod names;
mod property;
mod seconds;
mod shared;
mod status;
mod text;
mod time;
mod unicode;
pub(crate) mod work;

pub use self::access_duration::AccessDuration;
pub use self::attributes::{AttributeValue, Attributes};
pub use self::contact::{Email, TicketUrl};
pub(crate) use self::contact::{is_https, is_plain_address};
pub use self::ids::{
    BundleId, DelegationId, GrantId, GroupId, IdempotencyKey, NoticeId, PermissionId, PersonId, PolicyId,
    ProjectId, RequestId, SubjectId,
};
pub use self::invalid::{Invalid, InvalidKind};
pub(crate) use self::invalid::{place_inside, shown};
pub use self::list::AtMost;
pub use self::names::{Action, Environment, Name, Person, PolicyName, ResourceType};
pub use self::property::{Properties, PropertyValue, SafeInteger, Scalar};
pub use self::seconds::Seconds;
pub(crate) use self::shared::{Index, Map, Set};
pub use self::status::{GrantStatus, RequestStatus};
pub use self::text::Text;
pub use self::time::Timestamp;
pub(crate) use self::unicode::{is_format, is_nfc};
