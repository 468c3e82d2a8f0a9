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
use value::Values;

/// What a request is held against.
pub(crate) struct Checker<'a> {
    pub api: &'a Api,
    pub values: &'a Values,
    pub tokens: &'a Tokens,
    pub world: &'a World,
    pub now: SystemTime,
}

impl Checker<'_> {
    /// Who calls the route, and with which argument.
    pub fn check(&self, facts: &Facts, request: &Received) -> Result<(Who, Value), Refusal> {
        head::check(facts, request)?;
        let who = self.caller(facts, request)?;
        self.path_root(facts, request)?;
        let arg = self.argument(facts, request)?;
        Ok((who, arg))
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
