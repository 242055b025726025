use std::collections::BTreeMap;

use super::foreign::{ForeignPolicy, ForeignPrincipal};
use crate::people::{Directory, Principal};
use crate::refusal::Refusal;
use crate::values::{GroupId, SubjectId};

/// Whom the policies of an import name.
pub(super) struct People<'a> {
    directory: &'a Directory,
    /// Who has which address, in small letters: of the addresses that the policies name.
    by_address: BTreeMap<String, Vec<SubjectId>>,
}

impl<'a> People<'a> {
    /// Looks once through the directory for all who may be meant by their address.
    pub(super) fn of<'p>(
        policies: impl Iterator<Item = &'p ForeignPolicy>,
        directory: &'a Directory,
    ) -> Self {
        let mut by_address = BTreeMap::default();
        for given in policies.flat_map(|policy| policy.approvers.iter().chain(&policy.bypassers)) {
            if !given.is_group() && by_id(directory, given).is_none() {
                by_address.entry(given.name().to_ascii_lowercase()).or_default();
            }
        }
        let is_anybody_addressed = !by_address.is_empty();
        let addressed = directory.active_subjects().filter(|_| is_anybody_addressed);
        for (subject, email) in addressed.filter_map(|subject| Some((subject, subject.email.as_ref()?))) {
            if let Some(people) = by_address.get_mut(email.as_str().to_ascii_lowercase().as_str()) {
                Vec::push(people, subject.id.clone());
            }
        }
        Self { directory, by_address }
    }

    /// Who is meant: a group by its id; a user by id, else the active subject whose e-mail address is the username.
    ///
    /// # Errors
    /// `unknown_group`, `unknown_subject`, `ambiguous_subject`.
    pub(super) fn find(&self, given: &ForeignPrincipal) -> Result<Principal, Refusal> {
        if given.is_group() {
            let id = GroupId::try_from(given.id())?;
            let is_known = self.directory.group(&id).is_some();
            return if is_known {
                Ok(Principal::Group(id))
            } else {
                Err(Refusal::UnknownGroup { group_id: id })
            };
        }
        if let Some(id) = by_id(self.directory, given) {
            return Ok(Principal::Subject(id));
        }
        let name = given.name();
        match self.by_address.get(name.to_ascii_lowercase().as_str()).map_or(&[][..], Vec::as_slice) {
            [] => Err(Refusal::UnknownSubject { subject_id: SubjectId::try_from(name)? }),
            [id] => Ok(Principal::Subject(id.clone())),
            several => {
                Err(Refusal::AmbiguousSubject { email: name.to_owned(), subject_ids: several.to_vec() })
            }
        }
    }
}

/// The subject with the id that is given.
fn by_id(directory: &Directory, given: &ForeignPrincipal) -> Option<SubjectId> {
    SubjectId::try_from(given.id()).ok().filter(|id| directory.knows(&id.into()))
}
