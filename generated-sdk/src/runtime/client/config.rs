//! Settings that hold for every call of a client, already checked and in the form in which they are used.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Uri};

use crate::runtime::hooks::Hooks;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::{Host, Route, Style};

/// Where the API is. A scheme and a port may be given, so that a test can name a server of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrls {
    api: String,
    content: String,
    notify: String,
    web: String,
}

impl Default for BaseUrls {
    fn default() -> Self {
        Self {
            api: "https://api.dropboxapi.com".to_owned(),
            content: "https://content.dropboxapi.com".to_owned(),
            notify: "https://notify.dropboxapi.com".to_owned(),
            web: "https://www.dropbox.com".to_owned(),
        }
    }
}

impl BaseUrls {
    /// One server for everything.
    pub fn single(url: impl Into<String>) -> Self {
        let url = url.into();
        Self {
            api: url.clone(),
            content: url.clone(),
            notify: url.clone(),
            web: url,
        }
    }

    /// The server of most routes.
    pub fn api(self, url: impl Into<String>) -> Self {
        Self {
            api: url.into(),
            ..self
        }
    }

    /// The server of the routes that carry content.
    pub fn content(self, url: impl Into<String>) -> Self {
        Self {
            content: url.into(),
            ..self
        }
    }

    /// The server of the routes that wait for something to happen.
    pub fn notify(self, url: impl Into<String>) -> Self {
        Self {
            notify: url.into(),
            ..self
        }
    }

    /// The server of the pages that a person sees, such as the one that authorizes an app.
    pub fn web(self, url: impl Into<String>) -> Self {
        Self {
            web: url.into(),
            ..self
        }
    }

    /// The URL of a route.
    pub(crate) fn url(&self, route: &Route) -> String {
        let base = match route.host {
            Host::Api => &self.api,
            Host::Content => &self.content,
            Host::Notify => &self.notify,
        };
        let base = base.trim_end_matches('/');
        let mut url = String::with_capacity(base.len() + route.path.len());
        url += base;
        url += route.path;
        url
    }

    /// The page on which a person grants access.
    pub(crate) fn authorize(&self) -> String {
        format!("{}/oauth2/authorize", self.web.trim_end_matches('/'))
    }

    /// All four.
    pub(crate) fn all(&self) -> [&str; 4] {
        [&self.api, &self.content, &self.notify, &self.web]
    }

    /// The first of the four that cannot be the start of a URL.
    pub(crate) fn invalid(&self) -> Option<&str> {
        for url in &self.all() {
            if !is_base(url) {
                return Some(*url);
            }
        }
        None
    }
}

fn is_base(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    // A name and a password in a URL would show up wherever the URL does.
    let is_plain = |authority: &str| !authority.as_bytes().contains(&b'@');
    matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some_and(|host| is_plain(host.as_str()))
        && uri.query().is_none()
}

/// What a builder collects.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) base_urls: BaseUrls,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) content_hash: bool,
    pub(crate) user_agent: HeaderValue,
    pub(crate) locale: Option<HeaderValue>,
    pub(crate) headers: HeaderMap,
    pub(crate) validate: bool,
    pub(crate) check_select_admin: bool,
    pub(crate) follow_root: bool,
    pub(crate) retry: RetryPolicy,
    pub(crate) hooks: Option<Arc<dyn Hooks>>,
}

impl Default for Config {
    /// The service may hold a request for 90 seconds before it answers, so reading waits longer than that.
    fn default() -> Self {
        Self {
            base_urls: BaseUrls::default(),
            connect_timeout: Some(Duration::from_secs(10)),
            read_timeout: Some(Duration::from_secs(100)),
            attempt_timeout: None,
            total_timeout: None,
            content_hash: true,
            user_agent: HeaderValue::try_from(user_agent(""))
                .unwrap_or(HeaderValue::from_static("generated-sdk")),
            locale: None,
            headers: HeaderMap::new(),
            validate: true,
            check_select_admin: true,
            follow_root: false,
            retry: RetryPolicy::default(),
            hooks: None,
        }
    }
}

/// The longest that a route of the notify host waits, with the 90 seconds that the service may add and some for the way.
const LONGEST_POLL: Duration = Duration::from_secs(480 + 90 + 30);

impl Config {
    /// How long a call of the route waits for the next bytes.
    pub(crate) fn read_timeout(&self, route: &Route) -> Option<Duration> {
        match route.host {
            Host::Notify => self.read_timeout.map(|limit| limit.max(LONGEST_POLL)),
            Host::Api | Host::Content => self.read_timeout,
        }
    }

    /// How long an attempt of a call of the route may take. Nobody can say that of content to upload, whose size is up
    /// to the caller.
    pub(crate) fn attempt_timeout(&self, route: &Route) -> Option<Duration> {
        match (route.style, route.host) {
            (Style::Upload, _) => None,
            (_, Host::Notify) => self.attempt_timeout.map(|limit| limit.max(LONGEST_POLL)),
            _ => self.attempt_timeout,
        }
    }
}

/// What the SDK calls itself in requests, after the name that the application gave.
pub(crate) fn user_agent(app: &str) -> String {
    let own = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    format!("{app} {own} (rust; {})", std::env::consts::OS)
        .trim_start()
        .to_owned()
}
