use std::collections::BTreeSet;

use super::directory::Directory;
use super::group::Principal;
use crate::values::{GroupId, SubjectId};

/// A subject with all groups around it, looked up once.
#[derive(Debug)]
pub struct Member<'a> {
    pub(crate) directory: &'a Directory,
    /// Whose id.
    pub id: &'a SubjectId,
    /// All groups that it belongs to, directly or not.
    pub groups: BTreeSet<&'a GroupId>,
}

impl<'a> Member<'a> {
    pub(super) fn new(directory: &'a Directory, id: &'a SubjectId) -> Self {
        Self { directory, id, groups: directory.groups_around(&id.into()) }
    }

    /// Whether it belongs to a group, directly or not.
    pub fn is_in(&self, group: &GroupId) -> bool {
        self.groups.contains(group)
    }

    /// Whether the principal is the subject, or a group that it belongs to.
    pub fn is_behind(&self, principal: &Principal) -> bool {
        match principal {
            Principal::Subject(id) => id == self.id,
            Principal::Group(id) => self.is_in(id),
        }
    }
}
