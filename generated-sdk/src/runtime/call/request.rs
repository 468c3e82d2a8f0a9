//! From a pending call to its request: the argument is checked and encoded once, the head is made for every attempt.

use bytes::Bytes;
use http::header;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Pending;
use super::hashing::with_content_hash;
use crate::runtime::body::UploadBody;
use crate::runtime::client::{Acting, Client};
use crate::runtime::content_hash::ContentHash;
use crate::runtime::error::Failure;
use crate::runtime::headers;
use crate::runtime::route::{Host, Route, Style};
use crate::runtime::wire;

/// The argument of a call as it travels.
#[derive(Debug)]
pub(super) enum Argument {
    /// In the body.
    Json(Bytes),
    /// In a header, which leaves the body to content.
    Header(HeaderValue),
}

/// Room for the headers of a usual call, so that the map does not grow. With more than this, the map would be twice as
/// large, and too large for what allocators keep at hand.
const USUAL_HEADERS: usize = 6;

impl Pending {
    /// Checks the call and encodes its argument, which may need the content to be read.
    pub(super) async fn prepare(&mut self) -> Result<Argument, Box<Failure>> {
        self.check()?;
        if let Some(body) = &mut self.body {
            body.settle().await;
        }
        let hash = self.content_hash().await?;
        self.encode(hash)
    }

    /// Whether the call may be made as it is.
    pub(super) fn check(&self) -> Result<(), Box<Failure>> {
        if let Some(fault) = &self.settings.fault {
            return Err(Failure::invalid_argument(self.route, fault.clone()));
        }
        check_client(&self.client, self.route)?;
        if self.client.core.config.validate {
            wire::validate(&*self.arg).map_err(|error| Failure::invalid(self.route, error))?;
        }
        Ok(())
    }

    /// Whether the content, if any, can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        self.body.as_ref().is_none_or(UploadBody::is_replayable)
    }

    /// The argument as it travels, with the hash of the content if there is one.
    pub(super) fn encode(&self, hash: Option<ContentHash>) -> Result<Argument, Box<Failure>> {
        match self.route.style {
            Style::Rpc => Ok(Argument::Json(wire::to_vec(&*self.arg).into())),
            Style::Upload | Style::Download => {
                let json = wire::header_safe(&*self.arg);
                let json = match hash {
                    Some(hash) => with_content_hash(&json, hash),
                    None => json,
                };
                let mut value = self.value("the argument", &json)?;
                // An argument may hold the password of a shared link.
                value.set_sensitive(true);
                Ok(Argument::Header(value))
            }
        }
    }

    /// The URL of the call.
    pub(super) fn url(&self) -> String {
        self.client.core.config.base_urls.url(self.route)
    }

    /// The headers of an attempt. What callers set comes first, so that it cannot replace what the client manages.
    pub(super) fn headers(
        &self,
        argument: &Argument,
        authorization: Option<HeaderValue>,
    ) -> Result<HeaderMap, Box<Failure>> {
        let config = &self.client.core.config;
        let mut headers = HeaderMap::with_capacity(USUAL_HEADERS);
        self.add_own_headers(&config.headers, &mut headers);
        self.add_own_headers(&self.settings.headers, &mut headers);
        self.add_content_headers(argument, &mut headers);
        headers.insert(header::USER_AGENT, config.user_agent.clone());
        if !self.route.is_noauth() {
            if let Some(authorization) = authorization {
                headers.insert(header::AUTHORIZATION, authorization);
            }
            self.add_context(&mut headers)?;
        }
        Ok(headers)
    }

    /// Adds what callers set. A download has no content whose type could be told.
    fn add_own_headers(&self, own: &HeaderMap, headers: &mut HeaderMap) {
        for (name, value) in own {
            if self.route.style != Style::Download || name != header::CONTENT_TYPE {
                headers.append(name.clone(), value.clone());
            }
        }
    }

    /// Says what the body is and, where it is not the argument, what the argument is.
    fn add_content_headers(&self, argument: &Argument, headers: &mut HeaderMap) {
        match self.route.style {
            Style::Rpc => {
                let json = HeaderValue::from_static("application/json");
                headers.insert(header::CONTENT_TYPE, json);
            }
            Style::Upload => {
                // A few routes tell the formats of documents apart by their type.
                if !headers.contains_key(&header::CONTENT_TYPE) {
                    let bytes = HeaderValue::from_static("application/octet-stream");
                    headers.insert(header::CONTENT_TYPE, bytes);
                }
            }
            Style::Download => {
                // Ranges and content hashes are about the bytes as they are stored.
                let identity = HeaderValue::from_static("identity");
                headers.insert(header::ACCEPT_ENCODING, identity);
            }
        }
        if let Argument::Header(value) = argument {
            headers.insert(headers::API_ARG.clone(), value.clone());
        }
    }

    /// Whether the call shows who makes it.
    pub(super) fn is_authorized(&self) -> bool {
        !self.route.is_noauth() && !self.client.core.credential.is_none()
    }

    /// Says in whose name to act and from which root, and in which language to answer.
    fn add_context(&self, headers: &mut HeaderMap) -> Result<(), Box<Failure>> {
        if let Some((name, id)) = self.selected() {
            headers.insert(name.clone(), self.value("the member id", id)?);
        }
        let root = self.settings.path_root.as_deref();
        if let (Some(root), Host::Api | Host::Content) =
            (root.or(self.client.path_root.as_deref()), self.route.host)
        {
            let root = self.value("the path root", root)?;
            headers.insert(headers::PATH_ROOT.clone(), root);
        }
        if let Some(locale) = &self.client.core.config.locale {
            headers.insert(headers::USER_LOCALE.clone(), locale.clone());
        }
        Ok(())
    }

    fn selected(&self) -> Option<(&'static HeaderName, &str)> {
        match &self.client.acting {
            Acting::Oneself => None,
            Acting::User(id) => Some((&headers::SELECT_USER, id)),
            Acting::Admin(id) => Some((&headers::SELECT_ADMIN, id)),
        }
    }

    fn value(&self, what: &str, text: &str) -> Result<HeaderValue, Box<Failure>> {
        HeaderValue::from_str(text).map_err(|_| {
            let message = format!("{what} has characters that no header can carry");
            Failure::invalid_argument(self.route, message)
        })
    }
}

/// Whether the client may call the route at all; the types see to that, except for calls made on [`Client`] itself.
fn check_client(client: &Client, route: &'static Route) -> Result<(), Box<Failure>> {
    if !route.accepts(client.auth) {
        let own = client.auth;
        let mut wanted = String::new();
        for auth in route.auth {
            let or = if wanted.is_empty() { "" } else { " or " };
            wanted += or;
            wanted += auth.as_str();
        }
        let message = format!("the route takes {wanted} authentication, the client has {own}");
        return Err(Failure::credential(route, message));
    }
    let administrator = matches!(client.acting, Acting::Admin(_)) && !route.is_noauth();
    if administrator && route.select_admin.is_none() && client.core.config.check_select_admin {
        let message = "the route has no select_admin_mode, so that no administrator can call it for the team; \
                       use `as_user`, or turn `check_select_admin` off";
        return Err(Failure::credential(route, message));
    }
    Ok(())
}
