//! What goes wrong, where and when: all of it drawn before anything begins, so that each can be left out.

use std::fmt;

use super::chance::Chance;
use super::clockwork::Millis;
use super::plan::{Pace, SERVERS};

/// What goes wrong for a while, or at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The store takes its time.
    Slow,
    /// It does nothing, and says so.
    Fails,
    /// It does what it is asked to, and the answer is lost.
    LosesAnswers,
    /// It does nothing, and never answers.
    Hangs,
    /// It does what it is asked to when nobody waits for it any more.
    ComesLate,
    /// It says that somebody was faster, though nobody was.
    Conflicts,
    /// Nothing comes through.
    Partition,
    MailIsRefused,
    MailHangs,
    /// The mail server refuses for good.
    MailBounces,
    /// The mail server accepts, and the answer is lost.
    MailAnswersAreLost,
    /// The server dies, and is back after a while.
    Crash(Doom),
    /// Its clock jumps by so much.
    ClockJumps(Millis),
    /// The store is put back to a copy that is so old.
    Restore(Millis),
    /// What is kept of snapshots is lost.
    SnapshotLost,
}

impl Wrong {
    /// Whether it goes on for a while, and is not over at once.
    pub(crate) fn lasts(self) -> bool {
        !matches!(self, Self::Crash(_) | Self::ClockJumps(_) | Self::Restore(_) | Self::SnapshotLost)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slow => f.write_str("the store is slow"),
            Self::Fails => f.write_str("the store fails"),
            Self::LosesAnswers => f.write_str("the store's answers are lost"),
            Self::Hangs => f.write_str("the store hangs"),
            Self::ComesLate => f.write_str("the store acts too late"),
            Self::Conflicts => f.write_str("the store reports races that nobody won"),
            Self::Partition => f.write_str("cut off from the store"),
            Self::MailIsRefused => f.write_str("mail is refused"),
            Self::MailHangs => f.write_str("the mail server hangs"),
            Self::MailBounces => f.write_str("mail bounces"),
            Self::MailAnswersAreLost => f.write_str("the mail server's answers are lost"),
            Self::Crash(Doom::Now) => f.write_str("it crashes"),
            Self::Crash(Doom::AsItWrites) => f.write_str("it crashes in the middle of its next commit"),
            Self::Crash(Doom::AsItSends) => f.write_str("it crashes as it sends its next message"),
            Self::ClockJumps(by) => write!(f, "its clock jumps by {by} ms"),
            Self::Restore(age) => write!(f, "the store is put back to a copy of {age} ms ago"),
            Self::SnapshotLost => f.write_str("the snapshot is lost"),
        }
    }
}

/// When a server dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doom {
    Now,
    /// As soon as the store has written a commit of it.
    AsItWrites,
    /// As soon as a message of it is on its way.
    AsItSends,
}

/// Something that goes wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) wrong: Wrong,
    pub(crate) from: Millis,
    pub(crate) to: Millis,
    /// For which server only; the mail's and the store's own are everybody's.
    pub(crate) server: Option<usize>,
}

/// Where it goes wrong, what does, and for how long.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.server {
            Some(server) => write!(f, "server {server}: ")?,
            None => f.write_str("everywhere: ")?,
        }
        write!(f, "{}", self.wrong)?;
        if self.wrong.lasts() { write!(f, ", for {} ms", self.to - self.from) } else { Ok(()) }
    }
}

impl Fault {
    /// What somebody breaks at an instant, for a while.
    pub(crate) fn by_hand(wrong: Wrong, server: Option<usize>, at: Millis, pace: Pace) -> Self {
        Self { wrong, from: at, to: at + pace.unit.min(pace.beat * 40), server }
    }

    pub(crate) fn is_on(&self, at: Millis, server: usize) -> bool {
        self.from <= at && at < self.to && self.server.is_none_or(|it| it == server)
    }
}

/// So many are drawn.
pub(crate) const FAULTS: u32 = 14;

/// One of them.
pub(crate) fn fault(seed: u64, number: u32, pace: Pace) -> Fault {
    let chance = &mut Chance::new(seed ^ (u64::from(number) << 40) ^ 0xFA17);
    let wrong = match chance.weighted(&[10, 10, 12, 8, 10, 6, 8, 10, 8, 8, 22, 8, 2, 4, 4]) {
        0 => Wrong::Slow,
        1 => Wrong::Fails,
        2 => Wrong::LosesAnswers,
        3 => Wrong::Hangs,
        4 => Wrong::ComesLate,
        5 => Wrong::Conflicts,
        6 => Wrong::Partition,
        7 => Wrong::MailIsRefused,
        8 => Wrong::MailHangs,
        9 => Wrong::MailAnswersAreLost,
        10 => Wrong::Crash(chance.pick(&[Doom::Now, Doom::AsItWrites, Doom::AsItWrites, Doom::AsItSends])),
        11 => Wrong::ClockJumps(chance.between(-120_000, 180_000)),
        12 => Wrong::Restore(chance.between(1_000, pace.unit * 2)),
        13 => Wrong::SnapshotLost,
        _ => Wrong::MailBounces,
    };
    let from = chance.between(pace.beat, pace.active());
    // Mail is out for longer.
    let longest =
        if matches!(wrong, Wrong::MailIsRefused | Wrong::MailHangs) { pace.unit * 4 } else { pace.unit };
    let length = chance.between(1_000, longest.min(pace.beat * 40));
    let is_one_servers = match wrong {
        Wrong::Partition | Wrong::Crash(_) | Wrong::ClockJumps(_) => true,
        // A mail server that is down is down for everybody.
        Wrong::MailIsRefused | Wrong::MailHangs | Wrong::Restore(_) | Wrong::SnapshotLost => false,
        _ => chance.percent(50),
    };
    let server = chance.below(SERVERS);
    Fault { wrong, from, to: from + length, server: is_one_servers.then_some(server) }
}
