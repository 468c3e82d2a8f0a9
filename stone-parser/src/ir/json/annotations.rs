//! Annotations and their types in the dump.
//!
//! In: definitions and uses. Out: the objects that stand for them.

use super::Dump;
use super::build::{array, doc, object, or_null};
use crate::ir::{
    Annotation, AnnotationKind, AnnotationType, CustomAnnotation, FieldAnnotations, Json, Param,
    Redactor, RedactorKind, Value,
};

impl Dump<'_> {
    pub(super) fn field_annotations(&self, it: &FieldAnnotations) -> Json {
        object([
            ("deprecated", it.deprecated.into()),
            ("preview", it.preview.into()),
            ("omitted", or_null(it.omitted.as_ref(), Json::from)),
            ("redactor", self.redactor(&it.redactor)),
            ("custom", array(&it.custom, |custom| self.custom(custom))),
        ])
    }

    pub(super) fn redactor(&self, it: &Option<Redactor>) -> Json {
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

    pub(super) fn custom(&self, it: &CustomAnnotation) -> Json {
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

    pub(super) fn annotation(&self, it: &Annotation) -> Json {
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

    pub(super) fn annotation_type(&self, it: &AnnotationType) -> Json {
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

    /// Arguments of annotations are literals, and stand there without the object that tells them from tags.
    fn argument(&self, value: &Value) -> Json {
        match value {
            Value::Literal(it) => it.into(),
            Value::Tag { .. } => self.value(value),
        }
    }
}
