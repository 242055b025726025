//! What people are called and wrote, and whose it is (`erase.*`).

use access_engine::commands::{Command, DirectoryChange, Erase};
use access_engine::people::{Actor, Erasable, Principal};
use access_engine::requests::AccessRequest;
use access_engine::values::{RequestId, SubjectId};

use super::state::{Code, Deed, State};

pub(crate) fn erase(state: &mut State, command: &Erase, deed: &mut Deed) -> Result<(), Code> {
    let id = &command.subject;
    let is_administrator = |by: &SubjectId| state.people.is_administrator(by);
    if !deed.actor.subject().map_or(deed.actor == Actor::Host, is_administrator) {
        return Err("not_administrator");
    }
    if !state.people.has_known(id) {
        return Err("unknown_subject");
    }
    let erased = state.erased.iter().rev().find(|(known, _)| known == id).map_or(0, |(_, up_to)| *up_to);
    let mut up_to = state.version;
    if state.people.is_active(id) {
        let newcomers = state.people.newcomers.iter();
        let entered = newcomers.filter(|(newcomer, _)| *newcomer == Principal::from(id)).map(|(_, at)| *at);
        up_to = entered.max().unwrap_or(1) - 1;
        if up_to <= erased {
            return Err("subject_active");
        }
    }
    let is_open = state.requests.iter().any(|asked| {
        let glass = asked.request.break_glass.as_ref();
        asked.request.content.requester == *id
            && made_in(asked.request.id.as_str()) <= up_to
            && glass.is_some_and(|glass| glass.acknowledgement.is_none())
    });
    if is_open {
        return Err("not_acknowledged");
    }
    let mut count = 0;
    each_text(state, |text, of| {
        let Some(written) = text.written_in() else { return };
        if of.iter().any(|(whose, since)| whose == id && since.unwrap_or(written) <= up_to) {
            text.erase();
            count += 1;
        }
    });
    let newcomers = state.people.newcomers.iter();
    let is_anothers = newcomers
        .filter(|(newcomer, _)| *newcomer == Principal::from(id))
        .any(|(_, entered)| *entered > erased);
    if erased > 0 && count == 0 && !is_anothers && !state.archived_since.contains(id) {
        return Ok(());
    }
    state.keys.retain(|keyed| {
        let of = keyed.actor.subject().map(|actor| (actor.clone(), None)).into_iter().chain(keyed.of.clone());
        !of.into_iter().any(|(whose, since)| whose == *id && since.unwrap_or(keyed.made.version) <= up_to)
    });
    put(state, id, up_to);
    let administrators = state.people.administrators.iter();
    administrators.for_each(|to| deed.tell("subject_erased", to, None));
    deed.has_changed = true;
    Ok(())
}

/// Whose something is. Of what is said about a request or a grant in which commit that was made: it is theirs who had the
/// id then, whenever it is said (`erase.predecessor`).
pub(crate) type Whose = (SubjectId, Option<u64>);

/// Of whom a command says what they are called, or something about their requests and grants (`erase.key-about`).
pub(crate) fn told_of(state: &State, command: &Command) -> Vec<Whose> {
    let asker =
        |request: &AccessRequest| (request.content.requester.clone(), Some(made_in(request.id.as_str())));
    let requester = |id: &RequestId| vec![asker(state.request(id).expect("it is decided"))];
    match command {
        Command::CreateProject(make) => make.administrators.iter().map(|it| (it.id.clone(), None)).collect(),
        Command::SyncDirectory(sync) => {
            let subject = |change: &DirectoryChange| match change {
                DirectoryChange::UpsertSubject(subject) => Some((subject.id.clone(), None)),
                _ => None,
            };
            sync.changes.iter().filter_map(subject).collect()
        }
        Command::ReviewRequest(review) => requester(&review.request_id),
        Command::EditDuration(edit) => requester(&edit.request_id),
        Command::CancelRequest(cancel) => requester(&cancel.request_id),
        Command::AcknowledgeBreakGlass(acknowledge) => requester(&acknowledge.request_id),
        Command::CancelBundle(cancel) => {
            let requests = state.requests.iter().map(|asked| &asked.request);
            let bundled = requests.filter(|request| request.bundle_id.as_ref() == Some(&cancel.bundle_id));
            bundled.map(asker).collect()
        }
        Command::RevokeGrant(revoke) => {
            let grants = state.grants.iter().map(|given| &given.grant);
            let revoked = grants.filter(|grant| grant.id == revoke.grant_id);
            revoked.map(|grant| (grant.holder.clone(), Some(made_in(grant.id.as_str())))).collect()
        }
        _ => Vec::new(),
    }
}

/// Notes up to which commit somebody is erased.
pub(crate) fn put(state: &mut State, id: &SubjectId, up_to: u64) {
    state.erased.push((id.clone(), up_to));
    state.archived_since.retain(|known| known != id);
}

/// Notes for what was written just now in which commit it was.
pub(crate) fn date(state: &mut State, version: u64) {
    each_text(state, |text, _| {
        if text.written_in().is_none() {
            text.seal([0; 16], version);
        }
    });
}

/// The commit that an id of ours is made of.
fn made_in(id: &str) -> u64 {
    id.split('_').nth(1).and_then(|number| number.parse().ok()).expect("a version")
}

fn each_text(state: &mut State, mut visit: impl FnMut(&mut dyn Erasable, &[Whose])) {
    for subject in &mut state.people.subjects {
        let of = [(subject.id.clone(), None)];
        visit(&mut subject.name, &of);
        subject.email.iter_mut().for_each(|email| visit(email, &of));
        subject.properties.iter_mut().for_each(|properties| visit(properties, &of));
    }
    for request in state.requests.iter_mut().map(|asked| &mut asked.request) {
        let own = [(request.content.requester.clone(), Some(made_in(request.id.as_str())))];
        let by = |author: Option<&SubjectId>| {
            own.iter().cloned().chain(author.map(|author| (author.clone(), None))).collect::<Vec<_>>()
        };
        request.content.justification.iter_mut().for_each(|text| visit(text, &own));
        request.content.ticket_url.iter_mut().for_each(|link| visit(link, &own));
        for review in request.reviews.iter_mut().map(|record| &mut record.review) {
            let of = by(Some(&review.reviewer));
            review.comment.iter_mut().for_each(|text| visit(text, &of));
        }
        for edit in &mut request.edits {
            let of = by(Some(&edit.editor));
            visit(&mut edit.note, &of);
        }
        if let Some(closing) = &mut request.closing {
            let of = by(closing.by.subject());
            closing.note.iter_mut().for_each(|text| visit(text, &of));
        }
        if let Some(glass) = &mut request.break_glass {
            visit(&mut glass.justification, &own);
            if let Some(acknowledgement) = &mut glass.acknowledgement {
                let of = by(Some(&acknowledgement.by));
                acknowledgement.comment.iter_mut().for_each(|text| visit(text, &of));
            }
        }
    }
    for grant in state.grants.iter_mut().map(|given| &mut given.grant) {
        let holder = (grant.holder.clone(), Some(made_in(grant.id.as_str())));
        if let Some(end) = &mut grant.end {
            let of: Vec<Whose> =
                end.by.subject().map(|by| (by.clone(), None)).into_iter().chain([holder]).collect();
            end.note.iter_mut().for_each(|text| visit(text, &of));
        }
    }
}
