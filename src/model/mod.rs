//! The vocabulary: ids, time, resources, policies, requests, grants, commands, events and refusals.
//! Data and its parsing; nothing here decides.

mod answer;
mod command;
mod commit;
mod condition;
mod delegation;
mod event;
mod grant;
mod import;
mod invalid;
pub mod limits;
mod names;
mod notice;
mod permission;
mod policy;
mod question;
mod refusal;
mod request;
mod resource;
#[cfg(feature = "schema")]
mod schema;
mod subject;
mod text;
mod time;
mod unicode;
mod wire;

pub use answer::*;
pub use command::*;
pub use commit::*;
pub use condition::*;
pub use delegation::*;
pub use event::*;
pub use grant::*;
pub use import::*;
pub use invalid::*;
pub use names::*;
pub use notice::*;
pub use permission::*;
pub use policy::*;
pub use question::*;
pub use refusal::*;
pub use request::*;
pub use resource::*;
pub use subject::*;
pub use text::*;
pub use time::*;
