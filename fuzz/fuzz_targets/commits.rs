//! A stored record, one commit a line: it opens or is refused with a code, what it then is can be asked about, and
//! nothing but the company's own record is said to be intact.
#![no_main]

use std::cell::OnceCell;

use access_engine::Project;
use access_engine::events::SubjectErased;
use access_engine::notices::Message;
use access_engine::people::Chance;
use access_engine::record::{Head, SealedCommit, commit_hash, verify};
use access_engine::refusal::Refusal;
use access_engine::service::{AppendError, Claim, Claimed, Host, HostError, SendError, Service, Settlement};
use access_engine::values::{ProjectId, Seconds, Timestamp};
use access_engine_fuzz::{Story, ask_everything, mutate_json};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use pollster::block_on;
use serde_json::value::RawValue;

thread_local! {
    static COMPANY: OnceCell<Story> = const { OnceCell::new() };
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate_json(data, size, max_size, seed)
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    let stored = Stored(lines.collect());
    let project = ProjectId::try_from("acme").expect("an id");
    COMPANY.with(|company| {
        let story = company.get_or_init(Story::of_the_company);
        let is_intact = verify(&project, &stored.0, &[]).intact;
        let opened = block_on(Service::open(project.clone(), None, stored.clone()));
        match opened {
            Ok(service) => {
                if is_intact {
                    is_genuine(&stored.0, &story.engine);
                }
                live_on(&service, story.now);
            }
            Err(Refusal::NoProject) => assert!(stored.0.is_empty(), "a record is taken for none"),
            Err(refusal) => {
                assert!(["corrupt_record", "newer_record"].contains(&refusal.code()), "{refusal:?}");
                assert!(!is_intact, "it is intact, but {refusal:?}");
            }
        }
    });
});

/// What is read is what was hashed, and that was nothing else than what the engine wrote.
fn is_genuine(stored: &[Box<RawValue>], company: &Project) {
    let mut opened = Project::new(company.project().clone());
    stored.iter().for_each(|commit| opened.read(commit).expect("it was opened"));
    for (commit, original) in opened.log().iter().zip(company.log()) {
        assert_eq!(commit_hash(commit), commit.hash, "another commit was hashed than is read");
        assert_eq!(commit, original, "it is said to be intact");
    }
    assert!(opened.version() <= company.version(), "it is said to be intact");
}

/// Time passes, and everything is asked.
fn live_on(service: &Service<Stored>, now: Timestamp) {
    let mut engine = Project::from(service.engine().expect("the record stays").clone());
    ask_everything(&engine, now);
    for later in [Seconds::hours(1), Seconds::hours(24), Seconds::hours(24 * 365)] {
        if let Some(commit) = engine.due(now.plus(later)) {
            engine.apply(commit).expect("a tick follows the record");
        }
    }
    ask_everything(&engine, now.plus(Seconds::hours(24 * 365)));
    block_on(service.deliver()).expect("the host delivers");
}

/// A host with a record that does not change.
#[derive(Clone)]
struct Stored(Vec<Box<RawValue>>);

impl Host for Stored {
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError> {
        let later = self.0.iter().skip(usize::try_from(after).unwrap_or(usize::MAX));
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
        Ok(Chance::default())
    }

    fn timeout(&self) -> Seconds {
        Seconds::new(30)
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        Err(HostError::Failed("it has no clock".to_owned()))
    }
}
