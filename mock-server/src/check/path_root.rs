//! The header that says which namespace paths are relative to.

use serde_json::{Value, json as value};
use stone_parser::ir::{Api, Type, UnionId};

use super::{Checker, json, plain};
use crate::errors::{Refusal, tag as tagged};
use crate::request::Received;
use crate::routes::Facts;

const NAME: &str = "Dropbox-API-Path-Root";

impl Checker<'_> {
    /// The value of the header, which fits its type. Routes without authentication do not look at it.
    pub(super) fn path_root(
        &self,
        facts: &Facts,
        request: &Received,
    ) -> Result<Option<Value>, Refusal> {
        let value = request.raw_header("dropbox-api-path-root");
        let Some(value) = value.filter(|_| !facts.is_noauth()) else {
            return Ok(None);
        };
        let refused = |problem| Refusal::of_route(&facts.path, problem);
        let text = plain(NAME, value).map_err(refused)?;
        let root = json::parse(text.as_bytes())
            .map_err(|error| refused(format!("HTTP header {NAME:?}: {error}")))?;
        if let Some(id) = find_union(self.api, "common", "PathRoot") {
            let outcome = self.values.check(&Type::Union(id), &root);
            outcome.map_err(|misfit| refused(format!("HTTP header {NAME:?}: {misfit}")))?;
        }
        Ok(Some(root))
    }
}

/// The error for a root that a user does not have, whose own namespace this is.
pub(crate) fn wrong_root(root: &Value, own: &str) -> Option<Value> {
    let tag = root.get(".tag").and_then(Value::as_str)?;
    let named = root.get(tag).and_then(Value::as_str)?;
    match tag {
        _ if named == own => None,
        "root" => {
            let info =
                value!({ ".tag": "user", "root_namespace_id": own, "home_namespace_id": own });
            Some(value!({ ".tag": "invalid_root", "invalid_root": info }))
        }
        _ => Some(tagged("no_permission")),
    }
}

fn find_union(api: &Api, namespace: &str, name: &str) -> Option<UnionId> {
    let mut namespaces = api.namespaces.iter();
    let namespace = namespaces.find(|other| other.name == namespace)?;
    let mut unions = namespace.unions.iter().copied();
    unions.find(|id| api[*id].name == name)
}
