//! The constants of all routes hold what the spec and `sdk.toml` say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use generated_sdk::{Call, Route, scopes};
use serde_json::{Value, json};
use stone_parser::ast::LiteralValue;
use stone_parser::ir::{self, Api, Type};
use tests::generated::calls::CALLS;
use tests::sample::{READ, WATCH, user, wait};
use tests::server::{Reply, Server};
use tests::snapshots;

fn api() -> Api {
    stone_parser::compile(&snapshots::sources(&snapshots::root().join("spec"))).api
}

fn sdk_toml() -> toml::Table {
    let text = fs::read_to_string(snapshots::root().join("spec/sdk.toml")).expect("it is there");
    text.parse().expect("it is TOML")
}

/// The constants by the end of their URLs.
fn constants() -> BTreeMap<&'static str, &'static Route> {
    let routes = CALLS.iter().map(|case| case.route);
    let name = |route: &Route| route.path.strip_prefix("/2/").expect("all paths begin so");
    routes.map(|route| (name(route), route)).collect()
}

/// The routes of the spec, by the same.
fn declared(api: &Api) -> BTreeMap<String, &ir::Route> {
    let name = |route: &ir::Route| match route.version {
        1 => format!("{}/{}", api[route.namespace].name, route.name),
        version => format!("{}/{}_v{version}", api[route.namespace].name, route.name),
    };
    api.routes
        .iter()
        .map(|route| (name(route), route))
        .collect()
}

fn attr(route: &ir::Route, name: &str) -> Option<String> {
    match &route.attrs[name].value {
        ir::Value::Literal(LiteralValue::String(text)) => Some(text.clone()),
        ir::Value::Literal(LiteralValue::Bool(flag)) => Some(flag.to_string()),
        _ => None,
    }
}

fn lower_case(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

#[test]
fn attributes_are_those_of_the_spec() {
    let (api, constants) = (api(), constants());
    let declared = declared(&api);
    assert_eq!(declared.len(), 276);
    assert!(declared.keys().eq(constants.keys()));
    for (name, route) in declared {
        let facts = constants[name.as_str()];
        let is = |attribute: &str, value: Option<String>| {
            assert_eq!(value, attr(route, attribute), "{attribute} of {name}");
        };
        let select_admin = facts.select_admin.map(lower_case);
        let auth: Vec<_> = facts.auth.iter().map(ToString::to_string).collect();
        assert_eq!(facts.namespace, api[route.namespace].name);
        assert_eq!(
            (facts.name, u64::from(facts.version)),
            (&*route.name, route.version)
        );
        assert_eq!(facts.deprecated, route.deprecated.is_some(), "{name}");
        assert_eq!(
            select_admin,
            attr(route, "select_admin_mode").map(|mode| mode.replace('_', "")),
            "{name}"
        );
        is("style", Some(lower_case(facts.style)));
        is("host", Some(lower_case(facts.host)));
        is("auth", Some(auth.join(", ")));
        is("scope", facts.scope.map(str::to_owned));
        is("allow_app_folder_app", Some(facts.app_folder.to_string()));
        is("is_preview", Some(facts.preview.to_string()));
    }
}

#[test]
fn repeat_safety_is_that_of_sdk_toml() {
    let sdk = sdk_toml();
    let lists = sdk["repeat_safety"].as_table().expect("a section");
    let mut listed = BTreeMap::new();
    for (safety, routes) in lists {
        for route in routes.as_array().expect("lists of routes") {
            listed.insert(route.as_str().expect("names of routes"), safety.clone());
        }
    }
    let constants = constants();
    let generated = constants
        .iter()
        .map(|(name, facts)| (*name, lower_case(facts.repeat)));
    assert_eq!(generated.collect::<BTreeMap<_, _>>(), listed);
}

#[test]
fn errors_that_pass_are_known_by_the_tag_paths_of_answers() {
    let (api, constants, sdk) = (api(), constants(), sdk_toml());
    let tags = sdk["errors"]["try_again"].as_array().expect("a list");
    let ends: BTreeSet<_> = tags.iter().filter_map(toml::Value::as_str).collect();
    let mut counts = BTreeMap::new();
    for (name, route) in declared(&api) {
        let errors = passing(&api, &route.error, &ends, &[]);
        let paths: BTreeSet<_> = errors.iter().map(tag_path).collect();
        let known = constants[name.as_str()].try_again;
        assert!(paths.iter().eq(known), "{name}: {paths:?}, not {known:?}");
        for end in known.iter().filter_map(|path| path.rsplit('/').next()) {
            *counts.entry(end).or_default() += 1;
        }
    }
    let expected = [
        ("retry_error", 1),
        ("temporary_failure", 1),
        ("too_many_write_operations", 26),
        ("transient_error", 8),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

/// Every error of the type, as it travels, whose innermost tag is one of `ends`.
fn passing(api: &Api, ty: &Type, ends: &BTreeSet<&str>, above: &[&Type]) -> Vec<Value> {
    let ty = api.strip(ty).0;
    if above.contains(&ty) {
        return Vec::new();
    }
    let above = [above, &[ty]].concat();
    let inside = |ty: &Type| passing(api, ty, ends, &above);
    match ty {
        Type::Struct(id) => {
            let field = |field: &ir::Field| {
                let name = field.name.clone();
                let values = inside(&field.ty).into_iter();
                values.map(move |value| json!({ &name: value }))
            };
            api.all_fields(*id).flat_map(field).collect()
        }
        Type::Union(id) => {
            let tag = |tag: &ir::Tag| match api.strip(&tag.ty).0 {
                Type::Void if ends.contains(&*tag.name) => vec![json!({ ".tag": tag.name })],
                Type::Void => Vec::new(),
                payload => {
                    let beside = matches!(payload, Type::Struct(_));
                    let with_tag = |value| tagged(&tag.name, value, beside);
                    inside(payload).into_iter().map(with_tag).collect()
                }
            };
            api.all_tags(*id).flat_map(tag).collect()
        }
        _ => Vec::new(),
    }
}

/// A payload with its tag: the fields of a struct are beside it, all else is in a member of its name.
fn tagged(tag: &str, payload: Value, beside: bool) -> Value {
    let mut object = if beside {
        payload
    } else {
        json!({ tag: payload })
    };
    object[".tag"] = tag.into();
    object
}

/// What a client says of an answer with this error.
fn tag_path(error: &Value) -> String {
    let body = json!({ "error": error }).to_string();
    let server = Server::with(move |_| Reply::json(409, &body));
    let client = user(&server);
    let call: Call<(), ()> = Call::rpc(client.core(), &READ, ());
    let error = wait(async { call.await }).expect_err("the status is that of an error");
    error.tag_path().to_owned()
}

#[test]
fn scopes_of_all_routes_are_those_of_the_spec() {
    let api = api();
    let all: Vec<_> = constants().into_values().collect();
    let declared = api.routes.iter().filter_map(|route| attr(route, "scope"));
    let declared: Vec<_> = BTreeSet::from_iter(declared).into_iter().collect();
    assert_eq!(scopes(&all), declared);
    assert_eq!(scopes(&[&WATCH]), [""; 0]);
    assert_eq!(scopes(&[&READ, &WATCH, &READ]), ["sample.read"]);
}
