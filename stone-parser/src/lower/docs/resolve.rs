//! What a reference in a docstring means.
//!
//! In: a [`Reference`] and the place of its docstring. Out: the part of the doc that it becomes, or what is wrong.

use crate::diagnostic::Code;
use crate::ir::{DocPart, NamespaceId, Type};

use super::super::Context;
use super::super::scope::{LookupError, Symbol};
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
    pub(super) help: &'static str,
}

/// Finds what references mean.
pub(super) struct Resolver<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) place: Place,
}

const FIELD_HELP: &str = "write `field`, `Type.field` or `namespace.Type.field`";
const LINK_HELP: &str = "write a title, a blank and a URI";
const ROUTE_HELP: &str =
    "write `route`, `route:2` for another version than 1, or `namespace.route`";
const TAG_HELP: &str = "the kinds of references are `field`, `link`, `route`, `type` and `val`";
const TYPE_HELP: &str = "write `Name` or `namespace.Name` of a struct or union";
const VALUE_HELP: &str = "write `null`, `true`, `false`, a number or a text in double quotes";

impl Resolver<'_> {
    /// The part that a reference becomes.
    pub(super) fn resolve(&self, reference: &Reference<'_>) -> Result<DocPart, Problem> {
        let value = reference.value;
        let (code, help, part) = match reference.tag {
            "field" => (Code::DocField, FIELD_HELP, self.field(value)),
            "link" => (Code::DocLink, LINK_HELP, link(value)),
            "route" => (Code::DocRoute, ROUTE_HELP, self.route(value)),
            "type" => (Code::DocType, TYPE_HELP, self.ty(value).map(DocPart::Type)),
            "val" => (Code::DocValue, VALUE_HELP, val(value)),
            tag => (
                Code::DocTag,
                TAG_HELP,
                Err(format!("`{tag}` is no kind of reference")),
            ),
        };
        part.map_err(|message| Problem {
            code,
            message,
            help,
        })
    }

    fn ty(&self, value: &str) -> Result<Type, String> {
        let (prefix, name) = split_prefix(value);
        match self.symbol(prefix, name, "type")? {
            Symbol::Struct(id) => Ok(Type::Struct(id)),
            Symbol::Union(id) => Ok(Type::Union(id)),
            other => Err(format!(
                "`{value}` is {}, not a struct or union",
                other.describe()
            )),
        }
    }

    fn field(&self, value: &str) -> Result<DocPart, String> {
        let (ty, name) = match value.rsplit_once('.') {
            Some((ty, name)) => (self.owner(ty)?, name),
            None => (
                self.place
                    .ty
                    .clone()
                    .ok_or_else(|| format!("`{value}` does not say of which type"))?,
                value,
            ),
        };
        let part = match ty {
            Type::Struct(id) if self.cx.api.all_fields(id).any(|field| field.name == name) => {
                Some(DocPart::Field(id, name.to_owned()))
            }
            Type::Union(id)
                if self.cx.tag(id, name).is_some() || self.cx.is_catch_all(id, name) =>
            {
                Some(DocPart::Tag(id, name.to_owned()))
            }
            _ => None,
        };
        part.ok_or_else(|| format!("there is no field or tag `{value}`"))
    }

    /// The struct or union that stands before the dot of a field, directly or as an alias.
    fn owner(&self, value: &str) -> Result<Type, String> {
        let (prefix, name) = split_prefix(value);
        let ty = match self.symbol(prefix, name, "type")? {
            Symbol::Struct(id) => Type::Struct(id),
            Symbol::Union(id) => Type::Union(id),
            Symbol::Alias(id) => self.cx.api.strip(&self.cx.api[id].ty).0.clone(),
            other => {
                return Err(format!(
                    "`{value}` is {}, which has no fields",
                    other.describe()
                ));
            }
        };
        match ty {
            Type::Struct(_) | Type::Union(_) => Ok(ty),
            _ => Err(format!("`{value}` is an alias of a type without fields")),
        }
    }

    fn route(&self, value: &str) -> Result<DocPart, String> {
        let (prefix, route) = split_prefix(value);
        let (name, version) = match route.split_once(':') {
            Some((name, version)) => (
                name,
                version
                    .parse()
                    .map_err(|_| format!("`{version}` is not the version of a route"))?,
            ),
            None => (route, 1),
        };
        match self.symbol(prefix, name, "route")? {
            Symbol::Route => {}
            other => return Err(format!("`{name}` is {}, not a route", other.describe())),
        }
        let home =
            prefix.and_then(|prefix| self.cx.scopes.prefix(self.place.namespace, prefix).ok());
        self.cx
            .scopes
            .route(home.unwrap_or(self.place.namespace), name, version)
            .map(DocPart::Route)
            .ok_or_else(|| format!("route `{name}` has no version {version}"))
    }

    fn symbol(&self, prefix: Option<&str>, name: &str, kind: &str) -> Result<Symbol, String> {
        let prefix_text = prefix.unwrap_or_default();
        self.cx
            .scopes
            .lookup(self.place.namespace, prefix, name)
            .map_err(|error| match error {
                LookupError::UnknownPrefix => {
                    format!("namespace `{prefix_text}` is not imported here")
                }
                LookupError::NotANamespace(other) => {
                    format!("`{prefix_text}` is {}, not a namespace", other.describe())
                }
                LookupError::UnknownName(_) => format!("there is no {kind} `{name}`"),
            })
    }
}

fn split_prefix(value: &str) -> (Option<&str>, &str) {
    value
        .split_once('.')
        .map_or((None, value), |(prefix, name)| (Some(prefix), name))
}

fn link(value: &str) -> Result<DocPart, String> {
    match value.rsplit_once(' ') {
        Some((title, uri)) if !title.trim().is_empty() && !uri.is_empty() => Ok(DocPart::Link {
            title: title.to_owned(),
            uri: uri.to_owned(),
        }),
        _ => Err(format!("`{value}` is not a title with a URI")),
    }
}

fn val(value: &str) -> Result<DocPart, String> {
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let is_text = quoted.is_some_and(|text| !text.contains(['"', '\\']));
    if is_text || matches!(value, "null" | "true" | "false") || is_number(value) {
        Ok(DocPart::Val(value.to_owned()))
    } else {
        Err(format!("`{value}` is not a value"))
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
