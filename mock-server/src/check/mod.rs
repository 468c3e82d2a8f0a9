//! Whether a request is one that the service would take.
//!
//! In: a request, what the spec says of its route, and who has which token. Out: who calls and the argument, or the
//! refusal that the service would answer with. Heads are judged first, then callers, then arguments.

mod argument;
mod auth;
mod head;
mod json;
mod path_root;
#[cfg(test)]
mod tests;
pub mod value;

use std::time::SystemTime;

use serde_json::Value;
use stone_parser::ir::Api;

use crate::errors::Refusal;
use crate::request::Received;
use crate::routes::Facts;
use crate::state::World;
use crate::tokens::Tokens;

pub(crate) use auth::Who;
pub(crate) use path_root::wrong_root;
use value::Values;

/// What a request is held against.
pub(crate) struct Checker<'a> {
    pub api: &'a Api,
    pub values: &'a Values,
    pub tokens: &'a Tokens,
    pub world: &'a World,
    pub now: SystemTime,
}

/// What a request says, as far as that can be told without knowing what there is.
pub(crate) struct Checked {
    /// Who calls.
    pub who: Who,
    /// What paths shall be relative to, if the request says it.
    pub root: Option<Value>,
    /// The argument.
    pub arg: Value,
}

impl Checker<'_> {
    /// Looks at all of a request.
    pub fn check(&self, facts: &Facts, request: &Received) -> Result<Checked, Refusal> {
        head::check(facts, request)?;
        Ok(Checked {
            who: self.caller(facts, request)?,
            root: self.path_root(facts, request)?,
            arg: self.argument(facts, request)?,
        })
    }
}

/// Why a header value is not plain ASCII, if it is not.
fn plain<'a>(name: &str, value: &'a [u8]) -> Result<&'a str, String> {
    let bad = value.iter().find(|byte| !(0x20..0x7f).contains(*byte));
    match (bad, str::from_utf8(value)) {
        (None, Ok(text)) => Ok(text),
        (bad, _) => Err(format!(
            "HTTP header {name:?}: byte {:#04x} is not allowed, other characters than ASCII have to be escaped",
            bad.unwrap_or(&0)
        )),
    }
}
