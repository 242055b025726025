//! What one subject may see of a project, and a read-only engine of it: a browser answers with it as the server would, and
//! learns nothing else.
//!
//! What access questions need is carried as data, and the deciding code answers from it. The lists are carried as the server
//! answered them. Each type of the data names all that it carries, so that nothing new is carried unawares.

mod carried;
mod making;
mod opened;

pub use self::carried::ScopedSnapshot;
pub use self::opened::ScopedEngine;
