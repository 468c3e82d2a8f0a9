//! Our examples of a definition that changed.
//!
//! In: the examples, and the definition as it is now. Out: lines; fields that are gone are left out, new ones that are
//! required get a value if a plain one exists.

use num_bigint::BigInt;
use stone_parser::ir::{Api, Field, Type};

use super::Review;
use super::print::quoted;
use super::texts::{Key, OwnExample, Texts};

/// The examples of a definition, each after an empty line.
pub fn examples(texts: &Texts<'_>, key: &Key, review: &mut Vec<Review>) -> Vec<String> {
    let mut lines = Vec::new();
    for example in texts.examples(key) {
        let name = format!("{key} {}", example.label);
        let members = members(texts.theirs, key);
        let kept: Vec<_> = example
            .fields
            .iter()
            .filter(|(field, _)| members.contains(field))
            .collect();
        if kept.is_empty() && !example.fields.is_empty() {
            review.push(Review::ExampleDropped(name, "all it sets is gone".into()));
            continue;
        }
        lines.push(String::new());
        lines.push(format!("    example {}", example.label));
        lines.extend(example.text.iter().flat_map(|text| quoted(text, 2)));
        lines.extend(kept.iter().map(|(_, line)| format!("        {line}")));
        let filled = filled(texts, key, example);
        lines.extend(
            filled
                .iter()
                .map(|(name, value)| format!("        {name} = {value}")),
        );
        if !filled.is_empty() {
            let names: Vec<_> = filled.into_iter().map(|(name, _)| name).collect();
            review.push(Review::ExampleFilled(name, names.join(", ")));
        }
    }
    lines
}

/// Fields, tags and tags of subtypes.
fn members(api: &Api, key: &Key) -> Vec<String> {
    let here = api.namespaces.iter().find(|it| it.name == key.namespace);
    let structs = here
        .into_iter()
        .flat_map(|it| &it.structs)
        .filter(|id| api[**id].name == key.name);
    let unions = here
        .into_iter()
        .flat_map(|it| &it.unions)
        .filter(|id| api[**id].name == key.name);
    let fields = structs
        .clone()
        .flat_map(|id| api.all_fields(*id))
        .map(|it| it.name.clone());
    let listed = structs
        .flat_map(|id| &api[*id].subtypes)
        .flat_map(|it| &it.tags);
    let tags = unions
        .flat_map(|id| api.all_tags(*id))
        .map(|it| it.name.clone());
    fields
        .chain(listed.map(|(tag, _)| tag.clone()))
        .chain(tags)
        .collect()
}

/// Required fields that the example does not set.
fn filled(texts: &Texts<'_>, key: &Key, example: &OwnExample) -> Vec<(String, String)> {
    let api = texts.theirs;
    let here = api.namespaces.iter().find(|it| it.name == key.namespace);
    let mut structs = here.into_iter().flat_map(|it| &it.structs);
    let Some(id) = structs.find(|id| api[**id].name == key.name) else {
        return Vec::new();
    };
    let is_set = |field: &Field| example.fields.iter().any(|(name, _)| *name == field.name);
    // An example of a root names a subtype and nothing else.
    let is_root = api[*id].subtypes.is_some();
    let missing = api
        .all_fields(*id)
        .filter(|field| field.required && !is_root && !is_set(field));
    missing
        .filter_map(|field| Some((field.name.clone(), plain(texts, &field.ty)?)))
        .collect()
}

/// A value of a type that says nothing.
fn plain(texts: &Texts<'_>, ty: &Type) -> Option<String> {
    let api = texts.theirs;
    let has_default = |namespace: stone_parser::ir::NamespaceId, name: &str| {
        texts.has_example(&Key::definition(&api[namespace].name, name), "default")
    };
    match api.strip(ty).0 {
        Type::Boolean => Some("false".into()),
        Type::Int(int) => Some(
            int.min
                .clone()
                .unwrap_or(BigInt::ZERO)
                .max(BigInt::ZERO)
                .to_string(),
        ),
        Type::Float(float) => Some(format!("{:?}", float.min.unwrap_or(0.0).max(0.0))),
        Type::String(it) if it.pattern.is_none() => {
            let least = it
                .min_length
                .as_ref()
                .and_then(|min| usize::try_from(min).ok());
            Some(format!("\"{}\"", "x".repeat(least.unwrap_or(1).max(1))))
        }
        Type::Timestamp(format) if format == "%Y-%m-%d" => Some("\"2026-01-15\"".into()),
        Type::Timestamp(_) => Some("\"2026-01-15T09:30:00Z\"".into()),
        Type::List(list) if list.min_items.is_none() => Some("[]".into()),
        Type::Map(_) => Some("{}".into()),
        Type::Struct(id) => {
            has_default(api[*id].namespace, &api[*id].name).then(|| "default".into())
        }
        Type::Union(id) => {
            let mut tags = api.all_tags(*id);
            let void = tags.find(|tag| *api.unalias(&tag.ty) == Type::Void);
            void.map(|tag| tag.name.clone())
        }
        _ => None,
    }
}
