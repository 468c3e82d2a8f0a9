//! The Rust SDK.
//!
//! In: the IR and what `sdk.toml` adds. Out: the text of every generated file. Data flows from `plan`, `names`,
//! `attributes` and `deps`, which look at the whole spec, through `lower`, which decides what each item becomes, to
//! the templates `structs`, `unions`, `codec`, `routes` and `file`, which only print.

mod attributes;
mod codec;
mod deps;
mod docs;
mod features;
mod file;
mod lower;
mod manifest;
mod markdown;
mod model;
mod names;
mod patterns;
mod plan;
mod routes;
mod structs;
mod unions;

use std::collections::BTreeMap;

use stone_parser::diagnostic::Diagnostics;
use stone_parser::ir::{Api, NamespaceId};

pub use attributes::url_path;

use crate::facts::Facts;
use attributes::Attributes;
use deps::Dependencies;
use names::Names;
use plan::Plan;

/// A spec with all that is known of it as a whole.
pub struct Context<'a> {
    /// The spec.
    pub api: &'a Api,
    /// What `sdk.toml` adds.
    pub facts: &'a Facts,
    /// Names of items.
    pub names: Names,
    /// Boxes and reachability.
    pub plan: Plan,
    /// Attributes of routes, by id.
    pub attributes: Vec<Attributes>,
    /// Which namespaces need which.
    pub dependencies: Dependencies,
}

impl<'a> Context<'a> {
    /// Looks at the whole spec.
    pub fn new(api: &'a Api, facts: &'a Facts, found: &mut Diagnostics) -> Self {
        attributes::check_urls(api, found);
        Self {
            api,
            facts,
            names: Names::new(api),
            plan: Plan::new(api, found),
            attributes: Attributes::all(api, found),
            dependencies: Dependencies::new(api),
        }
    }
}
