use access_engine::notices::{Message, NoticeKind};
use access_engine::values::{RequestStatus, Timestamp};

use super::super::known::{Known, Mail, Seen, made_in, request_of};
use super::super::view::View;
use super::ensure;

/// A message is made a moment before it is sent: while its sender waits for the store, time goes on.
const MAKING: i64 = 15_000;

/// What a message says was so when it was sent, or at the latest when its sender last read the record.
pub(super) fn is_true(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Mailed(mail) = seen else { return Ok(()) };
    // A sender whose record was replaced and who has not noticed yet has read another one.
    if !known.has(&mail.head) {
        return Ok(());
    }
    let is_so = known.since(&mail.head).any(|view| is_so(view, mail));
    let Message { id, kind, over, .. } = &mail.message;
    ensure(is_so, || {
        format!("{id}, sent at version {}, is not so: over: {over}, {kind:?}", mail.head.version)
    })
}

fn is_so(view: &View, mail: &Mail) -> bool {
    let Message { recipient, kind, over, .. } = &mail.message;
    let (to, now) = (&recipient.id, view.at.map_or(mail.clock, |last| last.max(mail.clock)));
    let before = Timestamp::from_millis(now.millis() - MAKING).unwrap();
    let Some(account) = view.directory.active(to) else { return false };
    if account.subject.email.as_ref() != Some(&recipient.email) {
        return false;
    }
    let asked = request_of(&mail.message).and_then(|id| view.requests.get(id));
    let ended_as =
        |status| asked.is_some_and(|asked| asked.status == status && asked.requester == account.who);
    let can_review = |step| {
        asked.is_some_and(|asked| {
            asked.status == RequestStatus::Pending
                && before < asked.expires_at
                && view.may_review(asked, step, to)
        })
    };
    match kind {
        NoticeKind::ReviewAsked(it) => can_review(it.step),
        NoticeKind::Reminder(it) => can_review(it.step),
        NoticeKind::Escalation(it) => can_review(it.step),
        NoticeKind::AlreadyDecided(it) => asked.is_some_and(|asked| asked.status == it.outcome),
        NoticeKind::RequestRejected(_) => ended_as(RequestStatus::Rejected),
        NoticeKind::RequestExpired(_) => ended_as(RequestStatus::Expired),
        NoticeKind::RequestCancelled(_) => ended_as(RequestStatus::Cancelled),
        NoticeKind::RequestApproved(it) => view.grants.get(&it.grant_id).is_some_and(|given| {
            let is_it = given.holder == account.who && given.ends_at == it.ends_at;
            is_it && if *over { !given.is_to_come(now) } else { given.is_to_come(before) }
        }),
        NoticeKind::GrantEndingSoon(it) => view.grants.get(&it.grant_id).is_some_and(|given| {
            let is_it = given.holder == account.who && given.ends_at == Some(it.ends_at);
            is_it && given.starts_at <= now && given.is_to_come(before)
        }),
        NoticeKind::GrantEnded(it) => view
            .grants
            .get(&it.grant_id)
            .is_some_and(|given| given.holder == account.who && given.ended_at.is_some()),
        NoticeKind::BreakGlass(it) => view.grants.get(&it.grant_id).is_some_and(|given| {
            given.is_broken && given.is_acknowledged == *over && given.ends_at == it.ends_at
        }),
        NoticeKind::DurationEdited(_) => {
            let is_pending = asked.map(|asked| asked.status == RequestStatus::Pending);
            is_pending == Some(!*over) && asked.is_some_and(|asked| asked.requester == account.who)
        }
        NoticeKind::Delegated(_) => view.is_deputy(to),
        // Who administers no more is told so, too.
        NoticeKind::AdministratorsChanged(_) => true,
        NoticeKind::PolicyChanged(_)
        | NoticeKind::PermissionChanged(_)
        | NoticeKind::GroupChanged(_)
        | NoticeKind::RequestStuck(_)
        | NoticeKind::SubjectChanged(_)
        | NoticeKind::SubjectErased(_) => view.directory.administers(to),
    }
}

/// Mail for somebody never reaches whoever has his id after him.
pub(super) fn is_for_whom_it_was(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Mailed(mail) = seen else { return Ok(()) };
    let Some(view) = known.views.get(&mail.head.hash) else { return Ok(()) };
    let (id, to) = (&mail.message.id, &mail.message.recipient.id);
    let is_newcomer = view.directory.who(to).is_some_and(|who| who.1 > made_in(id));
    ensure(!is_newcomer, || format!("{id} was for whoever had that id before"))
}

/// A message goes out again only where nobody can know that it did: its sender died, or an answer was lost.
pub(super) fn is_sent_once(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Mailed(mail) = seen else { return Ok(()) };
    let id = &mail.message.id;
    let mut before =
        known.mails.iter().filter(|other| other.message.id == *id && other.at > known.last_restored());
    let is_unknown = known.unnoted.contains(id) || known.noting.contains(id);
    let is_excused = |other: &Mail| other.is_answer_lost || known.died.contains(&other.life) || is_unknown;
    ensure(before.by_ref().all(is_excused), || format!("{id} was sent twice, and nobody died"))
}
