//! What the fuzz targets share: a company with a history, stories told to it line by line, every question, and a way to
//! change JSON.

mod mutation;
mod questions;
mod story;

pub use mutation::mutate_json;
pub use questions::ask_everything;
pub use story::{Story, actor, replayed};
