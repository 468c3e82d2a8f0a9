//! What of the old spec is what of the new one.
//!
//! In: two specs. Out: [`Pairs`] of definitions and routes: those of one name, and renamed or moved ones whose kind and
//! contents agree.

use std::collections::{BTreeMap, HashMap};

use stone_parser::ir::{AliasId, Api, RouteId, StructId, Type, UnionId};

use super::text::{members, type_text};

/// A struct, a union or an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Def {
    Struct(StructId),
    Union(UnionId),
    Alias(AliasId),
}

impl Def {
    /// Such as `files.Metadata`.
    pub fn name(self, api: &Api) -> String {
        let (namespace, name) = self.parts(api);
        format!("{namespace}.{name}")
    }

    /// Namespace and name.
    pub fn parts(self, api: &Api) -> (&str, &str) {
        let (namespace, name) = match self {
            Self::Struct(id) => (api[id].namespace, &api[id].name),
            Self::Union(id) => (api[id].namespace, &api[id].name),
            Self::Alias(id) => (api[id].namespace, &api[id].name),
        };
        (&api[namespace].name, name)
    }

    /// The definition and its ancestors, the root of the family first.
    pub fn lineage(self, api: &Api) -> Vec<Self> {
        match self {
            Self::Struct(id) => api
                .struct_lineage(id)
                .into_iter()
                .map(Self::Struct)
                .collect(),
            Self::Union(id) => api.union_lineage(id).into_iter().map(Self::Union).collect(),
            Self::Alias(_) => vec![self],
        }
    }

    /// The definition that a type names directly.
    pub fn of(ty: &Type) -> Option<Self> {
        match ty {
            Type::Struct(id) => Some(Self::Struct(*id)),
            Type::Union(id) => Some(Self::Union(*id)),
            Type::Alias(id) => Some(Self::Alias(*id)),
            _ => None,
        }
    }

    /// In a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Union(_) => "union",
            Self::Alias(_) => "alias",
        }
    }
}

/// A spec's definitions in the order of their names.
pub fn definitions(api: &Api) -> impl Iterator<Item = Def> {
    api.namespaces.iter().flat_map(|namespace| {
        let structs = namespace.structs.iter().map(|id| Def::Struct(*id));
        let unions = namespace.unions.iter().map(|id| Def::Union(*id));
        let aliases = namespace.aliases.iter().map(|id| Def::Alias(*id));
        structs.chain(unions).chain(aliases)
    })
}

/// A route's name, such as `files/upload:2`.
pub fn route_name(api: &Api, id: RouteId) -> String {
    let route = &api[id];
    let version = match route.version {
        1 => String::new(),
        version => format!(":{version}"),
    };
    format!("{}/{}{version}", api[route.namespace].name, route.name)
}

/// Which definitions and routes are the same ones.
#[derive(Debug, Default)]
pub struct Pairs {
    /// New definitions by old ones, of one kind.
    pub types: BTreeMap<Def, Def>,
    /// Definitions of one name and different kinds.
    pub kinds: Vec<(Def, Def)>,
    /// Old definitions that are gone.
    pub removed: Vec<Def>,
    /// New definitions.
    pub added: Vec<Def>,
    /// New routes by old ones.
    pub routes: BTreeMap<RouteId, RouteId>,
    /// Old routes that are gone.
    pub removed_routes: Vec<RouteId>,
    /// New routes.
    pub added_routes: Vec<RouteId>,
}

impl Pairs {
    /// Matches by name, then by contents.
    pub fn new(old: &Api, new: &Api) -> Self {
        let mut pairs = Self::default();
        pairs.types_by_name(old, new);
        while pairs.types_by_contents(old, new) {}
        pairs.routes_by_name(old, new);
        pairs.routes_by_contents(old, new);
        pairs
    }

    /// Whether an old and a new definition are the same one.
    pub fn are_one(&self, old: Def, new: Def) -> bool {
        self.types.get(&old) == Some(&new)
    }

    fn types_by_name(&mut self, old: &Api, new: &Api) {
        let mut known: HashMap<_, _> = definitions(new).map(|def| (def.name(new), def)).collect();
        for def in definitions(old) {
            match known.remove(&def.name(old)) {
                Some(other) if def.kind() == other.kind() => drop(self.types.insert(def, other)),
                Some(other) => self.kinds.push((def, other)),
                None => self.removed.push(def),
            }
        }
        self.added = known.into_values().collect();
        self.added.sort_by_key(|def| def.name(new));
    }

    /// Pairs what is left if exactly one old and one new definition have the same contents; says whether it did.
    fn types_by_contents(&mut self, old: &Api, new: &Api) -> bool {
        let mut found = Vec::new();
        let by_shape = |api: &Api, defs: &[Def], map: &dyn Fn(Def) -> String| {
            let mut shapes: BTreeMap<String, Vec<Def>> = BTreeMap::new();
            for def in defs {
                shapes.entry(shape(api, *def, map)).or_default().push(*def);
            }
            shapes
        };
        let mapped = |def: Def| {
            let paired = self.types.get(&def);
            paired.map_or_else(|| def.name(old), |def| def.name(new))
        };
        let gone = by_shape(old, &self.removed, &mapped);
        let mut come = by_shape(new, &self.added, &|def| def.name(new));
        for (shape, olds) in gone {
            let news = come.remove(&shape).unwrap_or_default();
            for was in &olds {
                let same = |is: &&Def| was.parts(old).1 == is.parts(new).1;
                let only = || match (&olds[..], &news[..]) {
                    ([_], [is]) => Some(is),
                    _ => None,
                };
                let telling = |is: &&Def| {
                    members(old, *was) >= 3 || similar(was.parts(old).1, is.parts(new).1)
                };
                let found_one = news.iter().find(same).or_else(|| only().filter(telling));
                found.extend(found_one.map(|is| (*was, *is)));
            }
        }
        for (was, is) in &found {
            self.types.insert(*was, *is);
            self.removed.retain(|def| def != was);
            self.added.retain(|def| def != is);
        }
        !found.is_empty()
    }

    fn routes_by_name(&mut self, old: &Api, new: &Api) {
        let all = |api: &Api| -> Vec<RouteId> {
            let ids = api.namespaces.iter().flat_map(|it| &it.routes);
            ids.copied().collect()
        };
        let mut known: HashMap<_, _> = all(new)
            .into_iter()
            .map(|id| (route_name(new, id), id))
            .collect();
        for id in all(old) {
            match known.remove(&route_name(old, id)) {
                Some(other) => drop(self.routes.insert(id, other)),
                None => self.removed_routes.push(id),
            }
        }
        self.added_routes = known.into_values().collect();
        self.added_routes.sort_by_key(|id| route_name(new, *id));
    }

    /// A route that is gone and a new one with the same signature and a similar name, if nothing else fits.
    fn routes_by_contents(&mut self, old: &Api, new: &Api) {
        let fits = |was: RouteId, is: RouteId| {
            let (was, is) = (&old[was], &new[is]);
            let types = [
                (&was.arg, &is.arg),
                (&was.result, &is.result),
                (&was.error, &is.error),
            ];
            let same = types.into_iter().all(|(was, is)| self.is_same(was, is));
            same && was.name != is.name && similar(&was.name, &is.name)
        };
        let mut found = Vec::new();
        for was in &self.removed_routes {
            let candidates: Vec<_> = self
                .added_routes
                .iter()
                .filter(|is| fits(*was, **is))
                .collect();
            if let [only] = candidates[..] {
                let rivals = self.removed_routes.iter().filter(|was| fits(**was, *only));
                if rivals.count() == 1 {
                    found.push((*was, *only));
                }
            }
        }
        for (was, is) in found {
            self.routes.insert(was, is);
            self.removed_routes.retain(|id| *id != was);
            self.added_routes.retain(|id| *id != is);
        }
    }

    /// Whether two types are written alike, with the same constraints, once pairs are taken for one.
    fn is_same(&self, was: &Type, is: &Type) -> bool {
        match (was, is) {
            (Type::List(was), Type::List(is)) => {
                (&was.min_items, &was.max_items) == (&is.min_items, &is.max_items)
                    && self.is_same(&was.item, &is.item)
            }
            (Type::Map(was), Type::Map(is)) => {
                was.key == is.key && self.is_same(&was.value, &is.value)
            }
            (Type::Nullable(was), Type::Nullable(is)) => self.is_same(was, is),
            _ => match (Def::of(was), Def::of(is)) {
                (Some(was), Some(is)) => self.are_one(was, is),
                (None, None) => was == is,
                _ => false,
            },
        }
    }
}

/// What a definition holds, as a text in which it calls itself `Self`.
fn shape(api: &Api, def: Def, name: &dyn Fn(Def) -> String) -> String {
    let named = |other: Def| {
        if other == def {
            "Self".to_owned()
        } else {
            name(other)
        }
    };
    let text = |ty: &Type| type_text(ty, &named);
    match def {
        Def::Alias(id) => format!("alias {}", text(&api[id].ty)),
        Def::Union(id) => {
            let it = &api[id];
            let parent = it.extends.map(|id| named(Def::Union(id)));
            let tags = it
                .tags
                .iter()
                .map(|tag| format!("{} {}", tag.name, text(&tag.ty)));
            let tags: Vec<_> = tags.collect();
            format!("union {} {parent:?} {}", it.closed, tags.join(", "))
        }
        Def::Struct(id) => {
            let it = &api[id];
            let parent = it.extends.map(|id| named(Def::Struct(id)));
            let field = |field: &stone_parser::ir::Field| {
                format!("{} {} {:?}", field.name, text(&field.ty), field.default)
            };
            let fields: Vec<_> = it.fields.iter().map(field).collect();
            let listed = it.subtypes.iter().flat_map(|it| &it.tags);
            let tags: Vec<_> = listed.map(|(tag, _)| tag.as_str()).collect();
            format!(
                "struct {parent:?} {} {}",
                fields.join(", "),
                tags.join(", ")
            )
        }
    }
}

/// Whether one name may have become the other: same but for case and underscores, one within the other, or at least half
/// of the words in common.
pub fn similar(old: &str, new: &str) -> bool {
    use heck::ToSnakeCase;
    let (old, new) = (old.to_snake_case(), new.to_snake_case());
    let plain = |name: &str| name.replace('_', "");
    let (short, long) = match old.len() <= new.len() {
        true => (plain(&old), plain(&new)),
        false => (plain(&new), plain(&old)),
    };
    let words: Vec<_> = old.split('_').collect();
    let common = new.split('_').filter(|word| words.contains(word)).count();
    let most = words.len().max(new.split('_').count());
    long == short || (short.len() >= 3 && long.contains(&short)) || common * 2 >= most
}

/// Whether two names differ in case and underscores only.
pub fn same_but_case(old: &str, new: &str) -> bool {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    old != new && plain(old) == plain(new)
}
