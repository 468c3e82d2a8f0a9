//! Types as used: what one was and what it is.
//!
//! In: two types. Out: [`Difference`]s, at any depth of lists, maps and `?`.

use stone_parser::ir::{FloatKind, IntKind, StructId, Type, UnionId};

use super::{Walk, change};
use crate::diff::fact::Subject;
use crate::diff::pairs::Def;
use crate::diff::rules::Rule;
use crate::diff::text::stone;

/// A difference between two types.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Its kind.
    pub rule: Rule,
    /// Where within the type, such as `[]` for the items of a list.
    pub inner: String,
    /// From what to what.
    pub detail: String,
}

impl Walk<'_> {
    /// Reports what is different between two types of one subject.
    pub(super) fn types(&mut self, at: &Subject, was: &Type, is: &Type) {
        let found = self.differences(was, is);
        if found.is_empty() && self.is_alias_spelling(was, is) {
            self.push(Rule::AliasSpelling, at, change(self, was, is));
        }
        for it in found {
            let inner = Subject {
                name: format!("{}{}", at.name, it.inner),
                ..at.clone()
            };
            self.push(it.rule, &inner, it.detail);
        }
    }

    fn is_alias_spelling(&self, was: &Type, is: &Type) -> bool {
        let named = |ty: &Type| matches!(ty, Type::Alias(_));
        (named(was) || named(is)) && !self.is_one_alias(was, is)
    }

    /// What is different between two types. Definitions that are the same one in both have their own facts.
    pub(super) fn differences(&self, was: &Type, is: &Type) -> Vec<Difference> {
        let mut found = Vec::new();
        self.collect(was, is, String::new(), &mut found);
        found
    }

    fn collect(&self, was: &Type, is: &Type, inner: String, found: &mut Vec<Difference>) {
        if self.is_one_alias(was, is) {
            return;
        }
        let mut add = |rule, detail| {
            found.push(Difference {
                rule,
                inner: inner.clone(),
                detail,
            })
        };
        let (was, is) = (self.old.unalias(was), self.new.unalias(is));
        let detail = || change(self, was, is);
        match (was, is) {
            (Type::Nullable(was), Type::Nullable(is)) => self.collect(was, is, inner, found),
            (was, Type::Nullable(is)) => {
                add(Rule::BecameNullable, detail());
                self.collect(was, is, inner, found);
            }
            (Type::Nullable(was), is) => {
                add(Rule::NoLongerNullable, detail());
                self.collect(was, is, inner, found);
            }
            (Type::List(was), Type::List(is)) => {
                let bounds = super::constraints::list(was, is);
                bounds
                    .into_iter()
                    .for_each(|(rule, detail)| add(rule, detail));
                self.collect(&was.item, &is.item, inner + "[]", found);
            }
            (Type::Map(was), Type::Map(is)) => {
                for (rule, detail) in super::constraints::string(&was.key, &is.key) {
                    let inner = format!("{inner}{{key}}");
                    found.push(Difference {
                        rule,
                        inner,
                        detail,
                    });
                }
                self.collect(&was.value, &is.value, inner + "{}", found);
            }
            _ => self
                .leaf(was, is)
                .into_iter()
                .for_each(|(rule, detail)| add(rule, detail)),
        }
    }

    fn leaf(&self, was: &Type, is: &Type) -> Vec<(Rule, String)> {
        let one = |rule| {
            vec![(
                rule,
                format!("{} to {}", stone(self.old, was), stone(self.new, is)),
            )]
        };
        match (was, is) {
            (Type::Int(was), Type::Int(is)) => match integers(was.kind, is.kind) {
                Some(rule) => one(rule),
                None => super::constraints::int(was, is),
            },
            (Type::Float(was), Type::Float(is)) => match (was.kind, is.kind) {
                (FloatKind::Float32, FloatKind::Float64) => one(Rule::FloatWidened),
                (FloatKind::Float64, FloatKind::Float32) => one(Rule::FloatNarrowed),
                _ => super::constraints::float(was, is),
            },
            (Type::String(was), Type::String(is)) => super::constraints::string(was, is),
            (Type::Timestamp(was), Type::Timestamp(is)) if was == is => Vec::new(),
            (Type::Timestamp(_), Type::Timestamp(_)) => one(Rule::TimestampFormat),
            (Type::Int(_), Type::Float(_)) => one(Rule::IntToFloat),
            (Type::Float(_), Type::Int(_)) => one(Rule::FloatToInt),
            (Type::Timestamp(_) | Type::Bytes, Type::String(_)) => one(Rule::TextWidened),
            (Type::String(_), Type::Timestamp(_) | Type::Bytes) => one(Rule::TextNarrowed),
            (Type::String(_), Type::Union(id)) if self.is_plain(*id) => one(Rule::StringToUnion),
            (Type::List(_), _) | (_, Type::List(_)) => one(Rule::Listed),
            (Type::Struct(old), Type::Struct(new)) => {
                self.structures(*old, *new).map_or_else(Vec::new, one)
            }
            (Type::Union(old), Type::Union(new)) => {
                self.choices(*old, *new).map_or_else(Vec::new, one)
            }
            (was, is) => match (Def::of(was), Def::of(is)) {
                // It became another kind of type, which is reported there.
                (Some(was), Some(is)) if self.pairs.kinds.contains(&(was, is)) => Vec::new(),
                (None, None) if was == is => Vec::new(),
                _ => one(Rule::TypeChanged),
            },
        }
    }

    fn is_plain(&self, id: UnionId) -> bool {
        self.new
            .all_tags(id)
            .all(|tag| *self.new.unalias(&tag.ty) == Type::Void)
    }

    /// How one struct is related to another that took its place.
    fn structures(&self, was: StructId, is: StructId) -> Option<Rule> {
        let one =
            |was: &StructId, is: &StructId| self.pairs.are_one(Def::Struct(*was), Def::Struct(*is));
        if one(&was, &is) {
            return None;
        }
        let (old, new) = (self.old.struct_lineage(was), self.new.struct_lineage(is));
        let (to_child, to_parent) = (
            new.iter().any(|is| one(&was, is)),
            old.iter().any(|was| one(was, &is)),
        );
        let lists = self.old[was].subtypes.is_some() || self.new[is].subtypes.is_some();
        if lists {
            let related = to_child || to_parent;
            return Some(if related {
                Rule::SubtypeOrRoot
            } else {
                Rule::TypeChanged
            });
        }
        let fields = || self.new.all_fields(is);
        let known = |name: &str| self.old.all_fields(was).any(|field| field.name == name);
        Some(if to_child {
            match fields().any(|field| field.required && !known(&field.name)) {
                true => Rule::ToChild,
                false => Rule::ToChildOptional,
            }
        } else if to_parent {
            Rule::ToParent
        } else if self.have_same_fields(was, is) {
            Rule::SameShape
        } else {
            Rule::TypeChanged
        })
    }

    fn have_same_fields(&self, was: StructId, is: StructId) -> bool {
        let old: Vec<_> = self.old.all_fields(was).collect();
        let new: Vec<_> = self.new.all_fields(is).collect();
        let same = |was: &stone_parser::ir::Field| {
            new.iter().any(|is| {
                is.name == was.name
                    && is.required == was.required
                    && self.are_shallowly_same(&was.ty, &is.ty)
            })
        };
        old.len() == new.len() && old.iter().all(|field| same(field))
    }

    /// How one union is related to another that took its place.
    fn choices(&self, was: UnionId, is: UnionId) -> Option<Rule> {
        let one =
            |was: &UnionId, is: &UnionId| self.pairs.are_one(Def::Union(*was), Def::Union(*is));
        if one(&was, &is) {
            return None;
        }
        let (old, new) = (self.old.union_lineage(was), self.new.union_lineage(is));
        let tags = |api: &stone_parser::ir::Api, id| {
            let mut names: Vec<_> = api.all_tags(id).map(|tag| tag.name.clone()).collect();
            names.sort();
            (api[id].closed, names)
        };
        let same_type = |was: &stone_parser::ir::Tag| {
            let mut twins = self.new.all_tags(is).filter(|is| is.name == was.name);
            twins.all(|is| self.are_shallowly_same(&was.ty, &is.ty))
        };
        Some(if new.iter().any(|is| one(&was, is)) {
            Rule::UnionToChild
        } else if old.iter().any(|was| one(was, &is)) {
            Rule::UnionToParent
        } else if tags(self.old, was) == tags(self.new, is) && self.old.all_tags(was).all(same_type)
        {
            Rule::SameShape
        } else {
            Rule::TypeChanged
        })
    }

    /// Whether two types are the same without a look into other definitions than those that are paired.
    fn are_shallowly_same(&self, was: &Type, is: &Type) -> bool {
        match (self.old.unalias(was), self.new.unalias(is)) {
            (Type::Nullable(was), Type::Nullable(is)) => self.are_shallowly_same(was, is),
            (Type::List(was), Type::List(is)) => self.are_shallowly_same(&was.item, &is.item),
            (Type::Map(was), Type::Map(is)) => self.are_shallowly_same(&was.value, &is.value),
            (was, is) => match (Def::of(was), Def::of(is)) {
                (Some(was), Some(is)) => self.pairs.are_one(was, is),
                (None, None) => was == is,
                _ => false,
            },
        }
    }
}

fn integers(was: IntKind, is: IntKind) -> Option<Rule> {
    use IntKind::{Int32, Int64, UInt32, UInt64};
    match (was, is) {
        _ if was == is => None,
        (Int32, Int64) | (UInt32, UInt64) | (UInt32, Int64) => Some(Rule::IntWidened),
        (Int64, Int32) | (UInt64, UInt32) | (Int64, UInt32) => Some(Rule::IntNarrowed),
        _ => Some(Rule::IntSign),
    }
}
