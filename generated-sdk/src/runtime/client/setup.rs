//! How a client is set up, as lines of text without secrets.

use std::fmt;
use std::time::Duration;

use super::{Acting, Client};

/// The settings of a client, to be printed.
#[derive(Debug)]
pub(crate) struct Setup<'a>(&'a Client);

impl Client {
    pub(crate) fn setup(&self) -> Setup<'_> {
        Setup(self)
    }
}

impl fmt::Display for Setup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let client = self.0;
        let config = &client.core.config;
        let acting = match client.acting {
            Acting::Oneself => "for itself",
            Acting::User(_) => "for a member",
            Acting::Admin(_) => "as an administrator",
        };
        writeln!(f, "client: {}, {acting}", client.auth)?;
        writeln!(f, "path root: {}", set(client.path_root.is_some()))?;
        writeln!(f, "locale: {}", set(config.locale.is_some()))?;
        writeln!(f, "hosts: {}", config.base_urls.all().join(" "))?;
        writeln!(f, "connect timeout: {}", limit(config.connect_timeout))?;
        writeln!(f, "read timeout: {}", limit(config.read_timeout))?;
        writeln!(f, "attempt timeout: {}", limit(config.attempt_timeout))?;
        writeln!(f, "total timeout: {}", limit(config.total_timeout))?;
        writeln!(f, "retries: {:?}", config.retry)?;
        writeln!(f, "headers of one's own: {}", config.headers.len())?;
        writeln!(f, "validation: {}", on(config.validate))?;
        writeln!(f, "content hashes: {}", on(config.content_hash))?;
        writeln!(f, "admin check: {}", on(config.check_select_admin))?;
        writeln!(f, "follows roots: {}", on(config.follow_root))?;
        writeln!(f, "hooks: {}", set(config.hooks.is_some()))
    }
}

fn limit(limit: Option<Duration>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| format!("{limit:?}"))
}

fn set(is_set: bool) -> &'static str {
    if is_set { "set" } else { "not set" }
}

fn on(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}
