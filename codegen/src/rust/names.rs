//! Names of Stone as names of Rust.
//!
//! In: names as a spec writes them. Out: identifiers in Rust's cases, clear of keywords and of each other. Of names
//! that meet after casing, the first in source order keeps its own and later ones get `_2`, `_3`.

use std::collections::{BTreeMap, HashSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use stone_parser::ir::{
    AliasId, Api, Field, Namespace, NamespaceId, RouteId, StructId, Subtypes, Tag, Type, UnionId,
};

use super::plan::{self, Client};

/// Words that cannot be identifiers in edition 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods that generated types have, by name or through traits that everybody calls.
const METHODS: &[&str] = &["clone", "default", "new", "validate"];

/// What the hand-written part of the SDK puts beside namespaces: modules at its root and methods of its clients.
const RUNTIME: &[&str] = &[
    "as_admin",
    "as_user",
    "at_team_space",
    "builder",
    "clone",
    "core",
    "generated",
    "json",
    "new",
    "oauth",
    "runtime",
    "testing",
    "with_path_root",
];

/// The features of the SDK that are no namespaces.
const FEATURES: &[&str] = &[
    "blocking", "chrono", "default", "full", "gzip", "jiff", "preview", "serde", "testing",
    "tracing",
];

/// Identifiers in use in one scope.
pub struct Scope {
    reserved: &'static [&'static str],
    taken: HashSet<String>,
}

impl Scope {
    /// An empty scope in which `reserved` names, like keywords, get a trailing underscore.
    pub fn new(reserved: &'static [&'static str]) -> Self {
        Self {
            reserved,
            taken: HashSet::new(),
        }
    }

    /// Takes a name, or the nearest that is free.
    pub fn claim(&mut self, name: String) -> String {
        let mut free = self.clear_of_reserved(name.clone());
        let mut count = 1;
        while !self.taken.insert(free.clone()) {
            count += 1;
            free = format!("{name}_{count}");
        }
        free
    }

    fn clear_of_reserved(&self, name: String) -> String {
        let clash = KEYWORDS.contains(&name.as_str()) || self.reserved.contains(&name.as_str());
        if clash { name + "_" } else { name }
    }
}

/// `snake_case`
pub fn snake(name: &str) -> String {
    valid(name.to_snake_case(), "unnamed")
}

/// `SHOUTY_CASE`, for statics
pub fn shouty(name: &str) -> String {
    valid(name.to_shouty_snake_case(), "UNNAMED")
}

/// `UpperCamelCase`
pub fn camel(name: &str) -> String {
    valid(name.to_upper_camel_case(), "Unnamed")
}

/// Casing can leave nothing, or a digit at the start, of names such as `_` and `_1`.
fn valid(name: String, otherwise: &str) -> String {
    match name.bytes().next() {
        None => otherwise.into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// The feature of a namespace.
pub fn feature(namespace: &str) -> String {
    if FEATURES.contains(&namespace) {
        format!("ns_{namespace}")
    } else {
        namespace.into()
    }
}

/// The types that an enumerating struct becomes beside its enum.
pub struct RootNames {
    /// The struct of its own fields.
    pub base: String,
    /// An unknown subtype, of open ones.
    pub unknown: String,
}

/// Names of a route.
pub struct RouteNames {
    /// The method on handles.
    pub method: String,
    /// The static with its facts.
    pub constant: String,
}

/// Every name that may be used outside of the item it belongs to, by arena index.
pub struct Names {
    modules: Vec<String>,
    structs: Vec<String>,
    unions: Vec<String>,
    aliases: Vec<String>,
    types: Vec<Scope>,
    roots: BTreeMap<StructId, RootNames>,
    routes: Vec<RouteNames>,
    handles: Vec<[String; 4]>,
}

impl Names {
    /// Names for a whole spec.
    pub fn new(api: &Api) -> Self {
        let mut names = Self {
            modules: modules(api),
            structs: vec![String::new(); api.structs.len()],
            unions: vec![String::new(); api.unions.len()],
            aliases: vec![String::new(); api.aliases.len()],
            types: Vec::new(),
            roots: BTreeMap::new(),
            routes: Vec::new(),
            handles: Vec::new(),
        };
        names.routes.resize_with(api.routes.len(), || RouteNames {
            method: String::new(),
            constant: String::new(),
        });
        for namespace in 0..api.namespaces.len() {
            names.name_types(api, NamespaceId(namespace as u32));
            names.name_routes(api, NamespaceId(namespace as u32));
        }
        names
    }

    /// Declared types first, then those that come with them.
    fn name_types(&mut self, api: &Api, id: NamespaceId) {
        let namespace = &api[id];
        let mut scope = Scope::new(&[]);
        for definition in declared(api, namespace) {
            match definition {
                Type::Struct(id) => self.structs[id.index()] = scope.claim(camel(&api[id].name)),
                Type::Union(id) => self.unions[id.index()] = scope.claim(camel(&api[id].name)),
                Type::Alias(id) => self.aliases[id.index()] = scope.claim(camel(&api[id].name)),
                _ => {}
            }
        }
        for root in namespace
            .structs
            .iter()
            .filter(|id| api[**id].subtypes.is_some())
        {
            let name = &self.structs[root.index()];
            let base = scope.claim(format!("{name}Base"));
            let unknown = scope.claim(format!("Unknown{name}"));
            self.roots.insert(*root, RootNames { base, unknown });
        }
        self.handles
            .push(Client::ALL.map(|client| scope.claim(format!("{}Routes", client.name()))));
        self.types.push(scope);
    }

    /// Takes a name for a further type of a namespace, or the nearest that is free.
    pub fn claim_type(&mut self, id: NamespaceId, name: String) -> String {
        self.types[id.index()].claim(name)
    }

    fn name_routes(&mut self, api: &Api, id: NamespaceId) {
        let mut methods = Scope::new(METHODS);
        let mut constants = Scope::new(&[]);
        let mut routes = api[id].routes.clone();
        routes.sort_by_key(|route| api[*route].span);
        for id in routes {
            let name = api[id].versioned_name();
            self.routes[id.index()] = RouteNames {
                method: methods.claim(snake(&name)),
                constant: constants.claim(shouty(&name)),
            };
        }
    }

    /// The module of a namespace, also the method of clients that leads to its routes.
    pub fn module(&self, id: NamespaceId) -> &str {
        &self.modules[id.index()]
    }

    /// The type of a struct; of an enumerating one, the enum.
    pub fn structure(&self, id: StructId) -> &str {
        &self.structs[id.index()]
    }

    /// The type of a union.
    pub fn union(&self, id: UnionId) -> &str {
        &self.unions[id.index()]
    }

    /// The name of an alias.
    pub fn alias(&self, id: AliasId) -> &str {
        &self.aliases[id.index()]
    }

    /// The further types of an enumerating struct.
    pub fn root(&self, id: StructId) -> Option<&RootNames> {
        self.roots.get(&id)
    }

    /// The struct that holds the fields of a struct: itself, or the base of an enumerating one.
    pub fn holder(&self, id: StructId) -> &str {
        self.root(id)
            .map_or_else(|| self.structure(id), |root| &root.base)
    }

    /// The names of a route.
    pub fn route(&self, id: RouteId) -> &RouteNames {
        &self.routes[id.index()]
    }

    /// The handle of a namespace for one kind of client.
    pub fn handle(&self, id: NamespaceId, client: Client) -> &str {
        &self.handles[id.index()][client as usize]
    }
}

/// The types that a namespace defines, in source order.
fn declared(api: &Api, namespace: &Namespace) -> Vec<Type> {
    let structs = namespace
        .structs
        .iter()
        .map(|id| (api[*id].span, Type::Struct(*id)));
    let unions = namespace
        .unions
        .iter()
        .map(|id| (api[*id].span, Type::Union(*id)));
    let aliases = namespace
        .aliases
        .iter()
        .map(|id| (api[*id].span, Type::Alias(*id)));
    let mut all: Vec<_> = structs.chain(unions).chain(aliases).collect();
    all.sort_by_key(|(span, _)| *span);
    all.into_iter().map(|(_, definition)| definition).collect()
}

/// A namespace has no place of its own; the order of names decides.
fn modules(api: &Api) -> Vec<String> {
    let mut scope = Scope::new(RUNTIME);
    api.namespaces
        .iter()
        .map(|namespace| scope.claim(snake(&namespace.name)))
        .collect()
}

/// A field with its names.
pub struct NamedField<'a> {
    /// The field.
    pub field: &'a Field,
    /// The struct that declares it and its index there.
    pub site: (StructId, usize),
    /// In the struct.
    pub name: String,
    /// Of its setter or accessor.
    pub method: String,
}

/// The fields of a struct that are generated, inherited ones first; an ancestor gives its own the same names.
pub fn fields(api: &Api, id: StructId) -> Vec<NamedField<'_>> {
    let mut names = Scope::new(&[]);
    let mut methods = Scope::new(METHODS);
    plan::fields(api, id)
        .map(|(site, field)| {
            let snake = snake(&field.name);
            NamedField {
                field,
                site,
                name: names.claim(snake.clone()),
                method: methods.claim(snake),
            }
        })
        .collect()
}

/// A tag with its name.
pub struct NamedTag<'a> {
    /// The tag.
    pub tag: &'a Tag,
    /// The union that declares it and its index there.
    pub site: (UnionId, usize),
    /// The variant.
    pub name: String,
}

/// The tags of a union that are generated, inherited ones first; an ancestor gives its own the same names.
pub fn tags(api: &Api, id: UnionId) -> Vec<NamedTag<'_>> {
    let mut scope = Scope::new(&["Other"]);
    plan::tags(api, id)
        .map(|(site, tag)| NamedTag {
            tag,
            site,
            name: scope.claim(camel(&tag.name)),
        })
        .collect()
}

/// The variants of an enumerating struct.
pub fn subtypes(subtypes: &Subtypes) -> Vec<String> {
    let mut scope = Scope::new(&["Other"]);
    subtypes
        .tags
        .iter()
        .map(|(tag, _)| scope.claim(camel(tag)))
        .collect()
}
