//! What can be seen of a run at an instant.

use serde::Serialize;
use tsify::Tsify;

use crate::simulation::faults::Wrong;
use crate::simulation::{CHECKERS, Run};

/// The whole system at an instant of virtual time; all times are in milliseconds.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scene {
    /// From which all is drawn.
    pub(crate) seed: f64,
    /// How long it has gone on.
    pub(crate) now: f64,
    /// From when on nothing goes wrong any more.
    pub(crate) calm_from: f64,
    /// When all is told.
    pub(crate) end: f64,
    /// Each server by its place.
    pub(crate) servers: Vec<ServerSeen>,
    /// How many commits the store has.
    pub(crate) version: f64,
    /// How many messages the mail server has accepted.
    pub(crate) mails: f64,
    /// How many commands people have sent.
    pub(crate) commands: f64,
    /// How many answers, mails, commits and questions were held against the truths.
    pub(crate) looks: f64,
    /// What is held to be so, always in the same order.
    pub(crate) truths: Vec<Truth>,
    /// What goes wrong just now.
    pub(crate) wrong: Vec<WrongSeen>,
    /// What was reached that is worth seeing, and how often.
    pub(crate) points: Vec<Reached>,
    /// What has happened since the last look, a line each.
    pub(crate) told: Vec<String>,
}

/// A server, which runs the real engine.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServerSeen {
    /// Up to which commit it has read, while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub(crate) version: Option<f64>,
    /// By how much its clock is off.
    pub(crate) clock_offset: f64,
    /// How often it has died.
    pub(crate) deaths: u32,
    /// How many messages it is handing over.
    pub(crate) sending: u32,
}

/// Something that must be so, whatever happens.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Truth {
    /// Names the checker, in words with `_` between.
    pub(crate) name: &'static str,
    /// What was not so, where something was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub(crate) problem: Option<String>,
}

/// Something that goes wrong for a while.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WrongSeen {
    /// What it is, in words.
    pub(crate) what: String,
    /// Whose fault it is.
    pub(crate) place: Place,
    /// For which server only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub(crate) server: Option<usize>,
}

/// Where something goes wrong.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Store,
    /// On the way from a server to the store.
    Line,
    Mail,
}

/// Something worth seeing happen.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reached {
    /// What it is.
    pub(crate) name: &'static str,
    /// How often it was reached; never 0.
    pub(crate) count: f64,
}

impl Scene {
    /// Where the trace was read so far.
    pub(crate) fn of(run: &Run, seed: u64, read: usize) -> Self {
        let (world, witness) = (&run.world, run.world.witness.borrow());
        let servers = world.servers.iter().map(|server| ServerSeen {
            version: server.service.borrow().as_ref().and_then(|it| Some(it.engine().ok()?.version() as f64)),
            clock_offset: server.offset.get() as f64,
            deaths: server.deaths.get(),
            sending: server.sending.get(),
        });
        let truths = CHECKERS.iter().map(|(name, _)| Truth {
            name,
            problem: witness.problems.get(name).map(|problem| problem.text.clone()),
        });
        let (now, faults) = (world.now(), world.faults.borrow());
        let wrong = faults.iter().filter(|it| it.wrong.lasts() && it.from <= now && now < it.to);
        let wrong = wrong.map(|it| WrongSeen {
            what: it.wrong.to_string(),
            place: place_of(it.wrong),
            server: it.server,
        });
        let points = world.points.borrow().counts().into_iter().filter(|(_, count)| *count > 0);
        Self {
            seed: seed as f64,
            now: now as f64,
            calm_from: world.pace.active() as f64,
            end: run.end() as f64,
            servers: servers.collect(),
            version: witness.known.record.len() as f64,
            mails: witness.known.mails.len() as f64,
            commands: witness.known.sent.len() as f64,
            looks: witness.looks as f64,
            truths: truths.collect(),
            wrong: wrong.collect(),
            points: points.map(|(name, count)| Reached { name, count: count as f64 }).collect(),
            told: world.trace.borrow().get(read..).unwrap_or_default().lines().map(str::to_owned).collect(),
        }
    }
}

/// Whose fault it is.
fn place_of(wrong: Wrong) -> Place {
    match wrong {
        Wrong::Partition => Place::Line,
        Wrong::MailIsRefused | Wrong::MailHangs | Wrong::MailBounces | Wrong::MailAnswersAreLost => {
            Place::Mail
        }
        _ => Place::Store,
    }
}
