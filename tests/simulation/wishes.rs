//! What somebody may want to do, looking at what a server shows: mostly what makes sense, now and then not.

use access_engine::Engine;
use access_engine::commands::RequestDraft;
use access_engine::people::Actor;
use access_engine::requests::AccessRequest;
use access_engine::values::Timestamp;
use serde_json::{Value, json};

use super::chance::Chance;
use super::company::{
    GROUPS, PEOPLE, ROOTS, glass, group, length, members, policy, steps, subject, subject_id,
};
use super::deeds::Wish;
use super::plan::Pace;

/// What somebody looks at.
struct Page<'a> {
    chance: &'a mut Chance,
    engine: &'a Engine,
    now: Timestamp,
    pace: Pace,
}

pub(crate) fn wish(chance: &mut Chance, engine: &Engine, now: Timestamp, pace: Pace) -> Option<Wish> {
    let mut page = Page { chance, engine, now, pace };
    match page.chance.weighted(&[24, 34, 7, 6, 3, 3, 5, 5, 3, 5, 13, 8, 2, 5, 1, 2]) {
        0 => page.request(),
        1 => page.review(),
        2 => page.break_glass(),
        3 => page.revoke(),
        4 => page.release(),
        5 => page.cancel(),
        6 => page.amend(),
        7 => page.edit_duration(),
        8 => page.withdraw(),
        9 => page.acknowledge(),
        10 => Some(page.change_directory()),
        11 => Some(page.change_policy()),
        12 => Some(page.set_administrators()),
        13 => Some(page.delegate()),
        14 => page.end_delegation(),
        _ => page.erase(),
    }
}

impl Page<'_> {
    fn anybody(&mut self) -> &'static str {
        self.chance.pick(&PEOPLE)
    }

    fn administrator(&mut self) -> &'static str {
        if self.chance.percent(95) { self.chance.pick(&["ada", "abe"]) } else { self.anybody() }
    }

    /// One of them who is told that he may, by that page, or else anybody.
    fn somebody_who(&mut self, may: impl Fn(&Engine, &Actor) -> bool) -> &'static str {
        let able = |id: &&&str| may(self.engine, &Actor::Subject(subject_id(id)));
        let able: Vec<&'static str> = PEOPLE.iter().filter(able).copied().collect();
        let sensible = self.chance.percent(90);
        self.chance.any(&able).filter(|_| sensible).unwrap_or_else(|| self.anybody())
    }

    fn pending(&mut self) -> Option<AccessRequest> {
        let pending: Vec<&AccessRequest> = self.engine.state().requests().pending().collect();
        self.chance.any(&pending).cloned()
    }

    /// A grant that is open, with its holder and target.
    fn grant(&mut self) -> Option<(String, String, Value)> {
        let open: Vec<_> = self.engine.state().grants().open().collect();
        let grant = self.chance.any(&open)?;
        Some((grant.id.to_string(), grant.holder.to_string(), json!(grant.target)))
    }

    fn draft(&mut self) -> Value {
        let root = self.chance.pick(&[ROOTS[0], ROOTS[0], ROOTS[0], ROOTS[1], ROOTS[2], ROOTS[3]]);
        let path = match self.chance.below(3) {
            0 => root.to_owned(),
            1 => root.replace("**", "stripe"),
            _ => root.replace("**", self.chance.pick(&["cards/visa", "a", "b", "c"])),
        };
        let mut draft = json!({"target": {"environment": "production", "path": path}, "actions": ["read"]});
        let units = self.chance.between(1, 8);
        draft["duration"] = json!(length(self.pace, units));
        if self.chance.percent(15) {
            draft["until"] = json!(self.now.millis() + self.pace.unit * self.chance.between(2, 9));
        }
        if self.chance.percent(15) {
            draft["startsAt"] = json!(self.now.millis() + self.pace.unit * self.chance.between(1, 3));
        }
        draft
    }

    fn request(&mut self) -> Option<Wish> {
        let renewed = if self.chance.percent(25) { self.grant() } else { None };
        let mut draft = self.draft();
        let actor = match renewed {
            Some((id, holder, target)) => {
                (draft["renews"], draft["target"]) = (json!(id), target);
                draft.as_object_mut().and_then(|draft| draft.remove("startsAt"));
                PEOPLE.into_iter().find(|id| *id == holder)?
            }
            None => self.chance.pick(&["dev", "dan", "dot", "eve", "ben", "dev-admin", "bob"]),
        };
        let wish = Wish::new(actor, &json!({"requestAccess": draft}));
        let draft: RequestDraft = serde_json::from_value(draft).expect("a draft");
        let preview = self.engine.preview(&wish.actor, &draft, self.now).ok();
        Some(Wish { is_allowed: preview.map(|preview| preview.request.allowed), ..wish })
    }

    fn review(&mut self) -> Option<Wish> {
        let request = self.pending()?;
        let (id, now) = (request.id.clone(), self.now);
        let may = |engine: &Engine, actor: &Actor| {
            let you = engine.explain(actor, &id, now).ok().and_then(|shown| shown.you);
            you.is_some_and(|you| you.approve.allowed || you.on_behalf_of.iter().any(|it| it.approve.allowed))
        };
        let actor = self.somebody_who(may);
        let you = self
            .engine
            .explain(&Actor::Subject(subject_id(actor)), &id, now)
            .ok()
            .and_then(|shown| shown.you);
        let verdict = if self.chance.percent(88) { "approve" } else { "reject" };
        let mut review = json!({"requestId": id, "verdict": verdict, "contentHash": request.content_hash});
        let mut is_allowed =
            you.as_ref().map(|you| if verdict == "approve" { &you.approve } else { &you.reject });
        let deputed: Vec<_> =
            you.iter().flat_map(|you| &you.on_behalf_of).filter(|it| it.approve.allowed).collect();
        let own = you.as_ref().is_some_and(|you| you.approve.allowed);
        if let Some(in_place) = self.chance.any(&deputed).filter(|_| !own || self.chance.percent(50)) {
            review["onBehalfOf"] = json!({"subject": in_place.voice.id});
            is_allowed = Some(if verdict == "approve" { &in_place.approve } else { &in_place.reject });
        }
        let is_allowed = is_allowed.map(|ability| ability.allowed);
        Some(Wish { is_allowed, ..Wish::new(actor, &json!({"reviewRequest": review})) })
    }

    fn break_glass(&mut self) -> Option<Wish> {
        let justification = "Everything is down.";
        if let Some(request) = self.pending().filter(|_| self.chance.percent(40)) {
            let actor = request.content.requester.to_string();
            let actor = PEOPLE.into_iter().find(|id| *id == actor)?;
            let broken = json!({"breakGlass": {"requestId": request.id, "justification": justification}});
            return Some(Wish::new(actor, &broken));
        }
        let mut draft = self.draft();
        draft.as_object_mut().and_then(|draft| draft.remove("startsAt"));
        let actor = self.chance.pick(&["dot", "ben", "dev", "eve", "dan"]);
        Some(Wish::new(actor, &json!({"breakGlass": {"draft": draft, "justification": justification}})))
    }

    fn revoke(&mut self) -> Option<Wish> {
        let (id, ..) = self.grant()?;
        let actor = if self.chance.percent(60) { self.administrator() } else { self.anybody() };
        Some(Wish::new(actor, &json!({"revokeGrant": {"grantId": id, "reason": "An incident."}})))
    }

    fn release(&mut self) -> Option<Wish> {
        let (id, holder, _) = self.grant()?;
        let actor = PEOPLE.into_iter().find(|id| *id == holder).unwrap_or_else(|| self.anybody());
        Some(Wish::new(actor, &json!({"releaseGrant": {"grantId": id}})))
    }

    fn cancel(&mut self) -> Option<Wish> {
        let request = self.pending()?;
        let may = |engine: &Engine, actor: &Actor| {
            actor.subject() == Some(&request.content.requester)
                || engine.state().directory().administrators().len() > 9
        };
        let actor = if self.chance.percent(70) { self.somebody_who(may) } else { self.administrator() };
        Some(Wish::new(actor, &json!({"cancelRequest": {"requestId": request.id, "reason": "Not needed."}})))
    }

    fn amend(&mut self) -> Option<Wish> {
        let request = self.pending()?;
        let actor = request.content.requester.to_string();
        let actor = PEOPLE.into_iter().find(|id| *id == actor)?;
        let mut draft = self.draft();
        if self.chance.percent(70) {
            draft["target"] = json!(request.content.target);
        }
        Some(Wish::new(actor, &json!({"amendRequest": {"requestId": request.id, "draft": draft}})))
    }

    fn edit_duration(&mut self) -> Option<Wish> {
        let request = self.pending()?;
        let (id, now) = (request.id.clone(), self.now);
        let may = |engine: &Engine, actor: &Actor| {
            let you = engine.explain(actor, &id, now).ok().and_then(|shown| shown.you);
            you.is_some_and(|you| you.edit_duration.allowed)
        };
        let actor = self.somebody_who(may);
        let edit = json!({"requestId": id, "duration": length(self.pace, 1), "note": "Enough.",
            "contentHash": request.content_hash});
        Some(Wish::new(actor, &json!({"editDuration": edit})))
    }

    fn withdraw(&mut self) -> Option<Wish> {
        let request = self.pending()?;
        let authors = request.reviews.iter().map(|record| record.review.reviewer.to_string());
        let authors: Vec<&str> =
            PEOPLE.into_iter().filter(|id| authors.clone().any(|it| it == *id)).collect();
        let actor = self.chance.any(&authors)?;
        Some(Wish::new(actor, &json!({"withdrawReview": {"requestId": request.id}})))
    }

    fn acknowledge(&mut self) -> Option<Wish> {
        let all = self.engine.state().requests().newest_first();
        let broken: Vec<_> =
            all.filter(|request| request.break_glass.is_some()).map(|it| it.id.clone()).collect();
        let id = self.chance.any(&broken)?;
        let actor = if self.chance.percent(60) { self.administrator() } else { self.anybody() };
        Some(Wish::new(actor, &json!({"acknowledgeBreakGlass": {"requestId": id}})))
    }

    fn change_directory(&mut self) -> Wish {
        let id = self.chance.pick(&PEOPLE[1..]);
        let directory = self.engine.state().directory();
        let known = directory.subject(&subject_id(id)).filter(|_| directory.knows(&(&subject_id(id)).into()));
        let upsert = json!({"upsertSubject": subject(id)});
        let group_id = self.chance.pick(&GROUPS);
        let changes = match known.map(|known| known.disabled) {
            None => json!([upsert]),
            Some(true) => json!([upsert]),
            Some(false) => match self.chance.weighted(&[25, 18, 18, 30, 14, 8]) {
                0 => {
                    let mut disabled = subject(id);
                    disabled["disabled"] = json!(true);
                    json!([{"upsertSubject": disabled}])
                }
                1 => json!([{"removeSubject": id}]),
                2 => json!([{"removeSubject": id}, upsert]),
                3 => json!([{"removeMembers": {"groupId": group_id, "members": [{"subject": id}]}}]),
                4 => json!([{"addMembers": {"groupId": group_id, "members": members(group_id)}}]),
                _ => json!([{"removeGroup": group_id}, {"upsertGroup": group(group_id)}]),
            },
        };
        Wish::new(self.administrator(), &json!({"syncDirectory": {"changes": changes}}))
    }

    fn change_policy(&mut self) -> Wish {
        let live: Vec<(String, String)> = self
            .engine
            .state()
            .policies()
            .all_live()
            .map(|it| (it.id.to_string(), it.terms.name.to_string()))
            .collect();
        let gone: Vec<&str> =
            ROOTS.into_iter().filter(|root| live.iter().all(|(_, name)| name != root)).collect();
        let command = match self.chance.any(&gone).filter(|_| self.chance.percent(50)) {
            Some(root) => json!({"createPolicy": policy(self.chance, root, self.pace)}),
            None => {
                let inner =
                    live.iter().find(|(_, name)| name == ROOTS[3]).filter(|_| self.chance.percent(40));
                let (id, name) = inner.cloned().or_else(|| self.chance.any(&live)).unwrap_or_default();
                let grants = if self.chance.percent(20) { "revoke" } else { "keep" };
                if self.chance.percent(if name == ROOTS[3] { 50 } else { 5 }) {
                    json!({"deletePolicy": {"policyId": id, "liveGrants": grants}})
                } else {
                    let pending = self.chance.pick(&["keep", "restart", "restart", "cancel"]);
                    let mut update =
                        json!({"policyId": id, "pendingRequests": pending, "liveGrants": grants});
                    if self.chance.percent(80) {
                        update["steps"] = steps(self.chance, self.pace);
                    } else {
                        update["breakGlass"] = glass(self.chance, self.pace);
                    }
                    json!({"updatePolicy": update})
                }
            }
        };
        Wish::new(self.administrator(), &command)
    }

    fn set_administrators(&mut self) -> Wish {
        let other = self.anybody();
        let other = if self.chance.percent(50) { "abe" } else { other };
        let all = json!([{"subject": "ada"}, {"subject": other}]);
        Wish::new(self.administrator(), &json!({"setAdministrators": {"administrators": all}}))
    }

    fn delegate(&mut self) -> Wish {
        let (from, to) = (self.chance.pick(&["bob", "bea", "ben", "boss", "eve"]), self.anybody());
        let mut delegation = json!({"delegate": {"subject": to}, "duration": length(self.pace, 6)});
        if self.chance.percent(20) {
            delegation["startsAt"] = json!(self.now.millis() + self.pace.unit);
        }
        Wish::new(from, &json!({"createDelegation": delegation}))
    }

    fn end_delegation(&mut self) -> Option<Wish> {
        let open: Vec<_> = self.engine.state().delegations().open().collect();
        let delegation = self.chance.any(&open)?;
        let from = delegation.delegator.to_string();
        let actor = PEOPLE.into_iter().find(|id| *id == from)?;
        Some(Wish::new(actor, &json!({"endDelegation": {"delegationId": delegation.id}})))
    }

    fn erase(&mut self) -> Option<Wish> {
        let directory = self.engine.state().directory();
        let gone = |id: &&str| directory.subject(&subject_id(id)).is_none_or(|subject| subject.disabled);
        let gone: Vec<&str> = PEOPLE.into_iter().filter(gone).collect();
        let id = self.chance.any(&gone)?;
        Some(Wish::new(self.administrator(), &json!({"erase": {"subject": id}})))
    }
}
