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
        let lines: [(&str, &dyn fmt::Display); _] = [
            ("client", &format_args!("{}, {acting}", client.auth)),
            ("path root", &set(client.path_root.is_some())),
            ("locale", &set(config.locale.is_some())),
            ("hosts", &format_args!("{api} {content} {notify} {web}")),
            ("connect timeout", &Limit(config.connect_timeout)),
            ("read timeout", &Limit(config.read_timeout)),
            ("attempt timeout", &Limit(config.attempt_timeout)),
            ("total timeout", &Limit(config.total_timeout)),
            ("retries", &format_args!("{:?}", config.retry)),
            ("headers of one's own", &config.headers.len()),
            ("validation", &on(config.validate)),
            ("content hashes", &on(config.content_hash)),
            ("admin check", &on(config.check_select_admin)),
            ("follows roots", &on(config.follow_root)),
            ("hooks", &set(config.hooks.is_some())),
        ];
        for (name, value) in &lines {
            writeln!(f, "{name}: {value}")?;
        }
        Ok(())
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
