//! Annotations: what they say of fields and tags, and their own definitions.
//!
//! In: annotations of both specs. Out: facts.

use std::collections::{BTreeMap, BTreeSet};

use stone_parser::ir::{
    AnnotationKind, Api, CustomAnnotation, FieldAnnotations, Redactor, RedactorKind,
};

use super::{Walk, other};
use crate::diff::fact::Subject;
use crate::diff::rules::Rule;
use crate::diff::text::{stone, value};

type Uses<'a> = (&'a Option<Redactor>, &'a Vec<CustomAnnotation>);

impl Walk<'_> {
    pub(super) fn marks(&mut self, at: &Subject, was: &FieldAnnotations, is: &FieldAnnotations) {
        match (was.deprecated, is.deprecated) {
            (false, true) => self.push(Rule::DeprecatedAdded, at, ""),
            (true, false) => self.push(Rule::DeprecatedRemoved, at, ""),
            _ => {}
        }
        match (was.preview, is.preview) {
            (false, true) => self.push(Rule::PreviewAdded, at, ""),
            (true, false) => self.push(Rule::PreviewRemoved, at, ""),
            _ => {}
        }
        match (&was.omitted, &is.omitted) {
            (None, Some(caller)) => self.push(Rule::OmittedAdded, at, format!("shown to {caller}")),
            (Some(caller), None) => {
                self.push(Rule::OmittedRemoved, at, format!("was shown to {caller}"));
            }
            (Some(old), Some(new)) if old != new => {
                self.push(Rule::OmittedChanged, at, format!("{old} to {new}"));
            }
            _ => {}
        }
        self.annotated(at, (&was.redactor, &was.custom), (&is.redactor, &is.custom));
    }

    /// Redactors and custom annotations, by what they say and not by their names.
    pub(super) fn annotated(&mut self, at: &Subject, was: Uses<'_>, is: Uses<'_>) {
        let text = |redactor: &Option<Redactor>| {
            redactor
                .as_ref()
                .map(|it| redactor_text(it.kind, it.regex.as_deref()))
        };
        let (before, after) = (text(was.0), text(is.0));
        if before != after {
            let notice = if after.is_none() {
                "; logs may show it now"
            } else {
                ""
            };
            let shown = |it: Option<String>| it.unwrap_or_else(|| "none".to_owned());
            let detail = format!("{} to {}{notice}", shown(before), shown(after));
            self.push(Rule::RedactorChanged, at, detail);
        }
        let said = |api: &Api, list: &[CustomAnnotation]| -> BTreeSet<String> {
            list.iter()
                .map(|it| meaning(api, &api[it.annotation].kind))
                .collect()
        };
        let (before, after) = (said(self.old, was.1), said(self.new, is.1));
        if before != after {
            let gone = before.difference(&after).map(|it| format!("{it} removed"));
            let come = after.difference(&before).map(|it| format!("{it} added"));
            let detail: Vec<_> = gone.chain(come).collect();
            self.push(Rule::CustomChanged, at, detail.join(", "));
        }
    }

    pub(super) fn annotations(&mut self) {
        let all = |api: &Api| -> BTreeMap<String, String> {
            let ids = api
                .namespaces
                .iter()
                .flat_map(|it| &it.annotations)
                .map(|id| &api[*id]);
            ids.map(|it| {
                (
                    api.qualified(it.namespace, &it.name),
                    meaning(api, &it.kind),
                )
            })
            .collect()
        };
        self.named_texts(Rule::AnnotationChanged, all(self.old), all(self.new));
        let types = |api: &Api| -> BTreeMap<String, String> {
            let ids = api
                .namespaces
                .iter()
                .flat_map(|it| &it.annotation_types)
                .map(|id| &api[*id]);
            let param = |it: &stone_parser::ir::Param| {
                let default = it.default.as_ref().map(|it| format!(" = {}", value(it)));
                format!(
                    "{} {}{}",
                    it.name,
                    stone(api, &it.ty),
                    default.unwrap_or_default()
                )
            };
            let text = |it: &stone_parser::ir::AnnotationType| {
                it.params.iter().map(param).collect::<Vec<_>>().join(", ")
            };
            ids.map(|it| (api.qualified(it.namespace, &it.name), text(it)))
                .collect()
        };
        self.named_texts(
            Rule::AnnotationTypeChanged,
            types(self.old),
            types(self.new),
        );
    }

    fn named_texts(
        &mut self,
        rule: Rule,
        old: BTreeMap<String, String>,
        new: BTreeMap<String, String>,
    ) {
        let names: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for name in names {
            let detail = match (old.get(name), new.get(name)) {
                (Some(was), Some(is)) if was == is => continue,
                (Some(was), Some(is)) => format!("{was} to {is}"),
                (None, Some(is)) => format!("added: {is}"),
                (was, _) => format!("removed: {}", was.map_or("", String::as_str)),
            };
            let namespace = name.split('.').next().unwrap_or_default();
            self.push(rule, &other(namespace, name), detail);
        }
    }
}

fn redactor_text(kind: RedactorKind, regex: Option<&str>) -> String {
    let name = match kind {
        RedactorKind::Blot => "RedactedBlot",
        RedactorKind::Hash => "RedactedHash",
    };
    regex.map_or_else(|| name.to_owned(), |regex| format!("{name}({regex:?})"))
}

/// What an annotation says.
fn meaning(api: &Api, kind: &AnnotationKind) -> String {
    match kind {
        AnnotationKind::Deprecated => "Deprecated".into(),
        AnnotationKind::Preview => "Preview".into(),
        AnnotationKind::Omitted(caller) => format!("Omitted({caller:?})"),
        AnnotationKind::Redactor(kind, regex) => redactor_text(*kind, regex.as_deref()),
        AnnotationKind::Custom(id, values) => {
            let values = values
                .iter()
                .map(|(name, it)| format!("{name}={}", value(it)));
            let it = &api[*id];
            let name = api.qualified(it.namespace, &it.name);
            format!("{name}({})", values.collect::<Vec<_>>().join(", "))
        }
    }
}
