//! The engine for JavaScript: [`RawEngine`], behind the class `AccessEngine` of the npm package. The only place
//! that knows JavaScript.
//!
//! Nothing that JavaScript does may harm the engine. What comes in is read whole before any state is looked at;
//! whatever a callback of the host returns, throws or leaves open is settled; a trap ends as `engine_poisoned`.
//! Methods take `&self`, and no borrow outlives a call into JavaScript.

mod batch;
mod decisions;
mod engine;
mod guard;
mod host;
mod memory;
mod questions;
mod settle;
mod source;
mod values;

pub use batch::RawBatch;
pub use engine::{OpenOptions, RawEngine, engine_memory, render_notice};
pub use guard::{guarded, last_panic};
pub use memory::allocated_bytes;
