//! The header that says which namespace paths are relative to.

use stone_parser::ir::{Api, Type, UnionId};

use super::{Checker, json, plain};
use crate::errors::Refusal;
use crate::request::Received;
use crate::routes::Facts;

const NAME: &str = "Dropbox-API-Path-Root";

impl Checker<'_> {
    /// Whether the header, if there is one, is a value of its type. Routes without authentication do not look at it.
    pub(super) fn path_root(&self, facts: &Facts, request: &Received) -> Result<(), Refusal> {
        let Some(value) = request.raw_header("dropbox-api-path-root") else {
            return Ok(());
        };
        if facts.is_noauth() {
            return Ok(());
        }
        let refused = |problem| Refusal::of_route(&facts.path, problem);
        let text = plain(NAME, value).map_err(refused)?;
        let root = json::parse(text.as_bytes())
            .map_err(|error| refused(format!("HTTP header {NAME:?}: {error}")))?;
        let Some(id) = find_union(self.api, "common", "PathRoot") else {
            return Ok(());
        };
        let outcome = self.values.check(&Type::Union(id), &root);
        outcome.map_err(|misfit| refused(format!("HTTP header {NAME:?}: {misfit}")))
    }
}

fn find_union(api: &Api, namespace: &str, name: &str) -> Option<UnionId> {
    let mut namespaces = api.namespaces.iter();
    let namespace = namespaces.find(|other| other.name == namespace)?;
    let mut unions = namespace.unions.iter().copied();
    unions.find(|id| api[*id].name == name)
}
