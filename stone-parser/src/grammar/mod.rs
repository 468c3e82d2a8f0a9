//! The grammar of logical lines.
//!
//! In: the text of one logical line and the [`Rule`] of its kind. Out: pest's pairs, or its error.

/// The parser that pest makes from `stone.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/stone.pest"]
pub(crate) struct Grammar;
