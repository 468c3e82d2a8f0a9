//! From a pending call to the head of its request: checks, validation, encoding and headers, without the credential.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use super::Pending;
use crate::runtime::client::{Acting, Client};
use crate::runtime::error::Failure;
use crate::runtime::headers;
use crate::runtime::route::{Host, Route, Style};
use crate::runtime::wire;

/// What every attempt of a call sends.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    /// The JSON body of an RPC call.
    pub(super) json: Option<Bytes>,
}

impl Pending {
    /// Checks the call and encodes its argument.
    pub(super) fn prepare(&self) -> Result<Prepared, Box<Failure>> {
        self.check()?;
        let config = &self.client.core.config;
        let mut headers = config.headers.clone();
        headers.insert(header::USER_AGENT, config.user_agent.clone());
        headers.extend(self.settings.headers.clone());
        if !self.route.is_noauth() {
            self.add_context(&mut headers)?;
        }
        let json = self.add_argument(&mut headers)?;
        Ok(Prepared {
            url: config.base_urls.url(self.route),
            headers,
            json,
        })
    }

    /// The value of the `Authorization` header, where the route wants one.
    pub(super) fn authorization(&self) -> Result<Option<HeaderValue>, Box<Failure>> {
        if self.route.is_noauth() {
            return Ok(None);
        }
        let credential = &self.client.core.credential;
        credential.authorization().map_err(|_| {
            Failure::credential(
                self.route,
                "the credential has characters that no header can carry".to_owned(),
            )
        })
    }

    fn check(&self) -> Result<(), Box<Failure>> {
        let route = self.route;
        if let Some(fault) = &self.settings.fault {
            return Err(Failure::invalid_argument(route, fault.clone()));
        }
        check_client(&self.client, route)?;
        if !self.client.core.config.validate {
            return Ok(());
        }
        wire::validate(&*self.arg).map_err(|error| Failure::invalid(route, error))
    }

    /// Says in whose name and from which root, and in which language to answer.
    fn add_context(&self, headers: &mut HeaderMap) -> Result<(), Box<Failure>> {
        let selected = match &self.client.acting {
            Acting::Oneself => None,
            Acting::User(id) => Some((&headers::SELECT_USER, id)),
            Acting::Admin(id) => Some((&headers::SELECT_ADMIN, id)),
        };
        if let Some((name, id)) = selected {
            headers.insert(name, self.value("the member id", id)?);
        }
        let root = self
            .settings
            .path_root
            .as_deref()
            .or(self.client.path_root.as_deref());
        if let (Some(root), Host::Api | Host::Content) = (root, self.route.host) {
            headers.insert(&headers::PATH_ROOT, self.value("the path root", root)?);
        }
        if let Some(locale) = &self.client.core.config.locale {
            headers.insert(&headers::USER_LOCALE, locale.clone());
        }
        Ok(())
    }

    /// Puts the argument where the style of the route wants it, and says what the body is.
    fn add_argument(&self, headers: &mut HeaderMap) -> Result<Option<Bytes>, Box<Failure>> {
        match self.route.style {
            Style::Rpc => {
                headers.insert(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/json"),
                );
                return Ok(Some(wire::to_vec(&*self.arg).into()));
            }
            Style::Upload => {
                headers.insert(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/octet-stream"),
                );
            }
            Style::Download => {
                headers.remove(header::CONTENT_TYPE);
                // Ranges and content hashes are about the bytes as they are stored.
                headers.insert(
                    header::ACCEPT_ENCODING,
                    HeaderValue::from_static("identity"),
                );
            }
        }
        let mut arg = self.value("the argument", &wire::header_safe(&*self.arg))?;
        // An argument may hold the password of a shared link.
        arg.set_sensitive(true);
        headers.insert(&headers::API_ARG, arg);
        Ok(None)
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
        let wanted: Vec<String> = route.auth.iter().map(ToString::to_string).collect();
        let message = format!(
            "the route takes {} authentication, the client has {}",
            wanted.join(" or "),
            client.auth
        );
        return Err(Failure::credential(route, message));
    }
    let administrator = matches!(client.acting, Acting::Admin(_)) && !route.is_noauth();
    if administrator && route.select_admin.is_none() && client.core.config.check_select_admin {
        let message = "the route has no select_admin_mode, so that no administrator can call it for the team; \
                       use `as_user`, or turn `check_select_admin` off";
        return Err(Failure::credential(route, message.to_owned()));
    }
    Ok(())
}
