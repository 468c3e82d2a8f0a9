//! Every type of the project's own spec, answered from examples and made up.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use stone_parser::ir::{Api, StructId, Type, UnionId};
use stone_parser::source::SourceMap;

use super::Maker;
use crate::check::value::Values;
use crate::errors::summary;

fn spec() -> Arc<Api> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut sources = SourceMap::new();
    for entry in fs::read_dir(folder).expect("the spec is there").flatten() {
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "stone")
        {
            let text = fs::read_to_string(&path).expect("the spec is text");
            sources.add(path.to_string_lossy(), text);
        }
    }
    Arc::new(stone_parser::compile(&sources).api)
}

fn types(api: &Api) -> Vec<Type> {
    let structs = (0..api.structs.len() as u32).map(|id| Type::Struct(StructId(id)));
    let unions = (0..api.unions.len() as u32).map(|id| Type::Union(UnionId(id)));
    structs.chain(unions).collect()
}

fn name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Struct(id) => api.qualified(api[*id].namespace, &api[*id].name),
        Type::Union(id) => api.qualified(api[*id].namespace, &api[*id].name),
        other => format!("{other:?}"),
    }
}

/// Unions that nobody can send a value of, since they have no tags of their own.
fn is_empty(api: &Api, ty: &Type) -> bool {
    matches!(ty, Type::Union(id) if api.all_tags(*id).next().is_none())
}

#[test]
fn examples_and_made_up_values_fit_their_types() {
    let api = spec();
    let values = Arc::new(Values::new(api.clone()));
    let mut maker = Maker::new(api.clone(), values.clone(), 7);
    let mut bare = without_examples(&api);
    let mut invented = Maker::new(Arc::new(std::mem::take(&mut bare)), values.clone(), 7);
    let mut wrong = Vec::new();
    let all = types(&api);
    for ty in all.iter().filter(|ty| !is_empty(&api, ty)) {
        for (how, value) in [
            ("example", maker.value(ty)),
            ("made up", invented.value(ty)),
        ] {
            if let Err(misfit) = values.check(ty, &value) {
                wrong.push(format!("{} ({how}): {misfit}: {value}", name(&api, ty)));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(all.len() > 2000);
}

/// The same spec, whose values have to be made up.
fn without_examples(api: &Api) -> Api {
    let mut bare = api.clone();
    bare.structs.iter_mut().for_each(|ty| ty.examples.clear());
    bare.unions.iter_mut().for_each(|ty| ty.examples.clear());
    bare
}

#[test]
fn every_error_can_be_made_from_its_tags() {
    let api = spec();
    let values = Arc::new(Values::new(api.clone()));
    let mut maker = Maker::new(api.clone(), values.clone(), 7);
    let mut made = 0;
    for route in &api.routes {
        let Type::Union(id) = api.strip(&route.error).0 else {
            continue;
        };
        for tag in api.all_tags(*id) {
            let error = maker
                .error(&route.error, &tag.name)
                .expect("the tag exists");
            assert_eq!(values.check(&route.error, &error), Ok(()), "{error}");
            let found = summary(&error);
            assert!(
                found.split('/').next() == Some(&tag.name),
                "{found} for {}",
                tag.name
            );
            made += 1;
        }
    }
    assert!(made > 500, "{made}");
}

#[test]
fn tags_lead_through_unions_and_structs() {
    let api = spec();
    let values = Arc::new(Values::new(api.clone()));
    let mut maker = Maker::new(api.clone(), values, 7);
    let upload = Type::Union(find(&api, "UploadError"));
    let error = maker
        .error(&upload, "path/conflict/file")
        .expect("the tags exist");
    assert_eq!(error[".tag"], "path");
    assert_eq!(error["reason"]["conflict"][".tag"], "file");
    assert!(error["upload_session_id"].is_string());
    assert_eq!(summary(&error), "path/conflict/file/..");
    let wrong = maker
        .error(&upload, "path/colour")
        .expect_err("there is no such tag");
    assert_eq!(wrong.tag, "colour");
    assert!(wrong.known.contains(&"conflict".to_owned()));
    let beyond = maker
        .error(&upload, "payload_too_large/x")
        .expect_err("the tag has no payload");
    assert_eq!(beyond.known, [""; 0]);
}

fn find(api: &Api, name: &str) -> UnionId {
    let mut unions = (0..).map(UnionId).zip(&api.unions);
    let found = unions.find(|(_, item)| item.name == name);
    found.expect("the union exists").0
}

#[test]
fn the_same_seed_makes_the_same_values() {
    let api = Arc::new(without_examples(&spec()));
    let values = Arc::new(Values::new(api.clone()));
    let made = |seed| {
        let mut maker = Maker::new(api.clone(), values.clone(), seed);
        let types = types(&api);
        types
            .iter()
            .take(300)
            .map(|ty| maker.value(ty))
            .collect::<Vec<_>>()
    };
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
}
