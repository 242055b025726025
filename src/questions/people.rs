use crate::limits;
use crate::state::State;
use crate::values::{Person, SubjectId};

/// The first of some people, as many as an answer lists, and how many they are in all.
pub(super) fn first_people<'i>(
    state: &State,
    ids: impl IntoIterator<Item = &'i SubjectId>,
) -> (Vec<Person>, u32) {
    let (mut first, mut count) = (Vec::new(), 0_u32);
    for id in ids {
        count = count.saturating_add(1);
        if first.len() < limits::PEOPLE_LISTED {
            first.push(state.directory().person(id));
        }
    }
    (first, count)
}
