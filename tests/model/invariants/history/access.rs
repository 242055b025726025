//! What grants and standing permissions open.

use std::collections::BTreeSet;

use access_engine::model::*;
use serde_json::{Map, Value, json};

use super::conditions::holds;
use super::patterns::{are_for, governing, is_for};
use super::{Given, Model, Permitted};

/// Everything that may be asked about: resources of two environments, two actions.
const ENVIRONMENTS: [&str; 2] = ["production", "staging"];
const PATHS: [&str; 7] =
    ["/app", "/app/db", "/app/db/key", "/app/web", "/orders", "/orders/db", "/orders/db/x"];
const ACTIONS: [&str; 2] = ["read", "write"];

/// One thing to do to one resource.
pub(crate) type Deed = (&'static str, &'static str, &'static str);

pub(crate) fn deeds() -> impl Iterator<Item = Deed> {
    ENVIRONMENTS.into_iter().flat_map(|environment| {
        PATHS
            .into_iter()
            .flat_map(move |path| ACTIONS.into_iter().map(move |action| (environment, path, action)))
    })
}

impl Model {
    /// What of a request's target its policy governs among the policies live now.
    pub(super) fn governed(&self, content: &RequestContent) -> BTreeSet<Deed> {
        let asked = deeds().filter(|deed| is_for(&content.target, &content.actions, *deed));
        asked.filter(|deed| governing(self.live_policies(), *deed) == Some(&content.policy_id)).collect()
    }

    /// The live grants of a holder that may open a deed.
    pub(crate) fn opening(&self, holder: &SubjectId, deed: Deed) -> Vec<&Given> {
        let of_holder = self.grants.iter().filter(|given| given.grant.holder == *holder);
        let live = of_holder.filter(|given| given.is_live(self.at) && self.is_active(holder));
        live.filter(|given| self.passes(given, deed)).collect()
    }

    fn passes(&self, given: &Given, deed: Deed) -> bool {
        let grant = &given.grant;
        let pinned = self.terms(&grant.policy_id, grant.policy_version);
        let others = self.live_policies().filter(|(id, _)| **id != grant.policy_id);
        // Below every id: a policy made since for the very same governs instead.
        let lowest = &PolicyId::try_from("!").unwrap();
        let candidates: Vec<_> = others.chain([(lowest, pinned)]).collect();
        given.most.contains(&deed) && governing(candidates.into_iter(), deed) == Some(lowest)
    }

    /// The standing permissions that let somebody do a deed.
    pub(crate) fn permitting(
        &self,
        id: &SubjectId,
        deed: Deed,
        context: &Map<String, Value>,
    ) -> Vec<&PermissionId> {
        let named = |permitted: &Permitted| {
            permitted.holders.iter().any(|holder| self.behind(holder).contains(id))
                && are_for(&permitted.terms.targets, &permitted.terms.actions, deed)
        };
        let lets = |permitted: &Permitted| {
            let condition = permitted.terms.condition.as_ref();
            condition.is_none_or(|condition| {
                let condition = serde_json::to_value(condition).unwrap();
                holds(&condition, &self.attributes(id, Some(deed), context))
            })
        };
        let all = self.permissions.iter().filter(|(_, permitted)| named(permitted) && lets(permitted));
        all.map(|(id, _)| id).collect()
    }

    /// Whether somebody may ask under these terms.
    pub(crate) fn may_ask(&self, id: &SubjectId, terms: &PolicyTerms) -> bool {
        terms.condition.as_ref().is_none_or(|condition| {
            let condition = serde_json::to_value(condition).unwrap();
            holds(&condition, &self.attributes(id, None, &Map::new()))
        })
    }

    /// What a condition can read of somebody and of a deed.
    fn attributes(
        &self,
        id: &SubjectId,
        deed: Option<Deed>,
        context: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut read = Map::new();
        let subject = serde_json::to_value(&self.subjects[id]).unwrap();
        for field in ["id", "type", "name", "email"] {
            subject
                .get(field)
                .into_iter()
                .for_each(|value| drop(read.insert(format!("subject.{field}"), value.clone())));
        }
        let groups = self.groups.keys().filter(|group| self.is_within(id, group));
        read.insert("subject.groups".to_owned(), groups.map(|group| json!(group)).collect());
        let properties = subject.get("properties").and_then(Value::as_object);
        for (name, value) in properties.into_iter().flatten() {
            read.insert(format!("subject.properties.{name}"), value.clone());
        }
        if let Some((environment, path, action)) = deed {
            let of_deed =
                [("resource.type", "secret"), ("resource.environment", environment), ("resource.path", path)];
            for (name, value) in of_deed.into_iter().chain([("action", action)]) {
                read.insert(name.to_owned(), json!(value));
            }
        }
        read.extend(context.iter().map(|(name, value)| (format!("context.{name}"), value.clone())));
        read
    }

    fn is_within(&self, id: &SubjectId, group: &GroupId) -> bool {
        let members = self.groups.get(group).into_iter().flatten();
        members.into_iter().any(|member| match member {
            Principal::Subject { id: member } => member == id,
            Principal::Group { id: inner } => self.is_within(id, inner),
        })
    }
}
