//! `spec/sdk.toml` after its spec has changed.
//!
//! In: its text and the new spec. Out: its text without entries that name nothing any more, and with new routes in the
//! most careful list; a line for each, for a person to look at.

use std::collections::BTreeSet;

use stone_parser::ir::{Api, RouteId};
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// Mends the text.
pub fn mend(text: &str, api: &Api, notes: &mut Vec<String>) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    let names = Names::new(api);
    let mut drop_from = |array: Option<&mut Array>, known: &BTreeSet<String>, what: &str| {
        let Some(array) = array else { return };
        retain(array, |name| {
            let stays = known.contains(name);
            if !stays {
                notes.push(format!("removed from {what}: {name}"));
            }
            stays
        });
    };
    drop_from(
        list(&mut document, "features", "default_off"),
        &names.namespaces,
        "features.default_off",
    );
    drop_from(
        list(&mut document, "errors", "try_again"),
        &names.void_tags,
        "errors.try_again",
    );
    drop_from(
        list(&mut document, "downloads", "hashed"),
        &names.hashed,
        "downloads.hashed",
    );
    for safety in ["read", "repeatable", "recoverable", "once"] {
        let what = format!("repeat_safety.{safety}");
        drop_from(
            list(&mut document, "repeat_safety", safety),
            &names.routes,
            &what,
        );
    }
    secrets(&mut document, &names, notes);
    replacements(&mut document, &names, notes);
    unanswered(&mut document, &names, notes);
    Ok(document.to_string())
}

/// What the spec has, as facts name it.
struct Names {
    namespaces: BTreeSet<String>,
    routes: BTreeSet<String>,
    /// Routes whose result has the hash of their content.
    hashed: BTreeSet<String>,
    /// Routes that may have a replacement: deprecated ones that do not name it themselves.
    replaceable: BTreeSet<String>,
    members: BTreeSet<String>,
    void_tags: BTreeSet<String>,
}

impl Names {
    fn new(api: &Api) -> Self {
        let ids = || api.namespaces.iter().flat_map(|it| &it.routes).copied();
        let path = |id: RouteId| api.url_path(id);
        let open = |id: &RouteId| {
            api[*id]
                .deprecated
                .as_ref()
                .is_some_and(|it| it.by.is_none())
        };
        let fields = api
            .namespaces
            .iter()
            .flat_map(|it| &it.structs)
            .flat_map(|id| {
                let owner = api.qualified(api[*id].namespace, &api[*id].name);
                api.all_fields(*id)
                    .map(move |field| format!("{owner}.{}", field.name))
            });
        let tags = api
            .namespaces
            .iter()
            .flat_map(|it| &it.unions)
            .flat_map(|id| {
                let owner = api.qualified(api[*id].namespace, &api[*id].name);
                api.all_tags(*id)
                    .map(move |tag| format!("{owner}.{}", tag.name))
            });
        let all_tags = api.unions.iter().flat_map(|it| &it.tags);
        let void = all_tags.filter(|tag| *api.strip(&tag.ty).0 == stone_parser::ir::Type::Void);
        Self {
            namespaces: api.namespaces.iter().map(|it| it.name.clone()).collect(),
            routes: ids().map(path).collect(),
            hashed: ids()
                .filter(|id| codegen::has_content_hash(api, &api[*id].result))
                .map(path)
                .collect(),
            replaceable: ids().filter(open).map(path).collect(),
            members: fields.chain(tags).collect(),
            void_tags: void.map(|tag| tag.name.clone()).collect(),
        }
    }
}

fn list<'d>(document: &'d mut DocumentMut, table: &str, key: &str) -> Option<&'d mut Array> {
    document.get_mut(table)?.get_mut(key)?.as_array_mut()
}

fn retain(array: &mut Array, keep: impl FnMut(&str) -> bool) {
    let mut keep = keep;
    array.retain(|value| value.as_str().is_none_or(&mut keep));
}

fn secrets(document: &mut DocumentMut, names: &Names, notes: &mut Vec<String>) {
    let Some(tables) = document
        .get_mut("secret")
        .and_then(Item::as_array_of_tables_mut)
    else {
        return;
    };
    tables.retain(|table: &Table| {
        let field = table
            .get("field")
            .and_then(Item::as_str)
            .unwrap_or_default();
        let stays = names.members.contains(field);
        if !stays {
            notes.push(format!(
                "removed from secret, see whether it has another name: {field}"
            ));
        }
        stays
    });
}

fn replacements(document: &mut DocumentMut, names: &Names, notes: &mut Vec<String>) {
    let Some(table) = document.get_mut("replaced_by").and_then(Item::as_table_mut) else {
        return;
    };
    table.retain(|old, new| {
        let new = new.as_str().unwrap_or_default();
        let stays = names.replaceable.contains(old) && names.routes.contains(new);
        if !stays {
            notes.push(format!("removed from replaced_by: {old} = {new}"));
        }
        stays
    });
}

/// Whoever adds a route has to say what a second call does. Until then it is taken for harmful.
fn unanswered(document: &mut DocumentMut, names: &Names, notes: &mut Vec<String>) {
    let Some(section) = document.get_mut("repeat_safety") else {
        return;
    };
    let mut answered = BTreeSet::new();
    for safety in ["read", "repeatable", "recoverable", "once"] {
        let list = section.get(safety).and_then(Item::as_array);
        let entries = list.into_iter().flatten().filter_map(Value::as_str);
        answered.extend(entries.map(str::to_owned));
    }
    let missing: Vec<_> = names.routes.difference(&answered).collect();
    if missing.is_empty() {
        return;
    }
    if section.get("once").is_none() {
        section["once"] = toml_edit::value(Array::new());
    }
    let Some(once) = section["once"].as_array_mut() else {
        return;
    };
    for route in missing {
        notes.push(format!(
            "added to repeat_safety.once, see what a second call does: {route}"
        ));
        let at = once
            .iter()
            .position(|it| it.as_str().is_some_and(|name| name > route.as_str()));
        let mut value = Value::from(route.as_str());
        value.decor_mut().set_prefix("\n    ");
        once.insert_formatted(at.unwrap_or(once.len()), value);
    }
}
