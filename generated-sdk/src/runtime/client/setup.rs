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
        let [api, content, notify, web] = config.base_urls.all();
        // All in one, as each further `writeln!` is a hundred lines of code.
        writeln!(
            f,
            "client: {}, {acting}\n\
             path root: {}\n\
             locale: {}\n\
             hosts: {api} {content} {notify} {web}\n\
             connect timeout: {}\n\
             read timeout: {}\n\
             attempt timeout: {}\n\
             total timeout: {}\n\
             retries: {:?}\n\
             headers of one's own: {}\n\
             validation: {}\n\
             content hashes: {}\n\
             admin check: {}\n\
             follows roots: {}\n\
             hooks: {}",
            client.auth,
            set(client.path_root.is_some()),
            set(config.locale.is_some()),
            Limit(config.connect_timeout),
            Limit(config.read_timeout),
            Limit(config.attempt_timeout),
            Limit(config.total_timeout),
            config.retry,
            config.headers.len(),
            on(config.validate),
            on(config.content_hash),
            on(config.check_select_admin),
            on(config.follow_root),
            set(config.hooks.is_some()),
        )
    }
}

struct Limit(Option<Duration>);

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(limit) => write!(f, "{limit:?}"),
            None => f.write_str("none"),
        }
    }
}

fn set(is_set: bool) -> &'static str {
    if is_set { "set" } else { "not set" }
}

fn on(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}
