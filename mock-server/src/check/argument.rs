//! The argument: where it is, whether it is JSON, whether it fits its type.

use serde_json::Value;
use stone_parser::ir::Type;

use super::{Checker, json, plain};
use crate::errors::Refusal;
use crate::request::Received;
use crate::routes::{Facts, Style};

const NAME: &str = "Dropbox-API-Arg";

impl Checker<'_> {
    /// The argument of the call, which fits the type of the route.
    pub(super) fn argument(&self, facts: &Facts, request: &Received) -> Result<Value, Refusal> {
        let ty = &self.api[facts.id].arg;
        let checked = find(facts, request, self.api.unalias(ty)).and_then(|(place, text)| {
            let arg = json::parse(text).map_err(|error| format!("{place}: {error}"))?;
            let outcome = self.values.check(ty, &arg);
            outcome.map_err(|misfit| format!("{place}: {misfit}"))?;
            Ok(arg)
        });
        checked.map_err(|problem| Refusal::of_route(&facts.path, problem))
    }
}

/// The text of the argument, and the name of its place.
fn find<'a>(
    facts: &Facts,
    request: &'a Received,
    ty: &Type,
) -> Result<(&'static str, &'a [u8]), String> {
    if facts.style == Style::Rpc {
        if request.raw_header("dropbox-api-arg").is_some() {
            return Err(format!(
                "the argument is the body, not HTTP header {NAME:?}"
            ));
        }
        let is_left_out = request.body.is_empty() && *ty == Type::Void;
        let body: &[u8] = if is_left_out { b"null" } else { &request.body };
        return Ok(("request body", body));
    }
    if facts.style == Style::Download && !request.body.is_empty() {
        return Err("the request body must be empty".to_owned());
    }
    match (
        request.raw_header("dropbox-api-arg"),
        request.parameter("arg"),
    ) {
        (Some(header), None) => Ok((
            "HTTP header \"Dropbox-API-Arg\"",
            plain(NAME, header)?.as_bytes(),
        )),
        (None, Some(parameter)) => Ok(("URL parameter \"arg\"", parameter.as_bytes())),
        (Some(_), Some(_)) => Err("there are two arguments, in a header and in the URL".to_owned()),
        (None, None) => Err(format!("HTTP header {NAME:?} is missing")),
    }
}
