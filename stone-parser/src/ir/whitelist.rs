//! Cuts an API down to some routes and types and what they need.
//!
//! In: an [`Api`] and a [`Whitelist`]. Out: an [`Api`] whose namespaces list only what is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::{self, Display, Formatter};

use super::{
    AliasId, Api, Doc, DocPart, Namespace, RouteId, Struct, StructId, Type, Union, UnionId,
};

/// What to keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whitelist {
    /// Routes by namespace: `name` or `name:version`, or `*` alone for all.
    pub routes: BTreeMap<String, Vec<String>>,
    /// Structs and unions by namespace.
    pub types: BTreeMap<String, Vec<String>>,
}

/// Why a whitelist cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhitelistError {
    /// It is not the JSON that it should be.
    Json(String),
    /// There is no such namespace.
    Namespace(String),
    /// There is no such route in this namespace.
    Route(String, String),
    /// There is no such struct or union in this namespace.
    Type(String, String),
}

impl Error for WhitelistError {}

impl Display for WhitelistError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(problem) => write!(f, "whitelist: {problem}"),
            Self::Namespace(name) => write!(f, "whitelist: there is no namespace `{name}`"),
            Self::Route(namespace, name) => write!(
                f,
                "whitelist: namespace `{namespace}` has no route `{name}`"
            ),
            Self::Type(namespace, name) => {
                write!(f, "whitelist: namespace `{namespace}` has no type `{name}`")
            }
        }
    }
}

impl Whitelist {
    /// Reads `{"route_whitelist": {namespace: [route, …]}, "datatype_whitelist": {namespace: [type, …]}}`.
    pub fn from_json(text: &str) -> Result<Self, WhitelistError> {
        const ROUTES: &str = "route_whitelist";
        const TYPES: &str = "datatype_whitelist";
        let mut lists: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            serde_json::from_str(text).map_err(|error| WhitelistError::Json(error.to_string()))?;
        let mut take = |key: &str| {
            lists
                .remove(key)
                .ok_or_else(|| WhitelistError::Json(format!("the key `{key}` is missing")))
        };
        let whitelist = Self {
            routes: take(ROUTES)?,
            types: take(TYPES)?,
        };
        match lists.keys().next() {
            None => Ok(whitelist),
            Some(key) => Err(WhitelistError::Json(format!(
                "`{key}` is neither `{ROUTES}` nor `{TYPES}`"
            ))),
        }
    }
}

/// Keeps the routes and types of a whitelist, what these types are made of, and what their docs mention. Aliases,
/// annotations and namespaces stay. What is left out stays reachable by id, as kept aliases may lead there, but no
/// namespace lists it.
pub fn whitelist(api: &Api, list: &Whitelist) -> Result<Api, WhitelistError> {
    let mut kept = Kept::new(api);
    for (name, routes) in &list.routes {
        let namespace = kept.namespace(name)?;
        kept.listed_routes(namespace, routes)?;
    }
    for (name, types) in &list.types {
        let namespace = kept.namespace(name)?;
        kept.listed_types(namespace, types)?;
    }
    kept.close();
    let (structs, unions, routes) = (kept.structs, kept.unions, kept.routes);
    let mut api = api.clone();
    for namespace in &mut api.namespaces {
        namespace.structs.retain(|id| structs.contains(id));
        namespace.unions.retain(|id| unions.contains(id));
        namespace.routes.retain(|id| routes.contains(id));
    }
    Ok(api)
}

/// A definition whose parts are still to be looked at.
enum Todo {
    Struct(StructId),
    Union(UnionId),
    Alias(AliasId),
}

struct Kept<'a> {
    api: &'a Api,
    structs: BTreeSet<StructId>,
    unions: BTreeSet<UnionId>,
    aliases: BTreeSet<AliasId>,
    routes: BTreeSet<RouteId>,
    todo: Vec<Todo>,
}

impl<'a> Kept<'a> {
    fn new(api: &'a Api) -> Self {
        let (structs, unions, aliases) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self {
            api,
            structs,
            unions,
            aliases,
            routes: BTreeSet::new(),
            todo: Vec::new(),
        }
    }

    /// A namespace that the whitelist names. Its docs count, too.
    fn namespace(&mut self, name: &str) -> Result<&'a Namespace, WhitelistError> {
        let found = self
            .api
            .namespaces
            .iter()
            .find(|namespace| namespace.name == name);
        let namespace = found.ok_or_else(|| WhitelistError::Namespace(name.to_owned()))?;
        self.doc(&namespace.doc);
        Ok(namespace)
    }

    fn listed_routes(
        &mut self,
        namespace: &Namespace,
        names: &[String],
    ) -> Result<(), WhitelistError> {
        let all = matches!(names, [all] if all == "*");
        let listed = names
            .iter()
            .map(|name| find_route(self.api, namespace, name));
        let routes = if all {
            namespace.routes.clone()
        } else {
            listed.collect::<Result<_, _>>()?
        };
        for id in routes {
            self.routes.insert(id);
            self.signature(id);
            self.doc(&self.api[id].doc);
        }
        Ok(())
    }

    fn listed_types(
        &mut self,
        namespace: &Namespace,
        names: &[String],
    ) -> Result<(), WhitelistError> {
        for name in names {
            let ty = find_type(self.api, namespace, name)?;
            self.ty(&ty);
        }
        Ok(())
    }

    /// Follows what is kept until nothing new turns up.
    fn close(&mut self) {
        let api = self.api;
        while let Some(next) = self.todo.pop() {
            match next {
                Todo::Struct(id) => self.struct_parts(&api[id]),
                Todo::Union(id) => self.union_parts(&api[id]),
                Todo::Alias(id) => {
                    self.ty(&api[id].ty);
                    self.doc_with_routes(&api[id].doc);
                }
            }
        }
    }

    fn struct_parts(&mut self, it: &Struct) {
        self.doc_with_routes(&it.doc);
        for field in &it.fields {
            self.ty(&field.ty);
            self.doc_with_routes(&field.doc);
        }
        let subtypes = it
            .subtypes
            .iter()
            .flat_map(|subtypes| &subtypes.tags)
            .map(|(_, id)| *id);
        subtypes
            .chain(it.extends)
            .for_each(|id| self.ty(&Type::Struct(id)));
    }

    fn union_parts(&mut self, it: &Union) {
        self.doc_with_routes(&it.doc);
        for tag in &it.tags {
            self.ty(&tag.ty);
            self.doc_with_routes(&tag.doc);
        }
        it.extends
            .into_iter()
            .for_each(|id| self.ty(&Type::Union(id)));
    }

    fn ty(&mut self, mut ty: &Type) {
        while let Some(inner) = inner(ty) {
            ty = inner;
        }
        let new = match ty {
            Type::Struct(id) => self.structs.insert(*id).then_some(Todo::Struct(*id)),
            Type::Union(id) => self.unions.insert(*id).then_some(Todo::Union(*id)),
            Type::Alias(id) => self.aliases.insert(*id).then_some(Todo::Alias(*id)),
            _ => None,
        };
        self.todo.extend(new);
    }

    fn signature(&mut self, id: RouteId) {
        let route = &self.api[id];
        [&route.arg, &route.result, &route.error]
            .into_iter()
            .for_each(|ty| self.ty(ty));
    }

    /// The types that a doc mentions, directly or by their fields or routes.
    fn doc(&mut self, doc: &Option<Doc>) {
        for part in doc.iter().flat_map(|doc| &doc.parts) {
            match part {
                DocPart::Type(ty) => self.ty(ty),
                DocPart::Field(id, _) => self.ty(&Type::Struct(*id)),
                DocPart::Tag(id, _) => self.ty(&Type::Union(*id)),
                DocPart::Route(id) => self.signature(*id),
                DocPart::Text(_) | DocPart::Link { .. } | DocPart::Val(_) => {}
            }
        }
    }

    /// Docs of types keep the routes that they mention; those of routes and namespaces do not.
    fn doc_with_routes(&mut self, doc: &Option<Doc>) {
        self.doc(doc);
        self.routes.extend(
            doc.iter()
                .flat_map(|doc| &doc.parts)
                .filter_map(|part| match part {
                    DocPart::Route(id) => Some(*id),
                    _ => None,
                }),
        );
    }
}

/// The type inside a list, a map or a `?`.
fn inner(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(list) => Some(&list.item),
        Type::Map(map) => Some(&map.value),
        Type::Nullable(inner) => Some(inner),
        _ => None,
    }
}

fn find_route(api: &Api, namespace: &Namespace, listed: &str) -> Result<RouteId, WhitelistError> {
    let (name, version) = match listed.split_once(':') {
        Some((name, version)) => (name, version.parse().ok()),
        None => (listed, Some(1)),
    };
    let is_it = |id: &&RouteId| api[**id].name == name && Some(api[**id].version) == version;
    let missing = || WhitelistError::Route(namespace.name.clone(), listed.to_owned());
    namespace
        .routes
        .iter()
        .find(is_it)
        .copied()
        .ok_or_else(missing)
}

fn find_type(api: &Api, namespace: &Namespace, name: &str) -> Result<Type, WhitelistError> {
    let structs = namespace
        .structs
        .iter()
        .filter(|id| api[**id].name == name)
        .map(|id| Type::Struct(*id));
    let unions = namespace
        .unions
        .iter()
        .filter(|id| api[**id].name == name)
        .map(|id| Type::Union(*id));
    let missing = || WhitelistError::Type(namespace.name.clone(), name.to_owned());
    structs.chain(unions).next().ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn api() -> Api {
        let mut sources = SourceMap::new();
        let text =
            "namespace a\n\nstruct S\n    f U\n\nunion U\n    t\n\nroute r:2(S, Void, Void)\n";
        sources.add("a.stone", text);
        crate::compile(&sources).api
    }

    /// The names that a whitelist keeps, or why it cannot.
    fn kept(json: &str) -> Result<Vec<String>, WhitelistError> {
        let api = whitelist(&api(), &Whitelist::from_json(json)?)?;
        let namespace = &api.namespaces[0];
        let structs = namespace.structs.iter().map(|id| api[*id].name.clone());
        let unions = namespace.unions.iter().map(|id| api[*id].name.clone());
        let routes = namespace.routes.iter().map(|id| api[*id].name.clone());
        Ok(structs.chain(unions).chain(routes).collect())
    }

    #[test]
    fn keeps_what_is_listed_and_what_it_needs() {
        let lists = [
            (r#"{"a": ["*"]}"#, "{}", vec!["S", "U", "r"]),
            (r#"{"a": ["r:2"]}"#, r#"{"a": []}"#, vec!["S", "U", "r"]),
            ("{}", r#"{"a": ["U"]}"#, vec!["U"]),
            ("{}", "{}", vec![]),
        ];
        for (routes, types, names) in lists {
            let json = format!(r#"{{"route_whitelist": {routes}, "datatype_whitelist": {types}}}"#);
            assert_eq!(
                kept(&json),
                Ok(names.into_iter().map(String::from).collect()),
                "{json}"
            );
        }
    }

    #[test]
    fn names_what_does_not_exist() {
        let lists = [
            (r#"{"b": []}"#, "{}", "whitelist: there is no namespace `b`"),
            (
                r#"{"a": ["r"]}"#,
                "{}",
                "whitelist: namespace `a` has no route `r`",
            ),
            (
                r#"{"a": ["r:x"]}"#,
                "{}",
                "whitelist: namespace `a` has no route `r:x`",
            ),
            (
                r#"{"a": ["*", "r:2"]}"#,
                "{}",
                "whitelist: namespace `a` has no route `*`",
            ),
            (
                "{}",
                r#"{"a": ["T"]}"#,
                "whitelist: namespace `a` has no type `T`",
            ),
        ];
        for (routes, types, message) in lists {
            let json = format!(r#"{{"route_whitelist": {routes}, "datatype_whitelist": {types}}}"#);
            assert_eq!(
                kept(&json).map_err(|error| error.to_string()),
                Err(message.to_owned())
            );
        }
    }

    #[test]
    fn needs_both_lists_and_no_more() {
        let other = r#"{"route_whitelist": {}, "datatype_whitelist": {}, "routes": {}}"#;
        for json in ["", "[]", "{}", r#"{"route_whitelist": {}}"#, other] {
            assert!(matches!(kept(json), Err(WhitelistError::Json(_))), "{json}");
        }
    }
}
