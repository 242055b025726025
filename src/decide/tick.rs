use super::shared::ended;
use crate::model::{AccessEvent, Actor, EndReason, GrantEndingSoon, RequestExpired, Timestamp};
use crate::state::{Deadline, Due, State};

/// Everything that is due at `now`, each at its due time: by time, then expiries, ends and warnings, then by id.
pub fn decide_tick(state: &State, now: Timestamp) -> Vec<AccessEvent> {
    let due = state.deadlines.iter().take_while(|deadline| deadline.at <= now);
    due.filter_map(|deadline| fallen_due(state, deadline)).collect()
}

fn fallen_due(state: &State, deadline: &Deadline) -> Option<AccessEvent> {
    let at = deadline.at;
    Some(match &deadline.due {
        Due::RequestExpires(id) => AccessEvent::RequestExpired(RequestExpired { request_id: id.clone(), at }),
        Due::GrantEnds(id) => ended(state.grant(id)?, at, &Actor::Clock, EndReason::Expired, None),
        Due::GrantEndsSoon(id) => AccessEvent::GrantEndingSoon(GrantEndingSoon { grant_id: id.clone(), at }),
    })
}

/// When the next tick is worth calling, if anything is ever due.
pub fn next_deadline(state: &State) -> Option<Timestamp> {
    state.deadlines.first().map(|deadline| deadline.at)
}
