//! What came in and what became of it, for tests to look at.

use std::collections::VecDeque;

use crate::fault::Fault;
use crate::request::Received;

/// A request and what became of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The request.
    pub request: Received,
    /// Its route, such as `files/copy_v2`, if it has one.
    pub route: Option<String>,
    /// Which call of the route it was, from 1.
    pub call: u64,
    /// What was made to go wrong.
    pub fault: Option<Fault>,
    /// Whether the route did its work.
    pub done: bool,
    /// The status that was sent; where the connection was reset, the one that would have been.
    pub status: u16,
    /// What the client did wrong.
    pub violation: Option<String>,
}

/// Something that the service would have refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The number of the request.
    pub request: u64,
    /// Its path.
    pub path: String,
    /// What is wrong with it.
    pub problem: String,
}

/// The latest exchanges.
#[derive(Debug)]
pub(crate) struct Records {
    exchanges: VecDeque<Exchange>,
    limit: usize,
}

impl Records {
    pub fn new(limit: usize) -> Self {
        Self {
            exchanges: VecDeque::new(),
            limit,
        }
    }

    pub fn add(&mut self, exchange: Exchange) {
        if self.exchanges.len() >= self.limit {
            self.exchanges.pop_front();
        }
        if self.limit > 0 {
            self.exchanges.push_back(exchange);
        }
    }

    pub fn all(&self) -> Vec<Exchange> {
        self.exchanges.iter().cloned().collect()
    }

    pub fn clear(&mut self) {
        self.exchanges.clear();
    }

    pub fn violations(&self) -> Vec<Violation> {
        let of = |exchange: &Exchange| {
            exchange.violation.clone().map(|problem| Violation {
                request: exchange.request.number,
                path: exchange.request.path.clone(),
                problem,
            })
        };
        self.exchanges.iter().filter_map(of).collect()
    }
}
