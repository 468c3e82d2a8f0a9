//! Properties of valid specs: what is written is what is understood, in any order and in any layout.

use proptest::prelude::*;
use stone_parser::compile;
use stone_parser::diagnostic::Renderer;
use stone_parser::ir::{Api, FloatKind, IntKind, NamespaceId, Type, to_json};
use stone_parser::source::SourceMap;

use crate::write::write;
use crate::{model, mutate, targets};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ir_says_what_the_text_says(spec in model::spec()) {
        let written = write(&spec, false);
        prop_assert_eq!(facts(&understood(&written.files)), written.facts);
    }

    #[test]
    fn the_order_of_files_and_definitions_means_nothing(spec in model::spec()) {
        let (forward, backward) = (write(&spec, false), write(&spec, true));
        let dump = |files| to_json(&understood(files)).to_string();
        prop_assert_eq!(dump(&forward.files), dump(&backward.files));
    }

    #[test]
    fn canonical_text_means_the_same(spec in model::spec()) {
        targets::survives_printing(&write(&spec, false).files);
    }

    #[test]
    fn damage_is_survived(spec in model::spec(), seed in any::<u64>(), times in 1..5) {
        let mut files = write(&spec, false).files;
        let mut rng = fastrand::Rng::with_seed(seed);
        let other = files[0].1.clone();
        for _ in 0..times {
            let file = rng.usize(..files.len());
            mutate::damage(&mut files[file].1, &other, &mut rng);
        }
        targets::is_judged(&files);
        targets::survives_printing(&files);
    }
}

/// The IR of a spec that must be free of mistakes.
fn understood(files: &[(String, String)]) -> Api {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path, text);
    }
    let outcome = compile(&sources);
    let drawn: String = outcome
        .diagnostics
        .iter()
        .map(|d| Renderer::default().render(&sources, d))
        .collect();
    assert!(drawn.is_empty(), "{drawn}");
    outcome.api
}

/// What an IR says, in the words of `write`.
fn facts(api: &Api) -> Vec<String> {
    let mut facts = Vec::new();
    for namespace in &api.namespaces {
        for item in namespace.structs.iter().map(|id| &api[*id]) {
            let name = api.qualified(item.namespace, &item.name);
            facts.extend(
                item.fields
                    .iter()
                    .map(|field| format!("{name}.{} {}", field.name, spelt(api, &field.ty))),
            );
            facts.push(
                name + &item.extends.map_or(String::new(), |parent| {
                    format!(" extends {}", spelt(api, &Type::Struct(parent)))
                }),
            );
        }
        for item in namespace.unions.iter().map(|id| &api[*id]) {
            let name = api.qualified(item.namespace, &item.name);
            facts.extend(
                item.tags
                    .iter()
                    .map(|tag| format!("{name}.{} {}", tag.name, spelt(api, &tag.ty))),
            );
            let word = if item.closed { "union_closed" } else { "union" };
            let parent = item.extends.map_or(String::new(), |parent| {
                format!(" extends {}", spelt(api, &Type::Union(parent)))
            });
            facts.push(format!("{word} {name}{parent}"));
        }
        for item in namespace.aliases.iter().map(|id| &api[*id]) {
            facts.push(format!(
                "{} = {}",
                api.qualified(item.namespace, &item.name),
                spelt(api, &item.ty)
            ));
        }
        for item in namespace.routes.iter().map(|id| &api[*id]) {
            let types = [&item.arg, &item.result, &item.error]
                .map(|ty| spelt(api, ty))
                .join(", ");
            let end = if item.deprecated.is_some() {
                " deprecated"
            } else {
                ""
            };
            facts.push(format!(
                "{}.{}:{}({types}){end}",
                namespace.name, item.name, item.version
            ));
        }
    }
    facts.sort();
    facts
}

/// A type as `fmt` would write it, every name with its namespace.
fn spelt(api: &Api, ty: &Type) -> String {
    let named = |namespace: NamespaceId, name: &str| api.qualified(namespace, name);
    let bound = |name: &str, value: Option<String>| value.map(|value| format!("{name}={value}"));
    match ty {
        Type::Boolean => "Boolean".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Void => "Void".to_owned(),
        Type::Int(int) => {
            let kind = match int.kind {
                IntKind::Int32 => "Int32",
                IntKind::Int64 => "Int64",
                IntKind::UInt32 => "UInt32",
                IntKind::UInt64 => "UInt64",
            };
            with_arguments(
                kind,
                [
                    bound("min_value", int.min.as_ref().map(ToString::to_string)),
                    bound("max_value", int.max.as_ref().map(ToString::to_string)),
                ],
            )
        }
        Type::Float(float) => {
            let kind = match float.kind {
                FloatKind::Float32 => "Float32",
                FloatKind::Float64 => "Float64",
            };
            with_arguments(
                kind,
                [
                    bound("min_value", float.min.map(|f| f.to_string())),
                    bound("max_value", float.max.map(|f| f.to_string())),
                ],
            )
        }
        Type::String(string) => with_arguments(
            "String",
            [
                bound(
                    "min_length",
                    string.min_length.as_ref().map(ToString::to_string),
                ),
                bound(
                    "max_length",
                    string.max_length.as_ref().map(ToString::to_string),
                ),
                bound(
                    "pattern",
                    string
                        .pattern
                        .as_ref()
                        .map(|pattern| format!("\"{}\"", pattern.replace('\\', "\\\\"))),
                ),
            ],
        ),
        Type::Timestamp(format) => format!("Timestamp(\"{format}\")"),
        Type::List(list) => format!("List({})", spelt(api, &list.item)),
        Type::Map(map) => format!("Map(String, {})", spelt(api, &map.value)),
        Type::Nullable(inner) => format!("{}?", spelt(api, inner)),
        Type::Struct(id) => named(api[*id].namespace, &api[*id].name),
        Type::Union(id) => named(api[*id].namespace, &api[*id].name),
        Type::Alias(id) => named(api[*id].namespace, &api[*id].name),
    }
}

fn with_arguments<const N: usize>(name: &str, arguments: [Option<String>; N]) -> String {
    let given: Vec<String> = arguments.into_iter().flatten().collect();
    if given.is_empty() {
        name.to_owned()
    } else {
        format!("{name}({})", given.join(", "))
    }
}
