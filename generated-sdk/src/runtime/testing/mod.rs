//! A transport without a network, for tests of applications: answers are set for routes, and what was sent is kept.
//!
//! ```
//! # #[cfg(feature = "files")] {
//! use generated_sdk::testing::{Canned, Reply};
//! use generated_sdk::{AccessToken, UserClient, files};
//!
//! let canned = Canned::new();
//! canned.answer(&files::LIST_FOLDER, Reply::json(r#"{"entries": [], "cursor": "c", "has_more": false}"#));
//!
//! let client = UserClient::builder()
//!     .credential(AccessToken::new("any"))
//!     .transport(canned.clone())
//!     .build()?;
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let page = client.files().list_folder("/photos").await?;
//! # assert!(!page.has_more);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! assert_eq!(canned.sent()[0].argument(), r#"{"path":"/photos"}"#);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Retries pause as they always do. With tokio's `start_paused` the pauses take no time; without retries
//! ([`RetryPolicy::off`](crate::RetryPolicy::off)) there are none.

mod reply;
mod sent;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::reply::Outcome;
pub use self::reply::Reply;
pub use self::sent::Sent;

use super::route::Route;
use super::transport::{BoxFuture, Request, Response, Transport, TransportError};

/// Answers that wait for their calls. Clones share them.
#[derive(Clone, Default)]
pub struct Canned(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// By the paths of URLs.
    replies: BTreeMap<String, VecDeque<Reply>>,
    sent: Vec<Sent>,
}

impl Canned {
    /// No answers yet: every call fails, and says that there is none for it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one call of the route, after those for which answers were set before.
    pub fn answer(&self, route: &Route, reply: Reply) {
        self.answer_path(route.path, reply);
    }

    /// Like [`answer`](Self::answer), for what is no route: tokens come from `/oauth2/token`.
    pub fn answer_path(&self, path: &str, reply: Reply) {
        let replies = &mut self.lock().replies;
        replies.entry(path.to_owned()).or_default().push_back(reply);
    }

    /// The requests so far, in their order.
    pub fn sent(&self) -> Vec<Sent> {
        self.lock().sent.clone()
    }

    /// How many answers nobody has asked for.
    pub fn left(&self) -> usize {
        self.lock().replies.values().map(VecDeque::len).sum()
    }

    fn take(&self, sent: Sent) -> Reply {
        let mut state = self.lock();
        let path = sent.path().to_owned();
        state.sent.push(sent);
        let reply = state.replies.get_mut(&path).and_then(VecDeque::pop_front);
        reply.unwrap_or_else(|| Reply::status(400, format!("no answer is set for {path}")))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let sent = Sent::receive(request).await?;
            match self.take(sent).into_outcome() {
                Outcome::Answer(response) => Ok(response),
                Outcome::Fault(error) => Err(error),
                Outcome::Silence => pending().await,
            }
        })
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Canned({} answers left)", self.left())
    }
}
