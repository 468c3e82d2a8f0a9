//! Facts that Stone cannot say: the content of `spec/sdk.toml`.
//!
//! In: its text, and the IR that it speaks of. Out: [`Facts`] about ids of the IR; an entry that names nothing there is
//! a diagnostic.

mod repeat;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Deserialize;
use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::{Api, NamespaceId, RouteId, StructId, Tag, Type, UnionId};
use stone_parser::source::{FileId, Span};
use toml::Spanned;

pub use repeat::RepeatSafety;

/// `sdk.toml` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Document {
    features: FeatureSection,
    secret: Vec<Secret>,
    replaced_by: BTreeMap<Spanned<String>, Spanned<String>>,
    errors: ErrorSection,
    downloads: DownloadSection,
    repeat_safety: Option<repeat::Section>,
}

/// `[features]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FeatureSection {
    /// Namespaces that are not on by default.
    default_off: Vec<Spanned<String>>,
    /// Features written by hand that are on by default.
    default_with: Vec<String>,
}

/// `[errors]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ErrorSection {
    /// Tags without payload that say that the same call may succeed later.
    try_again: Vec<Spanned<String>>,
}

/// `[downloads]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DownloadSection {
    /// Routes whose content is that of the file that their result is about.
    hashed: Vec<Spanned<String>>,
}

/// `[[secret]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    /// `namespace.Type.field`, or a tag of a union.
    field: Spanned<String>,
}

/// What `sdk.toml` says of a spec.
#[derive(Debug, Default)]
pub struct Facts {
    /// Namespaces that are not on by default.
    pub default_off: BTreeSet<NamespaceId>,
    /// Features written by hand that are on by default.
    pub default_with: Vec<String>,
    /// Secret fields, named with the struct that declares them.
    pub secret_fields: HashSet<(StructId, String)>,
    /// Tags with secret payloads, named with the union that declares them.
    pub secret_tags: HashSet<(UnionId, String)>,
    /// What to call instead of a deprecated route that does not say so itself.
    pub replaced_by: HashMap<RouteId, RouteId>,
    /// Tags of errors that say that the same call may succeed later.
    pub try_again: BTreeSet<String>,
    /// Downloads whose result has the hash of their content.
    pub hashed_downloads: HashSet<RouteId>,
    repeat: HashMap<RouteId, RepeatSafety>,
}

impl Facts {
    /// How safe a second call of the route is.
    pub fn repeat(&self, route: RouteId) -> RepeatSafety {
        self.repeat.get(&route).copied().unwrap_or_default()
    }

    /// Reads `sdk.toml` and finds what it names.
    pub fn read(file: FileId, text: &str, api: &Api, found: &mut Diagnostics) -> Self {
        match toml::from_str::<Document>(text) {
            Ok(document) => Resolver {
                file,
                api,
                routes: routes(api),
                found,
            }
            .resolve(document),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                let span = Span::new(file, at.start, at.end);
                found.push(Diagnostic::error(
                    Code::Facts,
                    span,
                    error.message().trim_end(),
                ));
                Self::default()
            }
        }
    }
}

/// The field that has the hash of the content that travels with a struct.
const CONTENT_HASH: &str = "content_hash";

/// Whether the struct has the hash of the content that travels with it, and whether the hash can be left out.
pub fn content_hash(api: &Api, ty: &Type) -> Option<Presence> {
    let Type::Struct(id) = api.strip(ty).0 else {
        return None;
    };
    let field = api
        .all_fields(*id)
        .find(|field| field.name == CONTENT_HASH)?;
    let (ty, is_nullable) = api.strip(&field.ty);
    matches!(ty, Type::String(_)).then_some(if is_nullable {
        Presence::Optional
    } else {
        Presence::Required
    })
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It can be left out.
    Optional,
}

/// Routes as facts name them, which is as URLs do: `files/copy_v2`.
fn routes(api: &Api) -> HashMap<String, RouteId> {
    let all = (0..api.routes.len()).map(|index| RouteId(index as u32));
    all.map(|id| (api.url_path(id), id)).collect()
}

struct Resolver<'a> {
    file: FileId,
    api: &'a Api,
    routes: HashMap<String, RouteId>,
    found: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn resolve(&mut self, document: Document) -> Facts {
        let mut facts = Facts {
            default_with: document.features.default_with,
            ..Facts::default()
        };
        for name in &document.features.default_off {
            let namespace = self.namespace(name.as_ref());
            facts
                .default_off
                .extend(self.named(namespace, name, "namespace"));
        }
        for secret in &document.secret {
            self.secret(&secret.field, &mut facts);
        }
        for (old, new) in &document.replaced_by {
            let pair = (self.route(old), self.route(new));
            if let (Some(old_id), Some(new_id)) = pair {
                self.replacement(old, old_id, new_id, &mut facts);
            }
        }
        for tag in &document.errors.try_again {
            facts.try_again.extend(self.void_tag(tag));
        }
        for name in &document.downloads.hashed {
            if let Some(route) = self.route(name) {
                facts.hashed_downloads.extend(self.hashed(name, route));
            }
        }
        if let Some(section) = &document.repeat_safety {
            facts.repeat = self.repeat(section);
        }
        facts
    }

    /// Passes on what an entry names, or reports that it names nothing.
    fn named<T>(&mut self, what: Option<T>, entry: &Spanned<String>, kind: &str) -> Option<T> {
        if what.is_none() {
            self.stale(
                entry,
                format!("the spec has no {kind} `{}`", entry.as_ref()),
            );
        }
        what
    }

    fn stale(&mut self, entry: &Spanned<String>, message: String) {
        let span = self.span(entry);
        let help = "correct the entry or remove it";
        self.found
            .push(Diagnostic::error(Code::StaleFact, span, message).help(help));
    }

    fn span(&self, entry: &Spanned<String>) -> Span {
        let at = entry.span();
        Span::new(self.file, at.start, at.end)
    }

    fn namespace(&self, name: &str) -> Option<NamespaceId> {
        let index = self
            .api
            .namespaces
            .iter()
            .position(|namespace| namespace.name == name)?;
        Some(NamespaceId(index as u32))
    }

    fn secret(&mut self, entry: &Spanned<String>, facts: &mut Facts) {
        let field = self.field(entry.as_ref());
        let tag = self.tag(entry.as_ref());
        if field.is_none() && tag.is_none() {
            self.named(None::<()>, entry, "field");
        }
        facts.secret_fields.extend(field);
        facts.secret_tags.extend(tag);
    }

    fn field(&self, path: &str) -> Option<(StructId, String)> {
        let (namespace, name, field) = self.member(path)?;
        let of_name = |id: &&StructId| self.api[**id].name == name;
        let id = *self.api[namespace].structs.iter().find(of_name)?;
        let declares = |id: &StructId| self.api[*id].fields.iter().any(|f| f.name == field);
        let declarer = self.api.struct_lineage(id).into_iter().find(declares)?;
        Some((declarer, field.into()))
    }

    fn tag(&self, path: &str) -> Option<(UnionId, String)> {
        let (namespace, name, tag) = self.member(path)?;
        let of_name = |id: &&UnionId| self.api[**id].name == name;
        let id = *self.api[namespace].unions.iter().find(of_name)?;
        let declares = |id: &UnionId| self.api[*id].tags.iter().any(|t| t.name == tag);
        let declarer = self.api.union_lineage(id).into_iter().find(declares)?;
        Some((declarer, tag.into()))
    }

    /// The entry, if it is the name of a tag without payload.
    fn void_tag(&mut self, entry: &Spanned<String>) -> Option<String> {
        let name = entry.as_ref();
        let is_meant = |tag: &Tag| tag.name == *name && *self.api.strip(&tag.ty).0 == Type::Void;
        let mut tags = self.api.unions.iter().flat_map(|union| &union.tags);
        let known = tags.any(is_meant).then(|| name.clone());
        self.named(known, entry, "tag without payload")
    }

    fn member<'p>(&self, path: &'p str) -> Option<(NamespaceId, &'p str, &'p str)> {
        let (namespace, rest) = path.split_once('.')?;
        let (name, member) = rest.split_once('.')?;
        Some((self.namespace(namespace)?, name, member))
    }

    fn route(&mut self, entry: &Spanned<String>) -> Option<RouteId> {
        let id = self.routes.get(entry.as_ref()).copied();
        self.named(id, entry, "route")
    }

    /// The route, if its result can have the hash of its content.
    fn hashed(&mut self, entry: &Spanned<String>, route: RouteId) -> Option<RouteId> {
        let has_hash = content_hash(self.api, &self.api[route].result).is_some();
        if !has_hash {
            let message = format!(
                "the result of `{}` has no string `{CONTENT_HASH}`",
                entry.as_ref()
            );
            self.stale(entry, message);
        }
        has_hash.then_some(route)
    }

    fn replacement(
        &mut self,
        entry: &Spanned<String>,
        old: RouteId,
        new: RouteId,
        facts: &mut Facts,
    ) {
        match &self.api[old].deprecated {
            None => self.stale(
                entry,
                format!("the route `{}` is not deprecated", entry.as_ref()),
            ),
            Some(deprecation) if deprecation.by.is_some() => {
                self.stale(
                    entry,
                    format!("the spec itself says what replaces `{}`", entry.as_ref()),
                );
            }
            Some(_) => {
                facts.replaced_by.insert(old, new);
            }
        }
    }
}
