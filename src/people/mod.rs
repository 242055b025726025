//! Who is who: subjects, groups, administrators, and who sends a command.

mod actor;
mod client;
mod directory;
mod group;
mod member;
mod moment;
mod personal;
mod subject;
mod written;

pub use self::actor::{Actor, SubjectRef};
pub use self::client::Client;
pub use self::directory::Directory;
pub use self::group::{Group, KnownGroup, Principal};
pub use self::member::Member;
pub use self::moment::{Chance, Moment};
pub use self::personal::{Commitment, Disclosure, Erasable, Owners, Personal, Salt, Salts, Visit};
pub use self::subject::{KnownSubject, Subject, SubjectType};
pub use self::written::Written;
