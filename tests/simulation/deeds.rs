//! What people do: they look at what a server shows them, make up their mind, and send a command to that server or to
//! another, again under its key where no answer comes.

use std::rc::Rc;

use access_engine::commands::Command;
use access_engine::people::Actor;
use access_engine::record::{Head, Receipt};
use access_engine::refusal::Refusal;
use access_engine::service::CommandOptions;
use access_engine::values::{IdempotencyKey, Timestamp};
use serde_json::{Value, json};

use super::chance::Chance;
use super::clockwork::{Millis, Reply};
use super::company::{first_commands, subject_id};
use super::known::{Answer, Promise, Seen, Sent};
use super::plan::SERVERS;
use super::points::Point;
use super::server::{Running, note, spawn};
use super::wishes::wish;
use super::world::World;

/// So long somebody waits for an answer.
const PATIENCE: Millis = 20_000;

/// What somebody has made up his mind to do.
pub(crate) struct Wish {
    pub(crate) actor: Actor,
    pub(crate) command: Command,
    /// Whether he was told that he can, where he asked.
    pub(crate) is_allowed: Option<bool>,
}

impl Wish {
    pub(crate) fn new(actor: &str, command: &Value) -> Self {
        let command = Command::from_json(&command.to_string());
        let command = command.unwrap_or_else(|refusal| panic!("{actor} cannot say so: {refusal}"));
        Self { actor: Actor::Subject(subject_id(actor)), command, is_allowed: None }
    }
}

/// A deed of a number, from its start on.
pub(crate) async fn act(world: Rc<World>, number: u32, start: Millis) {
    world.clock.sleep_until(start).await;
    let chance = &mut Chance::new(world.seed ^ (u64::from(number) << 20) ^ 0xDEED);
    let server = chance.below(SERVERS);
    let Some(service) = running(&world, server) else { return };
    let shown = {
        let Ok(engine) = service.engine() else { return };
        let clock = world.time_at(server);
        wish(chance, &engine, clock, world.pace).map(|wish| (wish, engine.head(), clock))
    };
    let Some((wish, head, clock)) = shown else { return };
    if chance.percent(30) {
        world.clock.sleep(chance.between(0, world.pace.unit / 4)).await;
    }
    let key = IdempotencyKey::try_from(format!("k{number}")).expect("a key");
    let (is_allowed, actor) = (wish.is_allowed, wish.actor.clone());
    let what = format!("{} {}", actor.subject().map_or("", |id| id.as_str()), json!(wish.command));
    let sent = Sent { actor: wish.actor, command: wish.command, key, at: world.now() };
    let sent = world.witness.borrow_mut().send(sent);
    let place = if chance.percent(70) { server } else { chance.below(SERVERS) };
    let Some((by, answered)) = send(&world, chance, sent, place).await else { return };
    if let Some(is_allowed) = is_allowed.filter(|_| by.server == server && by.is_first) {
        let (outcome, head_then, clock_then) = (answered.outcome.clone(), by.head, by.clock);
        let promise = Promise { what, is_allowed, head, clock, outcome, head_then, clock_then };
        world.witness.borrow_mut().see(&Seen::Promised(&promise));
    }
    if answered.outcome.is_ok() && chance.percent(15) {
        world.clock.sleep(chance.between(0, world.pace.unit)).await;
        send(&world, chance, sent, chance.clone().below(SERVERS)).await;
    }
}

pub(crate) fn running(world: &World, server: usize) -> Option<Rc<Running>> {
    world.servers[server].service.borrow().as_ref().map(Rc::clone)
}

/// Who gave an answer, and what it knew then.
struct By {
    server: usize,
    is_first: bool,
    head: Head,
    clock: Timestamp,
}

/// What a server says that was not done, or that it does not know.
const UNCERTAIN: [&str; 5] = ["host_failed", "host_timeout", "conflict", "record_replaced", "corrupt_record"];

/// Sends a command until somebody answers, or until there is no hope left.
async fn send(world: &Rc<World>, chance: &mut Chance, sent: usize, first: usize) -> Option<(By, Answer)> {
    let mut server = first;
    let mut has_died = false;
    for round in 0..5 {
        if round > 0 {
            world.clock.sleep(chance.between(100, 10_000)).await;
            server = chance.below(SERVERS);
        }
        let deaths = world.servers[server].deaths.get();
        let answered = match running(world, server) {
            Some(service) => execute(world, server, service, sent).await,
            None => None,
        };
        let (outcome, head, clock) = match answered {
            Some(answered) => answered,
            None => {
                has_died |= world.servers[server].deaths.get() > deaths;
                continue;
            }
        };
        let answer = Answer { sent, server, outcome: outcome.as_ref().map_err(Refusal::code).cloned() };
        tell(world, &answer);
        if outcome.as_ref().is_err_and(|refusal| UNCERTAIN.contains(&refusal.code())) {
            continue;
        }
        note_points(world, &answer, has_died);
        world.witness.borrow_mut().answer(answer.clone());
        return head.map(|head| (By { server, is_first: round == 0, head, clock }, answer));
    }
    world.reach(Point::CommandGivenUp);
    None
}

type Answered = (Result<Receipt, Refusal>, Option<Head>, Timestamp);

/// Has a server carry out a command, which goes on there when nobody waits for it any more.
async fn execute(world: &Rc<World>, server: usize, service: Rc<Running>, sent: usize) -> Option<Answered> {
    let Sent { actor, command, key, .. } = world.witness.borrow().known.sent[sent].clone();
    let (at, reply) = (Rc::clone(world), Reply::default());
    let reply_to = Reply::<Answered>::clone(&reply);
    spawn(world, server, async move {
        let options = CommandOptions { idempotency_key: Some(key), ..CommandOptions::default() };
        let clock = at.time_at(server);
        let outcome = service.execute(&actor, &command, options).await;
        note(&at, server, "a command", &outcome);
        let head = service.engine().ok().map(|engine| engine.head());
        reply_to.give((outcome, head, clock));
        // What it has to tell goes out behind it.
        service.send_news().await;
    });
    world.clock.within(PATIENCE, reply.taken()).await
}

fn tell(world: &World, answer: &Answer) {
    let line = {
        let known = &world.witness.borrow().known;
        let sent = &known.sent[answer.sent];
        let actor = sent.actor.subject().map_or("", |id| id.as_str());
        let outcome = match &answer.outcome {
            Ok(receipt) => format!("version {}", receipt.version),
            Err(code) => (*code).to_owned(),
        };
        format!("server {}: {actor} {} {} -> {outcome}", answer.server, json!(sent.key), json!(sent.command))
    };
    world.tell(format_args!("{line}"));
}

fn note_points(world: &World, answer: &Answer, has_died: bool) {
    if answer.outcome == Err("stale_review") {
        world.reach(Point::ReviewOfWhatHasChanged);
    }
    let Ok(receipt) = &answer.outcome else { return };
    let (is_elsewhere, is_known) = {
        let known = &world.witness.borrow().known;
        let mut before =
            known.answers.iter().filter(|other| other.sent == answer.sent && other.outcome.is_ok());
        let is_elsewhere = before.any(|other| other.server != answer.server);
        (is_elsewhere, receipt.at.millis() < world.time_at(answer.server).millis() - 100)
    };
    if is_elsewhere && !receipt.events.is_empty() {
        world.reach(Point::RepeatedOnAnotherServer);
    }
    if has_died && is_known {
        world.reach(Point::RepeatedAfterACrash);
    }
}

/// The first commands, which everything else stands on.
pub(crate) async fn found(world: Rc<World>) {
    let chance = &mut Chance::new(world.seed ^ 0xF0);
    let commands = first_commands(chance, world.pace);
    while running(&world, 0).is_none() {
        world.clock.sleep(50).await;
    }
    for (number, command) in commands.iter().enumerate() {
        let Wish { actor, command, .. } = Wish::new("ada", command);
        let key = IdempotencyKey::try_from(format!("first{number}")).expect("a key");
        let sent = Sent { actor, command, key, at: world.now() };
        let sent = world.witness.borrow_mut().send(sent);
        send(&world, chance, sent, 0).await.expect("nothing goes wrong yet");
    }
}
