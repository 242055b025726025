//! What somebody asks for, with the reviews of it and how it ended.

mod closing;
mod content;
mod request;
mod review;
mod store;

pub use self::closing::{CancelReason, Closing, GrantOrigin};
pub use self::content::{RequestContent, content_hash};
pub use self::request::{AccessRequest, Acknowledgement, BreakGlassRecord, DurationEdit};
pub use self::review::{Review, ReviewRecord, ReviewStatus, Verdict};
pub use self::store::Requests;
