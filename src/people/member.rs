use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::directory::Directory;
use super::group::Principal;
use crate::values::{GroupId, SubjectId};

/// A subject with all groups around it, which are looked up once, when it is first asked about one.
#[derive(Debug)]
pub struct Member<'a> {
    directory: &'a Directory,
    /// Whose id.
    pub id: &'a SubjectId,
    around: OnceCell<BTreeSet<&'a GroupId>>,
}

impl<'a> Member<'a> {
    pub(super) fn new(directory: &'a Directory, id: &'a SubjectId) -> Self {
        Self { directory, id, around: OnceCell::new() }
    }

    /// All groups that it belongs to, directly or not.
    pub fn groups(&self) -> &BTreeSet<&'a GroupId> {
        self.around.get_or_init(|| self.directory.groups_around(&self.id.into()))
    }

    /// Whether it belongs to a group, directly or not.
    pub fn is_in(&self, group: &GroupId) -> bool {
        self.groups().contains(group)
    }

    /// Whether the principal is the subject, or a group that it belongs to.
    pub fn is_behind(&self, principal: &Principal) -> bool {
        match principal {
            Principal::Subject(id) => id == self.id,
            Principal::Group(id) => self.is_in(id),
        }
    }
}
