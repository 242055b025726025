//! A record that was tampered with and hashed anew: what does not fit is neither opened nor verified.

use access_engine::events::{AccessEvent, RequestsArchived, SubjectErased};
use access_engine::json::to_canonical;
use access_engine::notices::Message;
use access_engine::people::Chance;
use access_engine::record::{Commit, Head, SealedCommit, commit_hash, first_hash, verify};
use access_engine::refusal::Refusal;
use access_engine::service::{AppendError, Claim, Claimed, Host, HostError, SendError, Service, Settlement};
use access_engine::values::{ProjectId, Seconds, Timestamp};
use pollster::block_on;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;
use serde_json::value::RawValue;

use super::runner::{config, each_moment, ensure};
use super::stories::{Story, stories};
use crate::model::generator::PROJECT;

/// A host with a record that does not change.
struct Stored(Vec<Box<RawValue>>);

impl Host for Stored {
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError> {
        let later = self.0.iter().skip(usize::try_from(after).unwrap());
        Ok(later.take(limit as usize).cloned().collect())
    }

    async fn append(&self, _: &SealedCommit, _: &Head) -> Result<(), AppendError> {
        Err(AppendError::Failed(HostError::Failed("it is only read".to_owned())))
    }

    async fn send(&self, _: &Message) -> Result<(), SendError> {
        Ok(())
    }

    fn has_outbox(&self) -> bool {
        false
    }

    async fn claim(&self, _: &Claim) -> Result<Vec<Claimed>, HostError> {
        Ok(Vec::new())
    }

    async fn settle(&self, _: &Settlement) -> Result<(), HostError> {
        Ok(())
    }

    async fn retry(&self, _: Timestamp) -> Result<(), HostError> {
        Ok(())
    }

    fn can_erase(&self) -> bool {
        false
    }

    async fn erase(&self, _: &SubjectErased) -> Result<(), HostError> {
        Err(HostError::Failed("it is only read".to_owned()))
    }

    fn chance(&self) -> Result<Chance, HostError> {
        Err(HostError::Failed("it is only read".to_owned()))
    }

    fn timeout(&self) -> Seconds {
        Seconds::new(30)
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        Err(HostError::Failed("it has no clock".to_owned()))
    }
}

/// Where a record stops to fit, if it does: opening and verifying it must say the same.
fn first_misfit(record: &[Commit]) -> Result<Option<u64>, String> {
    let project = ProjectId::try_from(PROJECT).unwrap();
    let mut head = first_hash(&project);
    let chained = record.iter().map(|commit| {
        let mut commit = Commit { previous_hash: head.clone(), ..commit.clone() };
        commit.hash = commit_hash(&commit);
        head.clone_from(&commit.hash);
        RawValue::from_string(commit.to_stored()).unwrap()
    });
    let stored: Vec<_> = chained.collect();
    let verified = verify(&project, &stored, &[]);
    let opened = block_on(Service::open(project, None, Stored(stored)));
    let refused = match opened {
        Ok(_) => None,
        Err(Refusal::CorruptRecord { version, problem }) => Some((version, problem)),
        Err(refusal) => return Err(format!("it is refused with {refusal:?}")),
    };
    let bad = verified.first_bad_version.zip(verified.problem);
    ensure(bad == refused, || format!("verified: {bad:?}, opened: {refused:?}"))?;
    Ok(refused.map(|(version, _)| version))
}

/// Whether an event may happen again right after itself: what it says is so then, or somebody said it again.
fn may_happen_twice(event: &AccessEvent) -> bool {
    match event {
        AccessEvent::SubjectUpserted(_)
        | AccessEvent::GroupUpserted(_)
        | AccessEvent::GroupRenamed(_)
        | AccessEvent::AdministratorsSet(_)
        | AccessEvent::SubjectErased(_)
        | AccessEvent::RequestAmended(_)
        | AccessEvent::StepOpened(_)
        | AccessEvent::RequestReviewed(_)
        | AccessEvent::StepCompleted(_)
        | AccessEvent::StepReminded(_) => true,
        AccessEvent::ProjectCreated(_)
        | AccessEvent::SubjectRemoved(_)
        | AccessEvent::MembersAdded(_)
        | AccessEvent::MembersRemoved(_)
        | AccessEvent::GroupRemoved(_)
        | AccessEvent::PolicyCreated(_)
        | AccessEvent::PolicyUpdated(_)
        | AccessEvent::PolicyDeleted(_)
        | AccessEvent::PermissionCreated(_)
        | AccessEvent::PermissionUpdated(_)
        | AccessEvent::PermissionDeleted(_)
        | AccessEvent::RequestMade(_)
        | AccessEvent::ReviewVoided(_)
        | AccessEvent::DurationEdited(_)
        | AccessEvent::RequestApproved(_)
        | AccessEvent::RequestRejected(_)
        | AccessEvent::RequestCancelled(_)
        | AccessEvent::RequestExpired(_)
        | AccessEvent::GrantCreated(_)
        | AccessEvent::GrantEndingSoon(_)
        | AccessEvent::GrantEnded(_)
        | AccessEvent::BreakGlassAcknowledged(_)
        | AccessEvent::StepEscalated(_)
        | AccessEvent::RequestsArchived(_)
        | AccessEvent::DelegationCreated(_)
        | AccessEvent::DelegationStarted(_)
        | AccessEvent::DelegationEnded(_) => false,
    }
}

/// The same event, once for each id in it that the engine has made, with another in the place of that: one of which
/// nobody knows.
fn with_unknown_ids(event: &AccessEvent) -> Vec<AccessEvent> {
    let whole: Value = serde_json::from_str(&to_canonical(event).unwrap()).unwrap();
    let mut places = Vec::new();
    find_ids(&whole, &mut String::new(), &mut places);
    let changed = places.iter().map(|place| {
        let mut whole = whole.clone();
        let id = whole.pointer_mut(place).unwrap();
        let kind = id.as_str().unwrap().split('_').next().unwrap();
        *id = Value::from(format!("{kind}_4711_0"));
        serde_json::from_value(whole).unwrap()
    });
    changed.collect()
}

/// What is archived on the first midnight of 35 days, archived more than a day before that.
fn archived_too_early(event: &AccessEvent) -> Option<AccessEvent> {
    let AccessEvent::RequestsArchived(event) = event else { return None };
    let at = event.at.minus(Seconds::hours(25));
    Some(AccessEvent::RequestsArchived(RequestsArchived { at, ..event.clone() }))
}

fn find_ids(value: &Value, place: &mut String, places: &mut Vec<String>) {
    let is_id = |text: &str| {
        let pieces: Vec<&str> = text.split('_').collect();
        matches!(pieces[..], ["pol" | "prm" | "req" | "grt" | "bdl" | "dlg", _, _])
    };
    match value {
        Value::String(text) if is_id(text) => places.push(place.clone()),
        Value::Object(fields) => {
            for (name, field) in fields {
                find_ids(field, &mut format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_ids(item, &mut format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// The record with the events of one commit made others.
fn with(record: &[Commit], index: usize, change: impl FnOnce(&mut Vec<AccessEvent>)) -> Vec<Commit> {
    let mut record = record.to_vec();
    let commit = &mut record[index];
    change(&mut commit.events);
    let said = to_canonical(&commit.events).unwrap();
    commit.texts.retain(|commitment, _| said.contains(commitment.as_str()));
    record
}

fn attack(record: &[Commit]) -> Result<(), String> {
    ensure(first_misfit(record)?.is_none(), || "what was recorded does not fit".to_owned())?;
    for (index, commit) in record.iter().enumerate() {
        let here = Some(u64::try_from(index + 1).unwrap());
        let so_far = &record[..=index];
        for (place, event) in commit.events.iter().enumerate() {
            let told = |what: &str| format!("{what}: event {place} of commit {index}: {event:?}");
            let removed = with(record, index, |events| drop(events.remove(place)));
            first_misfit(&removed).map_err(|problem| told(&problem))?;
            let twice = first_misfit(&with(record, index, |events| events.insert(place, event.clone())))?;
            ensure(may_happen_twice(event) || twice == here, || told("it happens twice"))?;
            for other in with_unknown_ids(event).into_iter().chain(archived_too_early(event)) {
                // Behind it nothing is read.
                let swapped = first_misfit(&with(so_far, index, |events| events[place] = other.clone()))?;
                ensure(swapped == here, || told(&format!("{other:?} fits in the place of")))?;
            }
        }
    }
    Ok(())
}

#[test]
fn an_event_that_does_not_fit_is_neither_opened_nor_verified() {
    let run = |story: Story| {
        let mut record: Vec<Commit> = Vec::new();
        each_moment(
            &story,
            |_| Ok(()),
            |moment| {
                record =
                    moment.engine.stored().map(|commit| serde_json::from_str(&commit).unwrap()).collect();
                Ok(())
            },
        )
        .and_then(|()| attack(&record))
        .map_err(TestCaseError::fail)
    };
    // Each story is read several times for each of its events.
    let config = Config { cases: config().cases / 64, ..config() };
    TestRunner::new(config).run(&stories(), run).unwrap_or_else(|failure| panic!("{failure}"));
}
