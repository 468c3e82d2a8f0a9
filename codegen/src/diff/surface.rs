//! What programs can name of the generated crate.
//!
//! In: a spec, and the names and plans that the emitter makes of it. Out: for each definition and route an [`Item`], cut
//! into pieces that stand for what a program relies on: a piece that is gone or differs breaks programs, a new one does
//! not. Types stay those of the IR, so that renamed ones can be told to be the same.

use std::collections::BTreeMap;

use stone_parser::diagnostic::Diagnostics;
use stone_parser::ir::{Api, RouteId, StructId, Type, UnionId};

use super::pairs::{Def, Pairs};
use super::verdict::Bump;
use crate::rust::attributes::{Attributes, Style};
use crate::rust::names::{self, Names};
use crate::rust::plan::{self, Client, Plan, Site};

/// Something that a program relies on.
#[derive(Debug)]
pub struct Piece<'a> {
    /// What kind of thing.
    pub key: String,
    /// The definition that it is about.
    pub of: Option<Def>,
    /// Its names and shape.
    pub text: String,
    /// The types that it names.
    pub types: Vec<&'a Type>,
}

/// The pieces of a definition or route.
#[derive(Debug, Default)]
pub struct Item<'a> {
    /// Of itself.
    pub own: Vec<Piece<'a>>,
    /// Of its fields, tags and subtypes.
    pub members: BTreeMap<String, Vec<Piece<'a>>>,
}

/// A piece that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What kind of thing.
    pub key: String,
    /// What that means.
    pub bump: Bump,
    /// Its shape before.
    pub old: Option<String>,
    /// Its shape now.
    pub new: Option<String>,
}

/// A constructor, which stands for the setters, too.
pub const NEW: &str = "new";
/// A method that sets a field.
pub const SETTER: &str = "setter";
/// `Default`.
pub const DEFAULT: &str = "Default";
/// `Copy`, `Eq` and `Hash`.
pub const COPY: &str = "Copy";
/// The name of an item or member.
pub const NAME: &str = "name";
/// Whether a value is held or boxed.
pub const KEPT: &str = "kept";

/// The generated crate of a spec.
pub struct Surface<'a> {
    api: &'a Api,
    names: Names,
    plan: Plan,
    attributes: Vec<Attributes>,
}

impl<'a> Surface<'a> {
    /// Plans the crate. What it cannot express is for `regen` to report.
    pub fn new(api: &'a Api) -> Self {
        let mut found = Diagnostics::default();
        Self {
            api,
            names: Names::new(api),
            plan: Plan::new(api, &mut found),
            attributes: Attributes::all(api, &mut found),
        }
    }

    /// The attributes of a route.
    pub fn attributes(&self, id: RouteId) -> &Attributes {
        &self.attributes[id.index()]
    }

    /// The pieces of a definition.
    pub fn definition(&self, def: Def) -> Item<'a> {
        match def {
            Def::Struct(id) => self.structure(id),
            Def::Union(id) => self.union(id),
            Def::Alias(id) => {
                let alias = &self.api[id];
                let path = self.path(alias.namespace.index(), self.names.alias(id));
                let target = piece("target", "", vec![&alias.ty]);
                Item {
                    own: vec![piece(NAME, path, vec![]), target],
                    ..Item::default()
                }
            }
        }
    }

    fn path(&self, namespace: usize, name: &str) -> String {
        let id = stone_parser::ir::NamespaceId(namespace as u32);
        format!("{}::{name}", self.names.module(id))
    }

    fn structure(&self, id: StructId) -> Item<'a> {
        let it = &self.api[id];
        let fields = names::fields(self.api, id);
        let namespace = it.namespace.index();
        let mut own = vec![
            piece(NAME, self.path(namespace, self.names.structure(id)), vec![]),
            piece(
                "fields",
                self.path(namespace, self.names.holder(id)),
                vec![],
            ),
        ];
        let required = || fields.iter().filter(|named| named.field.required);
        let in_argument = it.subtypes.is_none() && self.plan.in_argument(id);
        if in_argument {
            let kept: Vec<_> = required().map(|named| self.kept(named)).collect();
            own.push(piece(
                NEW,
                kept.join(", "),
                required().map(|named| &named.field.ty).collect(),
            ));
        }
        own.extend((required().count() == 0).then(|| piece(DEFAULT, "", vec![])));
        if in_argument && self.plan.is_argument(id) {
            own.extend(self.sources(&required().map(|named| &named.field.ty).collect::<Vec<_>>()));
        }
        let ancestors = self.api.struct_lineage(id);
        own.extend(
            ancestors
                .iter()
                .rev()
                .skip(1)
                .map(|ancestor| about("conversion into", Def::Struct(*ancestor))),
        );
        let mut members: BTreeMap<_, _> = fields
            .iter()
            .map(|named| (named.field.name.clone(), self.field(named, in_argument)))
            .collect();
        self.subtypes(id, &mut own, &mut members);
        Item { own, members }
    }

    /// What a whole argument can be made from.
    fn sources(&self, required: &[&'a Type]) -> Option<Piece<'a>> {
        match required {
            [] => Some(piece("from ()", "", vec![])),
            [only] if matches!(self.api.unalias(only), Type::String(_)) => {
                Some(piece("from text", "", vec![]))
            }
            _ => None,
        }
    }

    fn kept(&self, named: &names::NamedField<'_>) -> String {
        let (id, index) = named.site;
        let held = plan::is_held(self.api, named.field);
        match self.plan.is_boxed(Site::Field(id, index)) {
            true => "boxed".into(),
            false if held => "held".into(),
            false => "plain".into(),
        }
    }

    fn field(&self, named: &names::NamedField<'a>, in_argument: bool) -> Vec<Piece<'a>> {
        let mut pieces = vec![
            piece(NAME, named.name.clone(), vec![]),
            piece("type", "", vec![&named.field.ty]),
            piece(KEPT, self.kept(named), vec![]),
        ];
        if in_argument && !named.field.required {
            pieces.push(piece(SETTER, named.method.clone(), vec![]));
        }
        pieces
    }

    fn subtypes(
        &self,
        id: StructId,
        own: &mut Vec<Piece<'a>>,
        members: &mut BTreeMap<String, Vec<Piece<'a>>>,
    ) {
        let Some(listed) = &self.api[id].subtypes else {
            own.push(piece("plain struct", "", vec![]));
            return;
        };
        let variants = names::subtypes(listed);
        own.push(piece("enum", "", vec![]));
        own.push(openness(listed.closed, &variants));
        for (index, ((tag, subtype), name)) in listed.tags.iter().zip(variants).enumerate() {
            let boxed = self.plan.is_boxed(Site::Subtype(id, index));
            let kept = piece(KEPT, if boxed { "boxed" } else { "plain" }, vec![]);
            let holds = about("holds", Def::Struct(*subtype));
            let pieces = vec![piece(NAME, name, vec![]), kept, holds];
            members.insert(format!("union {tag}"), pieces);
        }
    }

    fn union(&self, id: UnionId) -> Item<'a> {
        let it = &self.api[id];
        let tags = names::tags(self.api, id);
        let variants: Vec<_> = tags.iter().map(|named| named.name.clone()).collect();
        let mut own = vec![
            piece(
                NAME,
                self.path(it.namespace.index(), self.names.union(id)),
                vec![],
            ),
            openness(it.closed, &variants),
        ];
        let is_void = |named: &names::NamedTag<'_>| *self.api.unalias(&named.tag.ty) == Type::Void;
        own.extend((it.closed && tags.iter().all(is_void)).then(|| piece(COPY, "", vec![])));
        let ancestors = self.api.union_lineage(id).into_iter().rev().skip(1);
        let taken_over = ancestors.filter(|ancestor| self.api[*ancestor].closed || !it.closed);
        own.extend(taken_over.map(|ancestor| about("conversion from", Def::Union(ancestor))));
        let members = tags.iter().map(|named| {
            let boxed = self.plan.is_boxed(Site::Tag(named.site.0, named.site.1));
            let pieces = vec![
                piece(NAME, named.name.clone(), vec![]),
                piece("type", "", vec![&named.tag.ty]),
                piece(KEPT, if boxed { "boxed" } else { "plain" }, vec![]),
            ];
            (named.tag.name.clone(), pieces)
        });
        Item {
            own,
            members: members.collect(),
        }
    }

    /// The pieces of a route: its method on each client that has it. What needs the feature `preview` is there for those
    /// only who ask for it; what does not is there for them as well.
    pub fn route(&self, id: RouteId) -> Item<'a> {
        let (route, attributes) = (&self.api[id], self.attributes(id));
        let (module, method) = (
            self.names.module(route.namespace),
            &self.names.route(id).method,
        );
        let download = attributes.style == Style::Download;
        let shape = format!(
            "{module}::{method} {:?} {download}",
            attributes.style != Style::Rpc
        );
        let clients = Client::ALL
            .into_iter()
            .filter(|client| attributes.callable_by(*client));
        let keys = clients.flat_map(|client| {
            let plain = (!attributes.preview).then(|| client.name().to_owned());
            [Some(format!("{} in preview", client.name())), plain]
        });
        let types = || vec![&route.arg, &route.result, &route.error];
        let own = keys
            .flatten()
            .map(|key| piece(&key, shape.clone(), types()));
        Item {
            own: own.collect(),
            ..Item::default()
        }
    }
}

fn piece<'a>(key: &str, text: impl Into<String>, types: Vec<&'a Type>) -> Piece<'a> {
    Piece {
        key: key.into(),
        of: None,
        text: text.into(),
        types,
    }
}

fn about<'a>(key: &str, of: Def) -> Piece<'a> {
    Piece {
        of: Some(of),
        ..piece(key, "", vec![])
    }
}

/// All variants of a closed enum are part of what a `match` relies on.
fn openness<'a>(closed: bool, variants: &[String]) -> Piece<'a> {
    let mut variants = variants.to_vec();
    variants.sort();
    match closed {
        true => piece("exhaustive", variants.join(", "), vec![]),
        false => piece("open", "", vec![]),
    }
}

fn label(api: &Api, piece: &Piece<'_>) -> String {
    let of = piece.of.map(|def| format!(" {}", def.name(api)));
    format!("{}{}", piece.key, of.unwrap_or_default())
}

/// Compares surfaces of two specs.
pub struct Comparison<'a> {
    /// The old spec.
    pub old: &'a Api,
    /// The new spec.
    pub new: &'a Api,
    /// What is the same in both.
    pub pairs: &'a Pairs,
}

impl Comparison<'_> {
    /// What came, went or changed.
    pub fn moved(&self, old: &[Piece<'_>], new: &[Piece<'_>]) -> Vec<Moved> {
        let mut moved = Vec::new();
        for was in old {
            let is = new.iter().find(|is| self.have_one_key(was, is));
            if is.is_none_or(|is| !self.is_same_piece(was, is)) {
                let new = is.map(|is| is.text.clone());
                moved.push(Moved {
                    key: label(self.old, was),
                    bump: Bump::Major,
                    old: Some(was.text.clone()),
                    new,
                });
            }
        }
        let come = new
            .iter()
            .filter(|is| old.iter().all(|was| !self.have_one_key(was, is)));
        moved.extend(come.map(|is| Moved {
            key: label(self.new, is),
            bump: Bump::Minor,
            old: None,
            new: Some(is.text.clone()),
        }));
        moved
    }

    fn have_one_key(&self, was: &Piece<'_>, is: &Piece<'_>) -> bool {
        was.key == is.key
            && match (was.of, is.of) {
                (Some(was), Some(is)) => self.pairs.are_one(was, is),
                _ => true,
            }
    }

    fn is_same_piece(&self, was: &Piece<'_>, is: &Piece<'_>) -> bool {
        was.text == is.text
            && was.types.len() == is.types.len()
            && was
                .types
                .iter()
                .zip(&is.types)
                .all(|(was, is)| self.is_same_type(was, is))
    }

    /// Whether two types are the same in Rust: constraints do not show, and an alias that is the same one in both is
    /// reported where it is defined.
    fn is_same_type(&self, was: &Type, is: &Type) -> bool {
        if let (Type::Alias(was), Type::Alias(is)) = (was, is)
            && self.pairs.are_one(Def::Alias(*was), Def::Alias(*is))
        {
            return true;
        }
        match (self.old.unalias(was), self.new.unalias(is)) {
            (Type::Int(was), Type::Int(is)) => was.kind == is.kind,
            (Type::Float(was), Type::Float(is)) => was.kind == is.kind,
            (Type::String(_), Type::String(_)) => true,
            (Type::List(was), Type::List(is)) => self.is_same_type(&was.item, &is.item),
            (Type::Map(was), Type::Map(is)) => self.is_same_type(&was.value, &is.value),
            (Type::Nullable(was), Type::Nullable(is)) => self.is_same_type(was, is),
            (was, is) => match (Def::of(was), Def::of(is)) {
                // Another kind of type of the same name is reported there.
                (Some(was), Some(is)) => {
                    self.pairs.are_one(was, is) || self.pairs.kinds.contains(&(was, is))
                }
                (None, None) => was == is,
                _ => false,
            },
        }
    }
}
