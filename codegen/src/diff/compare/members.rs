//! What fields of structs and tags of unions have in common.
//!
//! In: the members of a definition in both specs, inherited ones included. Out: which of them went, came, were renamed
//! or stayed.

use stone_parser::ir::{Api, Field, FieldAnnotations, Tag};
use stone_parser::source::Span;

use crate::diff::fact::{Mark, Subject};
use crate::diff::pairs::{Def, Pairs};

/// A field or a tag.
pub(super) trait Member: Sized {
    /// What a definition declares itself.
    fn own(api: &Api, def: Def) -> &[Self];
    fn name(&self) -> &str;
    fn span(&self) -> Span;
    fn annotations(&self) -> &FieldAnnotations;
}

macro_rules! member {
    ($member:ty: $def:path, $list:ident) => {
        impl Member for $member {
            fn own(api: &Api, def: Def) -> &[Self] {
                match def {
                    $def(id) => &api[id].$list,
                    _ => &[],
                }
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn span(&self) -> Span {
                self.span
            }

            fn annotations(&self) -> &FieldAnnotations {
                &self.annotations
            }
        }
    };
}

member!(Field: Def::Struct, fields);
member!(Tag: Def::Union, tags);

/// A definition in one of the specs.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) api: &'a Api,
    pub(super) def: Def,
}

impl<'a> Place<'a> {
    /// All members with the definitions that declare them, ancestors' first.
    fn declared<M: Member + 'a>(self) -> Vec<(Def, &'a M)> {
        let line = self.def.lineage(self.api).into_iter();
        line.flat_map(|def| {
            M::own(self.api, def)
                .iter()
                .map(move |member| (def, member))
        })
        .collect()
    }

    /// The names of all members, sorted.
    pub(super) fn names<M: Member + 'a>(self) -> Vec<&'a str> {
        sorted(
            self.declared::<M>()
                .into_iter()
                .map(|(_, member)| member.name()),
        )
    }

    /// The names of those members that it declares itself, sorted.
    pub(super) fn own_names<M: Member + 'a>(self) -> Vec<&'a str> {
        sorted(M::own(self.api, self.def).iter().map(Member::name))
    }

    fn has_ancestor(self, is: impl Fn(Def) -> bool) -> bool {
        let line = self.def.lineage(self.api).into_iter();
        line.filter(|def| *def != self.def).any(is)
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}

/// The members of a definition, by what became of them.
pub(super) struct Members<'a, M> {
    pub(super) gone: Vec<&'a M>,
    pub(super) come: Vec<&'a M>,
    pub(super) renamed: Vec<(&'a M, &'a M)>,
    pub(super) stayed: Vec<(&'a M, &'a M)>,
}

/// Sorts members out. What a common ancestor gains, loses or changes is left to the ancestor. A member that is gone and
/// a new one are the same renamed if they fit each other and nothing else.
pub(super) fn members<'a, M: Member>(
    pairs: &Pairs,
    was: Place<'a>,
    is: Place<'a>,
    fits: impl Fn(&M, &M) -> bool,
) -> Members<'a, M> {
    let (old, new) = (was.declared::<M>(), is.declared::<M>());
    let named = |list: &[(Def, &M)], name: &str| list.iter().any(|it| it.1.name() == name);
    let left = |def: Def| def == was.def || !is.has_ancestor(|heir| pairs.are_one(def, heir));
    let joined = |def: Def| def == is.def || !was.has_ancestor(|heir| pairs.are_one(heir, def));
    let gone = old.iter().filter(|it| !named(&new, it.1.name()));
    let mut gone: Vec<_> = gone.filter(|it| left(it.0)).map(|it| it.1).collect();
    let come = new.iter().filter(|it| !named(&old, it.1.name()));
    let mut come: Vec<_> = come.filter(|it| joined(it.0)).map(|it| it.1).collect();
    let renamed = renamed(&gone, &come, fits);
    gone.retain(|it| renamed.iter().all(|(was, _)| was.name() != it.name()));
    come.retain(|it| renamed.iter().all(|(_, is)| is.name() != it.name()));
    let stayed = old.iter().filter_map(|(declarer, before)| {
        let (other, after) = new.iter().find(|it| it.1.name() == before.name())?;
        let here = *declarer == was.def || !pairs.are_one(*declarer, *other);
        here.then_some((*before, *after))
    });
    Members {
        stayed: stayed.collect(),
        gone,
        come,
        renamed,
    }
}

fn renamed<'a, M>(
    gone: &[&'a M],
    come: &[&'a M],
    fits: impl Fn(&M, &M) -> bool,
) -> Vec<(&'a M, &'a M)> {
    let pair = |was: &&'a M| {
        let mut fitting = come.iter().filter(|is| fits(was, is));
        let (is, none) = (fitting.next()?, fitting.next());
        let rivals = gone.iter().filter(|was| fits(was, is)).count();
        (none.is_none() && rivals == 1).then_some((*was, *is))
    };
    gone.iter().filter_map(pair).collect()
}

/// A member as the subject of a fact, with what was said of it before.
pub(super) fn subject<M: Member>(of: &Subject, was: Option<&M>, is: Option<&M>) -> Subject {
    let shown = is.or(was).map_or("", Member::name);
    let name = |member: Option<&M>| member.map_or(shown, Member::name).to_owned();
    Subject {
        name: format!("{}.{shown}", of.name),
        member: Some((name(was), name(is))),
        old: was.map(Member::span),
        new: is.map(Member::span),
        mark: was.map_or(of.mark, |was| mark(was.annotations())),
        ..of.clone()
    }
}

fn mark(annotations: &FieldAnnotations) -> Option<Mark> {
    let preview = annotations.preview.then_some(Mark::Preview);
    preview.or(annotations.deprecated.then_some(Mark::Deprecated))
}
