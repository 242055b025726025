//! The vocabulary: ids, time, resources, policies, requests, grants, commands, events and refusals.
//! Data and its parsing; nothing here decides.

mod answer;
mod command;
mod commit;
mod condition;
mod delegation;
mod event;
mod gather;
mod grant;
mod import;
mod invalid;
mod json;
pub mod limits;
mod names;
mod notice;
mod permission;
mod policy;
mod question;
mod reader;
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
mod writer;

pub use crate::sorted::SortedMap;
pub use answer::*;
pub use command::*;
pub use commit::*;
pub use condition::*;
pub use delegation::*;
pub use event::*;
pub(crate) use gather::{gather, in_order};
pub use grant::*;
pub use import::*;
pub use invalid::*;
pub use json::Json;
pub use names::*;
pub use notice::*;
pub use permission::*;
pub use policy::*;
pub use question::*;
pub use reader::{parse_input, read_input, read_json, read_value};
pub use refusal::*;
pub use request::*;
pub use resource::*;
pub use subject::*;
pub use text::*;
pub use time::*;
pub(crate) use unicode::folded;
pub use writer::write_json;
