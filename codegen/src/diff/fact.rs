//! What is different, before anybody says what it means.
//!
//! In: what a comparison finds. Out: [`Fact`]s.

use stone_parser::ir::RouteId;
use stone_parser::source::Span;

use super::pairs::Def;
use super::rules::Rule;
use super::verdict::{Positions, Wire};

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A namespace, an annotation or the schema of attributes.
    Other,
    /// A definition, as it was and as it is.
    Type(Option<Def>, Option<Def>),
    /// A route, as it was and as it is.
    Route(Option<RouteId>, Option<RouteId>),
}

/// Why a change is milder than it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was deprecated before.
    Deprecated,
    /// It was in preview before, of which nothing is promised.
    Preview,
}

impl Mark {
    /// In words.
    pub fn text(self) -> &'static str {
        match self {
            Self::Deprecated => "was deprecated",
            Self::Preview => "was in preview",
        }
    }
}

/// Something with a name in both specs, one or the other.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its namespace.
    pub namespace: String,
    /// Its full name, such as `files.CommitInfo.mode` or `files/upload:2`.
    pub name: String,
    /// What owns its Rust.
    pub owner: Owner,
    /// The field or tag, as it was and as it is called.
    pub member: Option<(String, String)>,
    /// Where it was defined.
    pub old: Option<Span>,
    /// Where it is defined.
    pub new: Option<Span>,
    /// What was said of it before.
    pub mark: Option<Mark>,
}

/// A difference.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The kind of change.
    pub rule: Rule,
    /// What changed.
    pub subject: Subject,
    /// From what to what.
    pub detail: String,
    /// What it means on the wire for old receivers and old senders, where that depends on more than the rule.
    pub wire: Option<(Wire, Wire)>,
    /// Where it travels, if not where its owner does.
    pub at: Option<Positions>,
}
