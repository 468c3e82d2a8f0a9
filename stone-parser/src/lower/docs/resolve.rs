//! What a reference in a docstring means.
//!
//! In: a [`Reference`] and the place of its docstring. Out: the part of the doc that it becomes, or what is wrong.

use crate::diagnostic::Code;
use crate::ir::{DocPart, NamespaceId, StructId, Type, UnionId};
use crate::source::Span;

use super::super::lookup::{self, Wanted};
use super::super::scope::{Defined, LookupError, Symbol};
use super::super::{Context, routes};
use super::references::Reference;

/// From where a docstring sees the names of a spec.
pub(super) struct Place {
    /// Whose names need no prefix.
    pub(super) namespace: NamespaceId,
    /// The struct or union whose fields or tags need no type before them.
    pub(super) ty: Option<Type>,
}

/// Why a reference leads nowhere.
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
    /// A place that says more.
    pub(super) also: Option<(Span, &'static str)>,
}

/// What is wrong with the value of a reference.
struct Flaw {
    message: String,
    /// What to write instead, if something is near.
    help: Option<String>,
    also: Option<(Span, &'static str)>,
}

impl Flaw {
    fn new(message: String) -> Self {
        Self {
            message,
            help: None,
            also: None,
        }
    }

    fn help(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    fn also(self, span: Span, what: &'static str) -> Self {
        Self {
            also: Some((span, what)),
            ..self
        }
    }
}

/// A part of a doc, or why there is none; no reason if that has been reported elsewhere.
type Found<T> = Result<T, Option<Flaw>>;

fn flaw<T>(flaw: Flaw) -> Found<T> {
    Err(Some(flaw))
}

/// Finds what references mean.
pub(super) struct Resolver<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) place: Place,
}

/// The kinds of references.
const TAGS: [&str; 5] = ["field", "link", "route", "type", "val"];

const FIELD_HELP: &str = "write `field`, `Type.field` or `namespace.Type.field`";
const LINK_HELP: &str = "write a title, a blank and a URI";
const ROUTE_HELP: &str =
    "write `route`, `route:2` for another version than 1, or `namespace.route`";
const TAG_HELP: &str = "the kinds of references are `field`, `link`, `route`, `type` and `val`";
const TYPE_HELP: &str = "write `Name` or `namespace.Name` of a struct or union";
const VALUE_HELP: &str = "write `null`, `true`, `false`, a number or a text in double quotes";

impl Resolver<'_> {
    /// The part that a reference becomes, or what is wrong, unless that has been reported.
    pub(super) fn resolve(&self, reference: &Reference<'_>) -> Result<DocPart, Option<Problem>> {
        let value = reference.value;
        let (code, help, part) = match reference.tag {
            "field" => (Code::DocField, FIELD_HELP, self.field(value)),
            "link" => (Code::DocLink, LINK_HELP, link(value)),
            "route" => (Code::DocRoute, ROUTE_HELP, self.route(value)),
            "type" => (Code::DocType, TYPE_HELP, self.ty(value).map(DocPart::Type)),
            "val" => (Code::DocValue, VALUE_HELP, val(value)),
            tag => (Code::DocTag, TAG_HELP, self.unknown_tag(tag)),
        };
        part.map_err(|flaw| {
            let flaw = flaw?;
            Some(Problem {
                code,
                message: flaw.message,
                help: flaw.help.unwrap_or_else(|| help.to_owned()),
                also: flaw.also,
            })
        })
    }

    fn unknown_tag(&self, tag: &str) -> Found<DocPart> {
        let near = self.cx.similar(tag, TAGS.into_iter());
        let help = near.map(|near| format!("did you mean `:{near}:`? {TAG_HELP}"));
        flaw(Flaw::new(format!("`{tag}` is no kind of reference")).help(help))
    }

    fn ty(&self, value: &str) -> Found<Type> {
        let (prefix, name) = split_prefix(value);
        let found = self.symbol(prefix, name, Wanted::Type)?;
        match found.symbol {
            Symbol::Struct(id) => Ok(Type::Struct(id)),
            Symbol::Union(id) => Ok(Type::Union(id)),
            other => {
                let message = format!("`{value}` is {}, not a struct or union", other.describe());
                flaw(Flaw::new(message).also(found.span, "defined here"))
            }
        }
    }

    fn field(&self, value: &str) -> Found<DocPart> {
        let (ty, name) = match value.rsplit_once('.') {
            Some((ty, name)) => (self.owner(ty)?, name),
            None => match &self.place.ty {
                Some(ty) => (ty.clone(), value),
                None => return flaw(Flaw::new(format!("`{value}` does not say of which type"))),
            },
        };
        match ty {
            Type::Struct(id) => self.field_of(id, value, name),
            Type::Union(id) => self.tag_of(id, value, name),
            _ => Err(None),
        }
    }

    fn field_of(&self, id: StructId, value: &str, name: &str) -> Found<DocPart> {
        let fields: Vec<_> = self.cx.api.all_fields(id).collect();
        if fields.iter().any(|field| field.name == name) {
            return Ok(DocPart::Field(id, name.to_owned()));
        }
        if self.cx.is_incomplete_struct(id) {
            return Err(None);
        }
        let ty = &self.cx.api[id];
        let names = fields.iter().map(|field| field.name.as_str());
        self.no_member(value, name, &ty.name, ty.span, names)
    }

    fn tag_of(&self, id: UnionId, value: &str, name: &str) -> Found<DocPart> {
        if self.cx.tag(id, name).is_some() || self.cx.is_catch_all(id, name) {
            return Ok(DocPart::Tag(id, name.to_owned()));
        }
        if self.cx.is_incomplete_union(id) {
            return Err(None);
        }
        let ty = &self.cx.api[id];
        let tags: Vec<_> = self.cx.api.all_tags(id).collect();
        let names = tags.iter().map(|tag| tag.name.as_str());
        self.no_member(value, name, &ty.name, ty.span, names)
    }

    fn no_member<'n, T>(
        &self,
        value: &str,
        name: &str,
        owner: &str,
        span: Span,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Found<T> {
        let nothing = format!("`{owner}` has no fields or tags");
        let help = self
            .cx
            .choose(name, names, &format!("`{owner}` has"), &nothing);
        let message = format!("there is no field or tag `{value}`");
        flaw(Flaw::new(message).help(Some(help)).also(span, "the type"))
    }

    /// The struct or union that stands before the dot of a field, directly or as an alias.
    fn owner(&self, value: &str) -> Found<Type> {
        let (prefix, name) = split_prefix(value);
        let found = self.symbol(prefix, name, Wanted::Type)?;
        let ty = match found.symbol {
            Symbol::Struct(id) => Type::Struct(id),
            Symbol::Union(id) => Type::Union(id),
            Symbol::Alias(id) => self.cx.api.strip(&self.cx.api[id].ty).0.clone(),
            other => {
                let message = format!("`{value}` is {}, which has no fields", other.describe());
                return flaw(Flaw::new(message).also(found.span, "defined here"));
            }
        };
        match ty {
            Type::Struct(_) | Type::Union(_) => Ok(ty),
            // The alias could not be resolved.
            Type::Void => Err(None),
            _ => {
                let message = format!("`{value}` is an alias of a type without fields");
                flaw(Flaw::new(message).also(found.span, "defined here"))
            }
        }
    }

    fn route(&self, value: &str) -> Found<DocPart> {
        let (prefix, route) = split_prefix(value);
        let (name, version) = match route.split_once(':') {
            Some((name, version)) => match version.parse() {
                Ok(number) => (name, number),
                Err(_) => {
                    let message = format!("`{version}` is not the version of a route");
                    return flaw(Flaw::new(message));
                }
            },
            None => (route, 1),
        };
        let found = self.symbol(prefix, name, Wanted::Route)?;
        if found.symbol != Symbol::Route {
            let message = format!("`{name}` is {}, not a route", found.symbol.describe());
            return flaw(Flaw::new(message).also(found.span, "defined here"));
        }
        let at = self.place.namespace;
        let home = prefix.and_then(|prefix| self.cx.scopes.prefix(at, prefix).ok());
        let home = home.unwrap_or(at);
        match self.cx.scopes.route(home, name, version) {
            Some(id) => Ok(DocPart::Route(id)),
            None => {
                let help = routes::version_help(self.cx, home, name);
                let message = format!("route `{name}` has no version {version}");
                flaw(
                    Flaw::new(message)
                        .help(Some(help))
                        .also(found.span, "the route"),
                )
            }
        }
    }

    fn symbol(&self, prefix: Option<&str>, name: &str, wanted: Wanted) -> Found<Defined> {
        let (cx, at) = (self.cx, self.place.namespace);
        let prefix_text = prefix.unwrap_or_default();
        cx.scopes.lookup(at, prefix, name).map_err(|error| {
            Some(match error {
                LookupError::Reported => return None,
                LookupError::UnknownPrefix => {
                    Flaw::new(format!("namespace `{prefix_text}` is not imported here"))
                        .help(Some(lookup::prefix_advice(cx, at, prefix_text)))
                }
                LookupError::NotANamespace(other) => {
                    let kind = other.symbol.describe();
                    Flaw::new(format!("`{prefix_text}` is {kind}, not a namespace"))
                        .also(other.span, "defined here")
                }
                LookupError::UnknownName(home) => {
                    Flaw::new(format!("there is no {} `{name}`", wanted.noun()))
                        .help(lookup::advice(cx, at, home, name, wanted))
                }
            })
        })
    }
}

fn split_prefix(value: &str) -> (Option<&str>, &str) {
    value
        .split_once('.')
        .map_or((None, value), |(prefix, name)| (Some(prefix), name))
}

fn link(value: &str) -> Found<DocPart> {
    match value.rsplit_once(' ') {
        Some((title, uri)) if !title.trim().is_empty() && !uri.is_empty() => Ok(DocPart::Link {
            title: title.to_owned(),
            uri: uri.to_owned(),
        }),
        _ => flaw(Flaw::new(format!("`{value}` is not a title with a URI"))),
    }
}

fn val(value: &str) -> Found<DocPart> {
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let is_text = quoted.is_some_and(|text| !text.contains(['"', '\\']));
    if is_text || matches!(value, "null" | "true" | "false") || is_number(value) {
        Ok(DocPart::Val(value.to_owned()))
    } else {
        flaw(Flaw::new(format!("`{value}` is not a value")))
    }
}

/// Digits with a sign, a fraction and an exponent if need be.
fn is_number(value: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let integer = |text: &str| {
        let text = text.strip_prefix('-').unwrap_or(text);
        !text.is_empty() && digits(text)
    };
    let (mantissa, exponent) = value
        .split_once('e')
        .map_or((value, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    integer(whole) && digits(fraction) && exponent.is_none_or(integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_values() {
        for value in [
            "null", "true", "-3", "2.5e-3", "1.", "1e7", "\"a b\"", "\"\"",
        ] {
            assert!(val(value).is_ok(), "{value}");
        }
        for value in [
            "", "maybe", "-", ".5", "1e", "1e+3", "1.2.3", "\"", "\"a\"b\"", "\"a\\n\"", "1 ",
        ] {
            assert!(val(value).is_err(), "{value}");
        }
    }

    #[test]
    fn splits_links_at_the_last_blank() {
        let link = |value| super::link(value).ok();
        let manual = DocPart::Link {
            title: "The manual".to_owned(),
            uri: "https://example.org".to_owned(),
        };
        assert_eq!(link("The manual https://example.org"), Some(manual));
        for value in ["", "elsewhere", " uri", "title "] {
            assert_eq!(link(value), None, "{value}");
        }
    }
}
