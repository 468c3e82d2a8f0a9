//! Attributes of routes, and their schema.
//!
//! In: resolved values of both specs. Out: facts, in the vocabulary of Dropbox; other attributes are reported, not judged.

use std::collections::BTreeSet;

use stone_parser::ast::LiteralValue;
use stone_parser::ir::{Api, RouteId, Value};

use super::routes::CALL;
use super::{Walk, other};
use crate::diff::fact::Subject;
use crate::diff::rules::Rule;
use crate::diff::text::{stone, value};

/// What attributes are when a spec does not declare them.
const USUAL: &[(&str, &str)] = &[
    ("auth", "user"),
    ("host", "api"),
    ("style", "rpc"),
    ("is_preview", "false"),
    ("allow_app_folder_app", "false"),
    ("is_cloud_doc_auth", "false"),
];

impl Walk<'_> {
    /// A value as text, strings without quotes, null as nothing.
    pub(super) fn attribute(&self, api: &Api, id: RouteId, name: &str) -> String {
        let usual = USUAL.iter().find(|(known, _)| *known == name);
        match api[id].attrs.get(name).map(|attr| &attr.value) {
            None => usual.map_or("", |(_, usual)| usual).to_owned(),
            Some(Value::Literal(LiteralValue::Null)) => String::new(),
            Some(Value::Literal(LiteralValue::String(text))) => text.clone(),
            Some(other) => value(other),
        }
    }

    pub(super) fn attributes(&mut self, subject: &Subject, was: RouteId, is: RouteId) {
        let names: BTreeSet<_> = self.old[was]
            .attrs
            .keys()
            .chain(self.new[is].attrs.keys())
            .cloned()
            .collect();
        for name in names {
            let old = self.attribute(self.old, was, &name);
            let new = self.attribute(self.new, is, &name);
            if old == new || self.is_undeclared(&name) {
                continue;
            }
            let shown = |text: &str| {
                if text.is_empty() {
                    "none".to_owned()
                } else {
                    text.to_owned()
                }
            };
            let detail = format!("{name} {} to {}", shown(&old), shown(&new));
            let rule = judged(&name, &old, &new);
            let at = match rule {
                Rule::OtherAttribute => Subject {
                    name: format!("{} {name}", subject.name),
                    ..subject.clone()
                },
                _ => subject.clone(),
            };
            self.push_at(rule, &at, detail, CALL);
        }
    }

    /// An attribute that one of the specs does not know and whose meaning is not known here says nothing of routes.
    fn is_undeclared(&self, name: &str) -> bool {
        let known = USUAL.iter().any(|(known, _)| *known == name)
            || ["scope", "select_admin_mode"].contains(&name);
        let declared = |api: &Api| api.route_schema.iter().any(|field| field.name == name);
        !(known || declared(self.old) && declared(self.new))
    }

    pub(super) fn schema(&mut self) {
        let (old, new) = (&self.old.route_schema, &self.new.route_schema);
        for was in old {
            let subject = attribute_subject(&was.name);
            let Some(is) = new.iter().find(|is| is.name == was.name) else {
                self.push(Rule::SchemaOptional, &subject, "removed");
                continue;
            };
            let default = |field: &stone_parser::ir::Field| field.default.as_ref().map(value);
            let shown = |default: Option<String>| default.unwrap_or_else(|| "none".to_owned());
            if default(was) != default(is) {
                let detail = format!("{} to {}", shown(default(was)), shown(default(is)));
                self.push(Rule::SchemaDefault, &subject, detail);
            }
            let (before, after) = (stone(self.old, &was.ty), stone(self.new, &is.ty));
            if before != after {
                self.push(Rule::SchemaType, &subject, format!("{before} to {after}"));
            }
        }
        for is in new
            .iter()
            .filter(|is| old.iter().all(|was| was.name != is.name))
        {
            let rule = if is.required {
                Rule::SchemaRequired
            } else {
                Rule::SchemaOptional
            };
            self.push(rule, &attribute_subject(&is.name), "added");
        }
    }
}

fn attribute_subject(name: &str) -> Subject {
    other("stone_cfg", &format!("stone_cfg.Route.{name}"))
}

fn judged(name: &str, old: &str, new: &str) -> Rule {
    match name {
        "host" => Rule::Host,
        "style" => Rule::Style,
        "auth" => auth(old, new),
        "scope" if new.is_empty() => Rule::ScopeRemoved,
        "scope" => Rule::ScopeAdded,
        "select_admin_mode" if reach(old) > reach(new) => Rule::SelectAdminNarrowed,
        "select_admin_mode" => Rule::SelectAdminWidened,
        "allow_app_folder_app" if new == "true" => Rule::AppFolderAllowed,
        "allow_app_folder_app" => Rule::AppFolderRefused,
        "is_preview" if new == "true" => Rule::BecamePreview,
        "is_preview" => Rule::LeftPreview,
        "is_cloud_doc_auth" => Rule::CloudDocAuth,
        _ => Rule::OtherAttribute,
    }
}

fn reach(mode: &str) -> u8 {
    match mode {
        "" => 0,
        "team_admin" => 1,
        _ => 2,
    }
}

fn auth(old: &str, new: &str) -> Rule {
    let kinds = |text: &str| -> BTreeSet<String> {
        text.split(',').map(|kind| kind.trim().to_owned()).collect()
    };
    let (old, new) = (kinds(old), kinds(new));
    if old == new {
        Rule::AuthOrder
    } else if new.contains("noauth") {
        Rule::AuthDropped
    } else if new.is_superset(&old) {
        Rule::AuthAdded
    } else {
        Rule::AuthRemoved
    }
}
