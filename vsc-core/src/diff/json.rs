//! A difference as JSON, for scripts: names are stable, members may be added.

use vsc_spec::resource::Retention;
use vsc_spec::{Json, Object};

use super::{
    AccessChange, Cause, Consequence, Difference, EntryChange, HomesChange, HomesEffect,
    HomesShortage, NetworkChange, Rename, ResourceChange, ValueChange, VolumeChange,
};

impl Difference {
    /// The difference as a JSON value for scripts:
    ///
    /// - `summary`: the numbers of resources to `add`, `change`, `replace` and `remove`; whether the
    ///   update `widensAccess`
    /// - `resources`: `id`, `type`, `change` (`added`, `removed`, `changed`), `update` (`in-place`,
    ///   `interrupts`, `may-replace`, `replaces`), `properties` and `options` (`path`, `old`, `new`,
    ///   `update`), `consequences` (of a
    ///   `cause`, whose `source` is `replaced`, `may-be-replaced` or `definition`), `retention` (`retained`, `snapshot`, `deleted`), `losesData`
    /// - `entries`: `section`, `name`, `change`, `changes`
    /// - `access`, `network`: what was added or removed, and whether it `widens` access
    /// - `renames`: `from`, `to`, `type`
    /// - `homes`, if the homes of a team do not stay where they are: `users`, `holder`, `effect` (`lost`,
    ///   `may-be-lost`, `must-be-moved`, `moving`), and for lost ones whether a `snapshot` is kept
    /// - `homesShortage`, if homes do not fit on their volume: `neededGib`, `sizeGib`
    pub fn to_json(&self) -> Json {
        let counts = self.counts();
        let count = |count: usize| Json::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let summary = Object::new()
            .with("add", count(counts.add))
            .with("change", count(counts.change))
            .with("replace", count(counts.replace))
            .with("remove", count(counts.remove))
            .with("widensAccess", self.widens_access());
        Json::Object(
            Object::new()
                .with("summary", summary)
                .with(
                    "resources",
                    Json::array(self.resources.iter().map(resource)),
                )
                .with("entries", Json::array(self.entries.iter().map(entry)))
                .with("access", Json::array(self.access.iter().map(access)))
                .with("network", Json::array(self.network.iter().map(network)))
                .with("renames", Json::array(self.renames.iter().map(rename)))
                .with_some("homes", self.homes.as_ref().map(homes))
                .with_some("homesShortage", self.shortage.as_ref().map(shortage)),
        )
    }
}

fn homes(change: &HomesChange) -> Json {
    let snapshot = match change.effect {
        HomesEffect::Lost { has_snapshot, .. } => Some(has_snapshot),
        _ => None,
    };
    Json::Object(
        Object::new()
            .with("users", Json::array(change.users.iter().cloned()))
            .with("holder", change.holder.clone())
            .with("effect", change.effect.name())
            .with_some("snapshot", snapshot),
    )
}

fn shortage(shortage: &HomesShortage) -> Json {
    let gib = |gib: u64| Json::Integer(i64::try_from(gib).unwrap_or(i64::MAX));
    Json::Object(
        Object::new()
            .with("neededGib", gib(shortage.needed_gib))
            .with("sizeGib", gib(shortage.size_gib)),
    )
}

fn resource(change: &ResourceChange) -> Json {
    let retention = change.retention.map(|retention| match retention {
        Retention::Retained => "retained",
        Retention::Snapshot => "snapshot",
        Retention::Deleted => "deleted",
    });
    let consequences = change.consequences.iter().map(consequence);
    Json::Object(
        Object::new()
            .with("id", change.id.clone())
            .with("type", change.type_name.clone())
            .with_some("oldType", change.old_type.clone())
            .with_some("rejected", change.rejected().map(str::to_owned))
            .with_some("volume", change.of_volume().map(VolumeChange::name))
            .with("change", change.kind.name())
            .with("update", change.update().name())
            .with("properties", values(&change.properties))
            .with("options", values(&change.options))
            .with("consequences", Json::array(consequences))
            .with_some("retention", retention)
            .with("losesData", change.loses_data()),
    )
}

fn values(changes: &[ValueChange]) -> Json {
    Json::array(changes.iter().map(|change| {
        Json::Object(
            Object::new()
                .with("path", change.path.to_string())
                .with_some("old", change.old.clone())
                .with_some("new", change.new.clone())
                .with("update", change.update.name()),
        )
    }))
}

fn consequence(consequence: &Consequence) -> Json {
    let source = match consequence.source {
        Cause::Replaced => "replaced",
        Cause::MaybeReplaced => "may-be-replaced",
        Cause::Definition => "definition",
    };
    Json::Object(
        Object::new()
            .with("cause", consequence.cause.clone())
            .with("source", source)
            .with("path", consequence.path.to_string())
            .with("update", consequence.update.name()),
    )
}

fn entry(change: &EntryChange) -> Json {
    Json::Object(
        Object::new()
            .with("section", change.section.clone())
            .with("name", change.name.clone())
            .with("change", change.kind.name())
            .with("changes", values(&change.changes)),
    )
}

fn change_of(added: bool) -> &'static str {
    if added { "added" } else { "removed" }
}

fn access(change: &AccessChange) -> Json {
    let grant = &change.grant;
    Json::Object(
        Object::new()
            .with("change", change_of(change.added))
            .with("widens", change.widens())
            .with("id", grant.id.clone())
            .with("effect", grant.effect.clone())
            .with("principal", grant.principal.clone())
            .with("actions", Json::array(grant.actions.iter().cloned()))
            .with("resource", grant.resource.clone())
            .with_some("condition", grant.condition.clone()),
    )
}

fn network(change: &NetworkChange) -> Json {
    let rule = &change.rule;
    let (from, to) = rule.ports.clone().unzip();
    Json::Object(
        Object::new()
            .with("change", change_of(change.added))
            .with("widens", change.widens)
            .with("group", rule.group.clone())
            .with("direction", rule.direction.name())
            .with("protocol", rule.protocol.clone())
            .with_some("fromPort", from)
            .with_some("toPort", to)
            .with("peer", rule.peer.clone())
            .with("anywhere", rule.is_anywhere()),
    )
}

fn rename(rename: &Rename) -> Json {
    Json::Object(
        Object::new()
            .with("from", rename.from.clone())
            .with("to", rename.to.clone())
            .with("type", rename.type_name.clone()),
    )
}
