//! Ways through the error of a route to certain tags.
//!
//! In: the type of the error, and names of tags without payload. Out: each way as the runtime's `Error::tag_path`
//! spells it, which is the tags from the outside in. A struct without tags of its own is no step, but leads to its
//! fields; lists and maps lead nowhere.

use std::collections::BTreeSet;

use stone_parser::ir::{Api, Type};

use super::plan::{fields, tags};

/// The most values that are looked into; an error of the API contains about ten.
const LIMIT: usize = 10_000;

/// The tags on the way to a value, each with the type that declares it.
type Way = Vec<(Type, String)>;

/// All ways from an error to tags of these names, through no type twice; `None` if they are too many to be followed.
pub fn error_paths(api: &Api, error: &Type, ends: &BTreeSet<String>) -> Option<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    let mut pending = vec![(error.clone(), Way::new())];
    let mut seen = 0;
    while let Some((ty, way)) = pending.pop() {
        let is_new = |at: &Type| way.iter().all(|(before, _)| before != at);
        for at in tagged(api, &ty).into_iter().filter(is_new) {
            seen += 1;
            for (tag, payload) in payloads(api, &at) {
                let way = [&way[..], &[(at.clone(), tag)]].concat();
                match payload {
                    Type::Void => paths.extend(path(&way, ends)),
                    payload => pending.push((payload, way)),
                }
            }
        }
        if seen > LIMIT {
            return None;
        }
    }
    Some(paths)
}

/// The value itself if it has a tag, else its fields that have one.
fn tagged(api: &Api, ty: &Type) -> Vec<Type> {
    let has_tag = |ty: &Type| match ty {
        Type::Union(_) => true,
        Type::Struct(id) => api[*id].subtypes.is_some(),
        _ => false,
    };
    let stripped = |ty| api.strip(ty).0.clone();
    match stripped(ty) {
        Type::Struct(id) if api[id].subtypes.is_none() => {
            let fields = fields(api, id).map(|(_, field)| stripped(&field.ty));
            fields.filter(has_tag).collect()
        }
        ty => Vec::from_iter(has_tag(&ty).then_some(ty)),
    }
}

/// The tags of a union or of enumerated subtypes, and what is behind each.
fn payloads(api: &Api, ty: &Type) -> Vec<(String, Type)> {
    match ty {
        Type::Union(id) => tags(api, *id)
            .map(|(_, tag)| (tag.name.clone(), api.strip(&tag.ty).0.clone()))
            .collect(),
        Type::Struct(id) => {
            let subtypes = api[*id].subtypes.iter().flat_map(|it| &it.tags);
            let behind = |(tag, to): &(String, _)| (tag.clone(), Type::Struct(*to));
            subtypes.map(behind).collect()
        }
        _ => Vec::new(),
    }
}

fn path(way: &Way, ends: &BTreeSet<String>) -> Option<String> {
    let tags: Vec<_> = way.iter().map(|(_, tag)| tag.as_str()).collect();
    ends.contains(*tags.last()?).then(|| tags.join("/"))
}
