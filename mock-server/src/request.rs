//! A request as it came in.

use std::fmt;
use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

/// One request; names of headers are in lower case.
#[derive(Clone)]
pub struct Received {
    /// Which one it is, from 1.
    pub number: u64,
    /// The connection that it came on, from 1.
    pub connection: u64,
    /// When it was complete, by the server's clock.
    pub at: SystemTime,
    /// The host that it was meant for, such as `content`; nothing when it came on the port for all of them.
    pub host: Option<String>,
    /// The method.
    pub method: String,
    /// The path, without the prefix that names a host.
    pub path: String,
    /// Names and values of the query, decoded.
    pub query: Vec<(String, String)>,
    /// Names and values in the order in which they came.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Bytes,
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = |(name, value): &(String, Vec<u8>)| {
            format!("{name}: {}", String::from_utf8_lossy(value))
        };
        f.debug_struct("Received")
            .field("number", &self.number)
            .field("connection", &self.connection)
            .field("host", &self.host)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field(
                "headers",
                &self.headers.iter().map(header).collect::<Vec<_>>(),
            )
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

impl Received {
    /// The value of a header: the first one, as text as far as it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw_header(name)
            .and_then(|value| str::from_utf8(value).ok())
    }

    pub(crate) fn raw_header(&self, name: &str) -> Option<&[u8]> {
        let mut all = self.headers.iter().filter(|(other, _)| other == name);
        all.next().map(|(_, value)| value.as_slice())
    }

    /// The value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.query.iter().filter(|(other, _)| other == name);
        all.next().map(|(_, value)| value.as_str())
    }

    /// The path below `/2/`.
    pub(crate) fn route(&self) -> Option<&str> {
        self.path.strip_prefix("/2/")
    }

    /// The pairs of a form in the body.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// Name and password of HTTP's basic authentication.
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        basic(self.header("authorization")?)
    }
}

/// Reads `Basic …`.
pub(crate) fn basic(value: &str) -> Option<(String, String)> {
    let decoded = BASE64_STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
