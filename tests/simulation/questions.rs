//! People who try doors: now here, now there, whether somebody may go somewhere.

use std::rc::Rc;

use access_engine::access::AccessQuery;
use access_engine::values::SubjectId;
use serde_json::json;

use super::chance::Chance;
use super::company::{PEOPLE, ROOTS, subject_id};
use super::deeds::running;
use super::known::{Question, Seen};
use super::plan::SERVERS;
use super::points::Point;
use super::view::View;
use super::world::World;

/// So many times.
const QUESTIONS: i64 = 150;

pub(crate) async fn ask(world: Rc<World>) {
    let chance = &mut Chance::new(world.seed ^ 0xA5);
    let pause = world.pace.active() / QUESTIONS;
    for _ in 0..QUESTIONS {
        world.clock.sleep(chance.between(0, pause * 2)).await;
        // Everywhere at once, so that it is seen who lags behind.
        if world.is_calm() {
            return;
        }
        let (subject, path) = door(chance, &world);
        for server in 0..SERVERS {
            ask_one(&world, server, &subject, &path);
        }
    }
}

/// Somebody who has something, mostly, and a door of his.
fn door(chance: &mut Chance, world: &World) -> (SubjectId, String) {
    let view = world.witness.borrow().known.now();
    let newest: Vec<_> = view.grants.values().rev().take(6).collect();
    let given = chance.any(&newest).filter(|_| chance.percent(85));
    let subject = given.map_or_else(|| subject_id(chance.pick(&PEOPLE)), |given| given.holder.0.clone());
    let root = given.map_or_else(|| chance.pick(&ROOTS).to_owned(), |given| given.path.clone());
    (subject, root.replace("**", chance.pick(&["stripe", "cards/visa", "a"])))
}

fn ask_one(world: &World, server: usize, subject: &SubjectId, path: &str) {
    let Some(service) = running(world, server) else { return };
    let Ok(engine) = service.engine() else { return };
    let query = json!({"subject": {"subject": subject}, "action": "read",
        "resource": {"environment": "production", "path": path}});
    let query: AccessQuery = serde_json::from_value(query).expect("a query");
    let clock = world.time_at(server);
    let decision = engine.evaluate(&query, clock);
    let question = Question {
        subject: subject.clone(),
        path: path.to_owned(),
        at: world.now(),
        trouble: world.servers[server].trouble.get(),
        head: engine.head(),
        clock,
        open_by: decision.decision.then_some(decision.grant_id),
    };
    note_points(world, &question);
    world.witness.borrow_mut().see(&Seen::Asked(&question));
}

fn note_points(world: &World, question: &Question) {
    let known = &world.witness.borrow().known;
    let is_over = |by| known.closed_since(by).is_some();
    if question.open_by.as_ref().and_then(Option::as_ref).is_some_and(is_over) {
        world.reach(Point::RevokedAndStillOpenElsewhere);
    }
    let narrowed = |view: &Rc<View>| view.is_narrowed(&question.subject, &question.path, question.clock);
    if question.open_by.is_none() && known.views.get(&question.head.hash).is_some_and(narrowed) {
        world.reach(Point::GrantNarrowedByALaterPolicy);
    }
}
