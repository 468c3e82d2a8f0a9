//! The root of the IR and its namespaces.

use std::collections::BTreeSet;
use std::ops::Index;

use super::{
    Alias, AliasId, Annotation, AnnotationId, AnnotationType, AnnotationTypeId, Doc, Field,
    NamespaceId, Route, RouteId, Struct, StructId, Type, Union, UnionId,
};

/// A whole spec.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// Namespaces, sorted by name; `stone_cfg` is not among them.
    pub namespaces: Vec<Namespace>,
    /// The namespace `stone_cfg`, nameless if there is none. Its id is the one after the last of `namespaces`.
    pub config: Namespace,
    /// All structs.
    pub structs: Vec<Struct>,
    /// All unions.
    pub unions: Vec<Union>,
    /// All aliases.
    pub aliases: Vec<Alias>,
    /// All routes.
    pub routes: Vec<Route>,
    /// All annotations.
    pub annotations: Vec<Annotation>,
    /// All annotation types.
    pub annotation_types: Vec<AnnotationType>,
    /// Fields of `stone_cfg.Route`, inherited ones included: required first, then optional, ancestors first within each.
    pub route_schema: Vec<Field>,
}

/// A namespace with what it defines, each list sorted by name (routes by name, then version).
#[derive(Debug, Clone, Default)]
pub struct Namespace {
    /// Name.
    pub name: String,
    /// Docs of its files, each unwrapped and ended by a line break, in file order.
    pub doc: Option<Doc>,
    /// Namespaces whose structs, unions or aliases are named in a type here.
    pub imports: BTreeSet<String>,
    /// Structs.
    pub structs: Vec<StructId>,
    /// Unions.
    pub unions: Vec<UnionId>,
    /// Aliases.
    pub aliases: Vec<AliasId>,
    /// Routes.
    pub routes: Vec<RouteId>,
    /// Annotations.
    pub annotations: Vec<AnnotationId>,
    /// Annotation types.
    pub annotation_types: Vec<AnnotationTypeId>,
}

impl Api {
    /// The type without aliases on its outside. `?` is kept.
    pub fn unalias<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Alias(id) = ty {
            ty = &self[*id].ty;
        }
        ty
    }

    /// The type without aliases and `?` on its outside, and whether there was a `?`.
    pub fn strip<'a>(&'a self, mut ty: &'a Type) -> (&'a Type, bool) {
        let mut nullable = false;
        loop {
            match ty {
                Type::Alias(id) => ty = &self[*id].ty,
                Type::Nullable(inner) => {
                    nullable = true;
                    ty = inner;
                }
                _ => return (ty, nullable),
            }
        }
    }

    /// A route as its URL ends, such as `files/list_folder/continue` or `files/copy_v2`.
    pub fn url_path(&self, id: RouteId) -> String {
        let route = &self[id];
        format!("{}/{}", self[route.namespace].name, route.versioned_name())
    }

    /// Whether a value of the type may be absent, aliases stripped.
    pub fn is_nullable(&self, ty: &Type) -> bool {
        matches!(self.unalias(ty), Type::Nullable(_))
    }

    /// The struct and its ancestors, the root of the family first.
    pub fn struct_lineage(&self, id: StructId) -> Vec<StructId> {
        let mut line = vec![id];
        let mut at = id;
        while let Some(parent) = self[at].extends {
            line.push(parent);
            at = parent;
        }
        line.reverse();
        line
    }

    /// The union and its ancestors, the root of the family first.
    pub fn union_lineage(&self, id: UnionId) -> Vec<UnionId> {
        let mut line = vec![id];
        let mut at = id;
        while let Some(parent) = self[at].extends {
            line.push(parent);
            at = parent;
        }
        line.reverse();
        line
    }

    /// All fields of a struct, ancestors' first, each group in source order.
    pub fn all_fields(&self, id: StructId) -> impl Iterator<Item = &Field> {
        self.struct_lineage(id)
            .into_iter()
            .flat_map(|id| &self[id].fields)
    }

    /// All tags of a union without the catch-all, ancestors' first.
    pub fn all_tags(&self, id: UnionId) -> impl Iterator<Item = &super::Tag> {
        self.union_lineage(id)
            .into_iter()
            .flat_map(|id| &self[id].tags)
    }

    /// `namespace.Name` of anything that has a namespace and a name.
    pub fn qualified(&self, namespace: NamespaceId, name: &str) -> String {
        format!("{}.{}", self[namespace].name, name)
    }
}

macro_rules! index {
    ($($id:ident => $field:ident: $item:ty,)*) => {$(
        impl Index<$id> for Api {
            type Output = $item;

            fn index(&self, id: $id) -> &$item {
                &self.$field[id.index()]
            }
        }
    )*};
}

index! {
    StructId => structs: Struct,
    UnionId => unions: Union,
    AliasId => aliases: Alias,
    RouteId => routes: Route,
    AnnotationId => annotations: Annotation,
    AnnotationTypeId => annotation_types: AnnotationType,
}

impl Index<NamespaceId> for Api {
    type Output = Namespace;

    fn index(&self, id: NamespaceId) -> &Namespace {
        self.namespaces.get(id.index()).unwrap_or(&self.config)
    }
}
