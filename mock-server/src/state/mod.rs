//! What the server remembers.
//!
//! In: a request that was found to be right. Out: its answer, or that there is no state behind the route.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::Value;
use stone_parser::ir::Api;

/// Everything that the server remembers.
pub struct World {
    _api: Arc<Api>,
    _seed: u64,
}

impl World {
    /// A world as it is before the first call.
    pub fn new(api: Arc<Api>, seed: u64) -> Self {
        Self {
            _api: api,
            _seed: seed,
        }
    }

    /// Answers a call; `None`: the route has no state here, the answer comes from examples.
    pub fn answer(&mut self, _asked: &Asked<'_>) -> Option<Answered> {
        None
    }

    /// Grows with each change; a pending answer is asked for again when it has grown.
    pub fn version(&self) -> u64 {
        0
    }

    /// Makes every cursor that was given out invalid.
    pub fn expire_cursors(&mut self) {}

    /// Whether a select header may name this member, as one whose files are asked for.
    pub fn is_member(&self, _id: &str) -> bool {
        true
    }

    /// Whether a select header may name this member as an admin.
    pub fn is_admin(&self, _id: &str) -> bool {
        true
    }
}

/// A call that was found to be right.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The route's namespace.
    pub namespace: &'a str,
    /// The route's name with its path.
    pub route: &'a str,
    /// The route's version.
    pub version: u64,
    /// Checked against its type and constraints; defaults are not filled in.
    pub arg: &'a Value,
    /// The content that upload routes are sent.
    pub body: &'a Bytes,
    /// Who asks.
    pub caller: Caller<'a>,
    /// When.
    pub now: SystemTime,
}

/// Who makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller<'a> {
    /// A user: the account id that the token belongs to, or the team member id that a select header names.
    User(&'a str),
    /// A team.
    Team,
    /// An app.
    App,
    /// Nobody in particular.
    Nobody,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    /// The result.
    Result(Value),
    /// The result of a download route, and its content. Ranges and conditions are the core's business.
    Content {
        /// The result.
        result: Value,
        /// The content.
        body: Bytes,
    },
    /// The value of the route's error type; its summary is the core's business.
    Error(Value),
    /// An answer that is not the route's, such as the text of a 400.
    Refused {
        /// The status.
        status: u16,
        /// The body.
        message: String,
    },
    /// Not yet: asked for again when the version has grown.
    Pending {
        /// How long to wait.
        at_most: Duration,
        /// The result after that.
        otherwise: Value,
    },
}
