//! The IR as a JSON document of the format `stone-ir/1`.
//!
//! In: an [`Api`]. Out: one [`Json`] value that says all of it, for comparison with other implementations.

mod annotations;
mod build;
mod print;
mod types;

use super::{
    Alias, Api, Deprecation, Example, Field, Json, Namespace, NamespaceId, Route, Struct, StructId,
    Subtypes, Tag, Union, UnionId, Value,
};
use build::{array, doc, object, or_null};

/// The document of a whole API.
pub fn to_json(api: &Api) -> Json {
    let dump = Dump { api };
    object([
        ("format", "stone-ir/1".into()),
        (
            "namespaces",
            array(&api.namespaces, |namespace| dump.namespace(namespace)),
        ),
        (
            "route_schema",
            array(&api.route_schema, |field| dump.field(field)),
        ),
    ])
}

struct Dump<'a> {
    api: &'a Api,
}

impl Dump<'_> {
    fn namespace(&self, namespace: &Namespace) -> Json {
        let api = self.api;
        object([
            ("name", (&namespace.name).into()),
            ("doc", doc(&namespace.doc)),
            ("imports", array(&namespace.imports, Json::from)),
            (
                "annotation_types",
                array(&namespace.annotation_types, |id| {
                    self.annotation_type(&api[*id])
                }),
            ),
            (
                "annotations",
                array(&namespace.annotations, |id| self.annotation(&api[*id])),
            ),
            (
                "aliases",
                array(&namespace.aliases, |id| self.alias(&api[*id])),
            ),
            (
                "structs",
                array(&namespace.structs, |id| self.structure(&api[*id])),
            ),
            (
                "unions",
                array(&namespace.unions, |id| self.union(&api[*id])),
            ),
            (
                "routes",
                array(&namespace.routes, |id| self.route(&api[*id])),
            ),
        ])
    }

    fn structure(&self, it: &Struct) -> Json {
        object([
            ("name", (&it.name).into()),
            ("doc", doc(&it.doc)),
            ("extends", or_null(it.extends, |id| self.struct_name(id))),
            ("fields", array(&it.fields, |field| self.field(field))),
            (
                "subtypes",
                or_null(it.subtypes.as_ref(), |subtypes| self.subtypes(subtypes)),
            ),
            ("examples", array(&it.examples, example)),
        ])
    }

    fn subtypes(&self, it: &Subtypes) -> Json {
        let tag = |(tag, id): &(String, StructId)| {
            object([("tag", tag.into()), ("type", self.struct_name(*id))])
        };
        object([("closed", it.closed.into()), ("tags", array(&it.tags, tag))])
    }

    fn field(&self, it: &Field) -> Json {
        let field = [
            ("name", (&it.name).into()),
            ("type", self.ty(&it.ty)),
            ("doc", doc(&it.doc)),
            ("required", it.required.into()),
            ("annotations", self.field_annotations(&it.annotations)),
        ];
        let default = it
            .default
            .as_ref()
            .map(|default| ("default", self.value(default)));
        object(field.into_iter().chain(default))
    }

    fn union(&self, it: &Union) -> Json {
        let catch_all = |id| {
            object([
                ("tag", "other".into()),
                ("declared_in", self.union_name(id)),
            ])
        };
        object([
            ("name", (&it.name).into()),
            ("doc", doc(&it.doc)),
            ("extends", or_null(it.extends, |id| self.union_name(id))),
            ("closed", it.closed.into()),
            ("catch_all", or_null(it.catch_all, catch_all)),
            ("tags", array(&it.tags, |tag| self.tag(tag))),
            ("examples", array(&it.examples, example)),
        ])
    }

    fn tag(&self, it: &Tag) -> Json {
        object([
            ("name", (&it.name).into()),
            ("type", self.ty(&it.ty)),
            ("doc", doc(&it.doc)),
            ("annotations", self.field_annotations(&it.annotations)),
        ])
    }

    fn alias(&self, it: &Alias) -> Json {
        let annotations = [
            ("redactor", self.redactor(&it.redactor)),
            ("custom", array(&it.custom, |custom| self.custom(custom))),
        ];
        object([
            ("name", (&it.name).into()),
            ("type", self.ty(&it.ty)),
            ("doc", doc(&it.doc)),
            ("annotations", object(annotations)),
        ])
    }

    fn route(&self, it: &Route) -> Json {
        let attrs = it
            .attrs
            .iter()
            .map(|(name, attr)| (name.as_str(), self.value(&attr.value)));
        object([
            ("name", (&it.name).into()),
            ("version", Json::Int(it.version.into())),
            ("doc", doc(&it.doc)),
            ("arg", self.ty(&it.arg)),
            ("result", self.ty(&it.result)),
            ("error", self.ty(&it.error)),
            (
                "deprecated",
                or_null(it.deprecated.as_ref(), |deprecation| {
                    self.deprecation(deprecation)
                }),
            ),
            ("attrs", object(attrs)),
        ])
    }

    fn deprecation(&self, it: &Deprecation) -> Json {
        let by = or_null(it.by, |id| {
            let route = &self.api[id];
            object([
                ("name", (&route.name).into()),
                ("version", Json::Int(route.version.into())),
            ])
        });
        object([("by", by)])
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Literal(it) => object([("literal", it.into())]),
            Value::Tag { union, tag } => {
                object([("tag", tag.into()), ("union", self.union_name(*union))])
            }
        }
    }

    fn struct_name(&self, id: StructId) -> Json {
        self.name(self.api[id].namespace, &self.api[id].name)
    }

    fn union_name(&self, id: UnionId) -> Json {
        self.name(self.api[id].namespace, &self.api[id].name)
    }

    fn name(&self, namespace: NamespaceId, name: &str) -> Json {
        Json::String(self.api.qualified(namespace, name))
    }
}

fn example(it: &Example) -> Json {
    object([
        ("label", (&it.label).into()),
        ("text", doc(&it.text)),
        ("value", it.value.clone()),
    ])
}
