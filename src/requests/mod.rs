//! What somebody asks for, with the reviews of it and how it ended.

mod closing;
mod content;
mod request;
mod review;
mod store;

pub use self::closing::{CancelReason, Closing, Origin};
pub use self::content::{RequestContent, content_hash};
pub use self::request::{AccessRequest, Acknowledgement, BreakGlassRecord, DurationEdit};
pub use self::review::{Review, ReviewRecord, Standing, Verdict};
pub use self::store::Requests;
