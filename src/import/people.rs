use std::collections::{BTreeMap, BTreeSet};

use super::foreign::ForeignPrincipal;
use crate::directory::Directory;
use crate::model::{GroupId, Principal, Refusal, SubjectId};

/// The directory, by id and by address.
pub(crate) struct People<'a> {
    directory: &'a Directory,
    /// Who is active, by address in lower case.
    by_address: BTreeMap<String, BTreeSet<SubjectId>>,
}

impl<'a> People<'a> {
    /// The people of a directory.
    pub(crate) fn of(directory: &'a Directory) -> Self {
        let mut by_address: BTreeMap<String, BTreeSet<SubjectId>> = BTreeMap::new();
        for subject in directory.subjects().filter(|subject| !subject.disabled) {
            if let Some(email) = &subject.email {
                by_address.entry(email.as_str().to_lowercase()).or_default().insert(subject.id.clone());
            }
        }
        Self { directory, by_address }
    }

    /// Who is meant: a group by its id; a user by id, else by an e-mail address that is the username.
    ///
    /// # Errors
    /// `unknown_group`, `unknown_subject`, `ambiguous_subject`.
    pub(super) fn find(&self, given: &ForeignPrincipal<'_>) -> Result<Principal, Refusal> {
        if given.is_group {
            let id = GroupId::try_from(given.id)?;
            let is_known = self.directory.group(&id).is_some();
            return if is_known {
                Ok(Principal::Group { id })
            } else {
                Err(Refusal::UnknownGroup { group_id: id })
            };
        }
        let by_id = SubjectId::try_from(given.id).ok();
        if let Some(id) = by_id.filter(|id| self.directory.subject(id).is_some()) {
            return Ok(Principal::Subject { id });
        }
        let name = if given.username.is_empty() { given.id } else { given.username };
        let mut found = self.by_address.get(&name.to_lowercase()).into_iter().flatten().cloned();
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(Principal::Subject { id }),
            (Some(one), Some(other)) => {
                let subject_ids = [one, other].into_iter().chain(found).collect();
                Err(Refusal::AmbiguousSubject { email: name.to_owned(), subject_ids })
            }
            (None, _) => Err(Refusal::UnknownSubject { subject_id: SubjectId::try_from(name)? }),
        }
    }
}
