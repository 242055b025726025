use super::foreign::ForeignPrincipal;
use crate::directory::Directory;
use crate::model::{GroupId, Principal, Refusal, SubjectId};

/// Who is meant: a group by its id; a user by id, else the active subject whose e-mail address is the username.
///
/// # Errors
/// `unknown_group`, `unknown_subject`, `ambiguous_subject`.
pub(super) fn find(directory: &Directory, given: &ForeignPrincipal<'_>) -> Result<Principal, Refusal> {
    if given.is_group {
        let id = GroupId::try_from(given.id)?;
        let is_known = directory.group(&id).is_some();
        return if is_known {
            Ok(Principal::Group { id })
        } else {
            Err(Refusal::UnknownGroup { group_id: id })
        };
    }
    let by_id = SubjectId::try_from(given.id).ok();
    if let Some(id) = by_id.filter(|id| directory.subject(id).is_some()) {
        return Ok(Principal::Subject { id });
    }
    let name = given.name();
    let mut subject_ids = Vec::new();
    for subject in directory.active_subjects() {
        if subject.email.as_ref().is_some_and(|email| email.as_str().eq_ignore_ascii_case(name)) {
            subject_ids.push(subject.id.clone());
        }
    }
    match subject_ids.as_slice() {
        [] => Err(Refusal::UnknownSubject { subject_id: SubjectId::try_from(name)? }),
        [id] => Ok(Principal::Subject { id: id.clone() }),
        _ => Err(Refusal::AmbiguousSubject { email: name.to_owned(), subject_ids }),
    }
}
