//! Who is who: subjects, groups, administrators, and who sends a command.

mod actor;
mod directory;
mod group;
mod subject;

pub use self::actor::{Actor, SubjectRef};
pub use self::directory::Directory;
pub use self::group::{Group, Principal};
pub use self::subject::{Subject, SubjectType};
