//! Stories: one command a line.

use access_engine::Project;
use access_engine::commands::Command;
use access_engine::json::read_json;
use access_engine::people::Actor;
use access_engine::record::Receipt;
use access_engine::record::verify;
use access_engine::refusal::Refusal;
use access_engine::values::{IdempotencyKey, ProjectId, Seconds, SubjectId, Timestamp};
use serde_json::value::RawValue;

/// The company in which every story plays, and what has happened there.
const COMPANY: &str = include_str!("company.txt");

/// When it begins, in milliseconds.
const START: i64 = 1_767_603_600_000;

/// An engine to which lines are told: `dev {"requestAccess": {…}}` is a command of `dev`, and `+3600` lets that many
/// seconds pass. `$hash` stands for the content hash of the request that the line names.
#[derive(Clone)]
pub struct Story {
    /// What has become of it.
    pub engine: Project,
    /// What time it is.
    pub now: Timestamp,
}

impl Story {
    /// Before anything has happened.
    fn begin() -> Self {
        let project = ProjectId::try_from("acme").expect("an id");
        Self { engine: Project::new(project), now: Timestamp::from_millis(START).expect("a time") }
    }

    /// The company with its policies, permissions, requests and grants; all that it was told was accepted.
    pub fn of_the_company() -> Self {
        let mut story = Self::begin();
        for line in COMPANY.lines() {
            if let Some(Err(refusal)) = story.tell(line) {
                panic!("{line}: {refusal:?}");
            }
        }
        story
    }

    /// Tells one line; nothing comes of one that is no command.
    ///
    /// # Panics
    /// Where a command does not come out as it always must.
    pub fn tell(&mut self, line: &str) -> Option<Result<Receipt, Refusal>> {
        if let Some(seconds) = line.strip_prefix('+') {
            self.now = self.now.plus(Seconds::new(seconds.parse().ok()?));
            return None;
        }
        let (who, json) = line.split_once(' ')?;
        let (actor, json) = (actor(who)?, self.with_hash(json));
        Some(Command::from_json(&json).and_then(|command| self.run(&actor, &command)))
    }

    fn with_hash(&self, json: &str) -> String {
        let mut requests = self.engine.state().requests().newest_first();
        let named = requests.find(|request| json.contains(&format!("\"{}\"", request.id)));
        json.replace("$hash", named.map_or("", |request| &request.content_hash))
    }

    fn run(&mut self, actor: &Actor, command: &Command) -> Result<Receipt, Refusal> {
        let written = serde_json::to_string(command).expect("a command has a JSON form");
        assert_eq!(read_json(&written).as_ref(), Ok(command), "{written} is read as another command");
        if let Some(due) = self.engine.due(self.now) {
            self.engine.apply(due).expect("a tick follows the record");
        }
        assert_eq!(self.engine.due(self.now), None, "after a tick something is still due");
        let key = IdempotencyKey::try_from(format!("key {}", self.engine.version())).expect("a key");
        let before = self.engine.clone();
        let answer = self.engine.run_once(actor, command, Some(&key), self.now);
        match &answer {
            Err(_) => {
                assert_eq!(before.head(), self.engine.head(), "{written} is refused and recorded");
                assert!(before.state() == self.engine.state(), "{written} is refused and changes the state");
            }
            Ok(receipt) if receipt.events.is_empty() => assert_eq!(before.head(), self.engine.head()),
            Ok(receipt) => {
                let again = self.engine.run_once(actor, command, Some(&key), self.now);
                assert_eq!(again.as_ref(), Ok(receipt), "{written} acts twice under one key");
            }
        }
        answer
    }
}

/// Who is meant: `host`, `clock`, or the subject of that id.
pub fn actor(who: &str) -> Option<Actor> {
    match who {
        "host" => Some(Actor::Host),
        "clock" => Some(Actor::Clock),
        id => SubjectId::try_from(id).ok().map(Actor::Subject),
    }
}

/// The same project, read again from its record as it is stored.
///
/// # Panics
/// Where the record is not intact or gives another state.
pub fn replayed(engine: &Project) -> Project {
    let stored: Vec<_> = engine.stored().map(|commit| RawValue::from_string(commit).expect("JSON")).collect();
    let mut again = Project::new(engine.project().clone());
    for commit in &stored {
        again.read(commit).expect("a commit is read as it was stored");
    }
    again.check_whole().expect("what is missing was erased");
    assert!(again.state() == engine.state(), "the record gives another state");
    assert_eq!(again.head(), engine.head());
    let verified = verify(engine.project(), &stored, &[engine.head()]);
    assert!(verified.intact, "{verified:?}");
    again
}
