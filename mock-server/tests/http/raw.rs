//! A client that sends what it is told and shows what came, byte for byte.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// A request that is being put together.
#[must_use]
pub struct Ask {
    method: &'static str,
    url: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Came {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Why there is no more, if the connection broke.
    pub error: Option<io::Error>,
}

impl Ask {
    pub fn post(url: impl Into<String>) -> Self {
        Self {
            method: "POST",
            url: url.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers
            .push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", format!("Bearer {token}"))
    }

    pub fn basic(self, (key, secret): (&str, &str)) -> Self {
        let pair = BASE64_STANDARD.encode(format!("{key}:{secret}"));
        self.header("Authorization", format!("Basic {pair}"))
    }

    pub fn json(self, text: &str) -> Self {
        self.header("Content-Type", "application/json").body(text)
    }

    pub fn upload(self, arg: &str, body: &str) -> Self {
        self.header("Content-Type", "application/octet-stream")
            .header("Dropbox-API-Arg", arg)
            .body(body)
    }

    pub fn body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }

    /// Sends the request on a connection of its own and reads until that ends.
    pub fn send(self) -> Came {
        let rest = self
            .url
            .strip_prefix("http://")
            .expect("the URL is of HTTP");
        let (address, path) = rest.split_once('/').expect("the URL has a path");
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let mut head = format!(
            "{} /{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n",
            self.method
        )
        .into_bytes();
        for (name, value) in &self.headers {
            head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        head.extend(format!("Content-Length: {}\r\n\r\n", self.body.len()).as_bytes());
        head.extend(&self.body);
        // A server that breaks the connection may do so before everything is written.
        let _ = stream.write_all(&head);
        Came::read(&mut stream)
    }
}

impl Came {
    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let error = stream.read_to_end(&mut bytes).err();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let (head, body) = bytes.split_at(end.map_or(0, |end| end + 4));
        let head = String::from_utf8_lossy(head).into_owned();
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        Self {
            status: status.unwrap_or_default(),
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_vec(),
            error,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        found.next().map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The summary of an error.
    pub fn summary(&self) -> String {
        self.json()["error_summary"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
