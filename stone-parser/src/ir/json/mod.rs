//! The IR as a JSON document of the format `stone-ir/1`.
//!
//! In: an [`Api`]. Out: one [`Json`] value that says all of it, for comparison with other implementations.

mod build;
mod print;

use super::{
    Alias, Annotation, AnnotationKind, AnnotationType, Api, CustomAnnotation, Deprecation, Doc,
    Example, Field, FieldAnnotations, FloatKind, IntKind, Json, Namespace, NamespaceId, Param,
    Redactor, RedactorKind, Route, Struct, StructId, Subtypes, Tag, Type, Union, UnionId, Value,
};
use build::{array, bounds, kind, object, or_null};

/// Types that nest deeper, which takes a chain of aliases, end in `{"kind": "truncated"}`: what is reached by alias
/// is repeated at every use, so that long chains would make the document quadratic.
const MAX_TYPE_DEPTH: usize = 256;

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

    fn field_annotations(&self, it: &FieldAnnotations) -> Json {
        object([
            ("deprecated", it.deprecated.into()),
            ("preview", it.preview.into()),
            ("omitted", or_null(it.omitted.as_ref(), Json::from)),
            ("redactor", self.redactor(&it.redactor)),
            ("custom", array(&it.custom, |custom| self.custom(custom))),
        ])
    }

    fn redactor(&self, it: &Option<Redactor>) -> Json {
        or_null(it.as_ref(), |redactor| {
            let kind = match redactor.kind {
                RedactorKind::Blot => "blot",
                RedactorKind::Hash => "hash",
            };
            let annotation = &self.api[redactor.annotation];
            object([
                ("kind", kind.into()),
                ("regex", or_null(redactor.regex.as_ref(), Json::from)),
                (
                    "annotation",
                    self.name(annotation.namespace, &annotation.name),
                ),
            ])
        })
    }

    fn custom(&self, it: &CustomAnnotation) -> Json {
        let annotation = &self.api[it.annotation];
        let name = (
            "annotation",
            self.name(annotation.namespace, &annotation.name),
        );
        object(
            [name]
                .into_iter()
                .chain(self.annotation_kind(&annotation.kind).1),
        )
    }

    fn annotation(&self, it: &Annotation) -> Json {
        let (kind, keys) = self.annotation_kind(&it.kind);
        object(
            [("name", (&it.name).into()), ("kind", kind.into())]
                .into_iter()
                .chain(keys),
        )
    }

    /// The kind as a word, and the keys that this kind has.
    fn annotation_kind(&self, it: &AnnotationKind) -> (&'static str, Vec<(&'static str, Json)>) {
        match it {
            AnnotationKind::Deprecated => ("deprecated", Vec::new()),
            AnnotationKind::Preview => ("preview", Vec::new()),
            AnnotationKind::Omitted(caller) => ("omitted", vec![("omitted_caller", caller.into())]),
            AnnotationKind::Redactor(kind, regex) => {
                let kind = match kind {
                    RedactorKind::Blot => "redacted_blot",
                    RedactorKind::Hash => "redacted_hash",
                };
                (kind, vec![("regex", or_null(regex.as_ref(), Json::from))])
            }
            AnnotationKind::Custom(id, args) => {
                let ty = &self.api[*id];
                let args = args
                    .iter()
                    .map(|(name, value)| (name.as_str(), self.argument(value)));
                (
                    "custom",
                    vec![
                        ("type", self.name(ty.namespace, &ty.name)),
                        ("args", object(args)),
                    ],
                )
            }
        }
    }

    fn annotation_type(&self, it: &AnnotationType) -> Json {
        object([
            ("name", (&it.name).into()),
            ("doc", doc(&it.doc)),
            ("params", array(&it.params, |param| self.param(param))),
        ])
    }

    fn param(&self, it: &Param) -> Json {
        let param = [
            ("name", (&it.name).into()),
            ("type", self.ty(&it.ty)),
            ("doc", doc(&it.doc)),
            ("required", it.required.into()),
        ];
        let default = it
            .default
            .as_ref()
            .map(|default| ("default", self.value(default)));
        object(param.into_iter().chain(default))
    }

    fn ty(&self, ty: &Type) -> Json {
        self.nested_ty(ty, 0)
    }

    fn nested_ty(&self, ty: &Type, depth: usize) -> Json {
        if depth >= MAX_TYPE_DEPTH {
            return kind("truncated", []);
        }
        match ty {
            Type::Boolean => kind("boolean", []),
            Type::Bytes => kind("bytes", []),
            Type::Void => kind("void", []),
            Type::Int(int) => kind(
                int_kind(int.kind),
                bounds(["min_value", "max_value"], [&int.min, &int.max]),
            ),
            Type::Float(float) => kind(
                float_kind(float.kind),
                bounds(["min_value", "max_value"], [&float.min, &float.max]),
            ),
            Type::String(string) => self.string(string),
            Type::Timestamp(format) => kind("timestamp", [("format", format.into())]),
            Type::List(list) => {
                let item = ("item", self.nested_ty(&list.item, depth + 1));
                let bounds = bounds(
                    ["min_items", "max_items"],
                    [&list.min_items, &list.max_items],
                );
                kind("list", [item].into_iter().chain(bounds))
            }
            Type::Map(map) => kind(
                "map",
                [
                    ("key", self.string(&map.key)),
                    ("value", self.nested_ty(&map.value, depth + 1)),
                ],
            ),
            Type::Nullable(inner) => kind("nullable", [("type", self.nested_ty(inner, depth + 1))]),
            Type::Struct(id) => kind("struct", [("name", self.struct_name(*id))]),
            Type::Union(id) => kind("union", [("name", self.union_name(*id))]),
            Type::Alias(id) => {
                let alias = &self.api[*id];
                let to = self.nested_ty(&alias.ty, depth + 1);
                kind(
                    "alias",
                    [
                        ("name", self.name(alias.namespace, &alias.name)),
                        ("to", to),
                    ],
                )
            }
        }
    }

    fn string(&self, it: &super::StringType) -> Json {
        let pattern = it
            .pattern
            .as_ref()
            .map(|pattern| ("pattern", pattern.into()));
        kind(
            "string",
            bounds(
                ["min_length", "max_length"],
                [&it.min_length, &it.max_length],
            )
            .chain(pattern),
        )
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Literal(it) => object([("literal", it.into())]),
            Value::Tag { union, tag } => {
                object([("tag", tag.into()), ("union", self.union_name(*union))])
            }
        }
    }

    /// Arguments of annotations are literals, and stand there without the object that tells them from tags.
    fn argument(&self, value: &Value) -> Json {
        match value {
            Value::Literal(it) => it.into(),
            Value::Tag { .. } => self.value(value),
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

fn doc(doc: &Option<Doc>) -> Json {
    or_null(doc.as_ref(), |doc| Json::from(&doc.text))
}

fn int_kind(kind: IntKind) -> &'static str {
    match kind {
        IntKind::Int32 => "int32",
        IntKind::Int64 => "int64",
        IntKind::UInt32 => "uint32",
        IntKind::UInt64 => "uint64",
    }
}

fn float_kind(kind: FloatKind) -> &'static str {
    match kind {
        FloatKind::Float32 => "float32",
        FloatKind::Float64 => "float64",
    }
}
