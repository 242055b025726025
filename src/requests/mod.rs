//! Access requests.

mod store;

pub use store::Requests;
