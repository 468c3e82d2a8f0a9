//! An index of tags: which union of a family declares one.
//!
//! In: the tags as the walk through all families of unions meets them. Out: lookups that find inherited tags without
//! climbing from parent to parent.

use std::collections::HashMap;
use std::ops::Range;

use crate::ir::{Tag, UnionId};

use super::Context;

/// Where each tag is declared.
#[derive(Default)]
pub(super) struct TagIndex<'a> {
    /// For each union the steps of the walk that it and its descendants take.
    spans: Vec<Range<usize>>,
    /// Declarations by name, in the order of the walk. No line of ancestors declares a name twice, so that the spans
    /// of those who declare it are apart.
    declared: HashMap<&'a str, Vec<(UnionId, usize)>>,
}

impl<'a> TagIndex<'a> {
    pub(super) fn new(unions: usize) -> Self {
        Self {
            spans: vec![0..usize::MAX; unions],
            declared: HashMap::new(),
        }
    }

    /// The walk enters a union.
    pub(super) fn enter(&mut self, union: UnionId, step: usize) {
        self.spans[union.index()].start = step;
    }

    /// The walk leaves a union and all that extend it.
    pub(super) fn leave(&mut self, union: UnionId, step: usize) {
        self.spans[union.index()].end = step;
    }

    /// Notes the tag with this number among the union's own.
    pub(super) fn declare(&mut self, union: UnionId, name: &'a str, number: usize) {
        self.declared.entry(name).or_default().push((union, number));
    }

    /// The union that declares the tag for `union`, and the tag's number there.
    fn find(&self, union: UnionId, name: &str) -> Option<(UnionId, usize)> {
        let step = self.spans[union.index()].start;
        let declarations = self.declared.get(name)?;
        let after =
            declarations.partition_point(|(owner, _)| self.spans[owner.index()].start <= step);
        let (owner, number) = *declarations.get(after.checked_sub(1)?)?;
        self.spans[owner.index()]
            .contains(&step)
            .then_some((owner, number))
    }
}

impl Context<'_> {
    /// The tag of this name, own or inherited; the catch-all is none.
    pub(super) fn tag(&self, union: UnionId, name: &str) -> Option<&Tag> {
        let (owner, number) = self.tags.find(union, name)?;
        self.api[owner].tags.get(number)
    }
}
