//! What a request is answered with: bytes as they are, and what happens between them.

use std::time::Duration;

/// The answer to one request.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub(super) acts: Vec<Act>,
}

#[derive(Debug, Clone)]
pub(super) enum Act {
    Send(Vec<u8>),
    Pause(Duration),
    /// Ends the connection.
    Close,
    /// Keeps the connection open without a word until the server ends.
    Hold,
}

/// No script waits for longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

impl Reply {
    /// Exactly these bytes, status line and all.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            acts: vec![Act::Send(bytes.into())],
        }
    }

    /// A JSON body with its length.
    pub fn json(status: u16, body: &str) -> Self {
        Self::with(status, &[("Content-Type", "application/json")], body)
    }

    /// A text with its length.
    pub fn text(status: u16, body: &str) -> Self {
        Self::with(
            status,
            &[("Content-Type", "text/plain; charset=utf-8")],
            body,
        )
    }

    /// A body with its length below these headers.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!("HTTP/1.1 {status} Scripted\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// No answer: the connection is closed.
    pub fn close() -> Self {
        Self::default().then_close()
    }

    /// No answer: the connection stays open.
    pub fn hold() -> Self {
        Self::default().then_hold()
    }

    /// The same answer without its last `count` bytes.
    pub fn without_last(mut self, count: usize) -> Self {
        if let Some(Act::Send(bytes)) = self.acts.last_mut() {
            bytes.truncate(bytes.len().saturating_sub(count));
        }
        self
    }

    /// More bytes after a pause, which is never longer than two seconds.
    pub fn then_after(mut self, pause: Duration, bytes: impl Into<Vec<u8>>) -> Self {
        self.acts.push(Act::Pause(pause.min(LONGEST_PAUSE)));
        self.acts.push(Act::Send(bytes.into()));
        self
    }

    /// Closes the connection in the end.
    pub fn then_close(mut self) -> Self {
        self.acts.push(Act::Close);
        self
    }

    /// Says nothing more in the end, and keeps the connection open.
    pub fn then_hold(mut self) -> Self {
        self.acts.push(Act::Hold);
        self
    }
}
