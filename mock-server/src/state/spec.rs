//! What the spec itself tells of values: its examples.

use serde_json::Value;
use stone_parser::ir::{Api, Example, Namespace, Type, Union};

use crate::answer::plain;

fn namespace<'a>(api: &'a Api, name: &str) -> Option<&'a Namespace> {
    api.namespaces
        .iter()
        .find(|namespace| namespace.name == name)
}

/// A union by its name.
pub(crate) fn union<'a>(api: &'a Api, of: &str, name: &str) -> Option<&'a Union> {
    let unions = namespace(api, of)?.unions.iter();
    unions.map(|id| &api[*id]).find(|union| union.name == name)
}

/// The first example of a struct by its name.
pub(crate) fn example(api: &Api, of: &str, name: &str) -> Option<Value> {
    let structs = namespace(api, of)?.structs.iter();
    let found = structs.map(|id| &api[*id]).find(|item| item.name == name)?;
    first(&found.examples)
}

/// The first example of a struct; one without fields needs none.
pub(crate) fn example_of(api: &Api, ty: &Type) -> Option<Value> {
    let (Type::Struct(id), _) = api.strip(ty) else {
        return None;
    };
    let needs_none = !api.all_fields(*id).any(|field| field.required);
    first(&api[*id].examples).or(needs_none.then(|| Value::Object(serde_json::Map::new())))
}

fn first(examples: &[Example]) -> Option<Value> {
    Some(plain(&examples.first()?.value))
}
