//! An HTTP/1.1 server on loopback that answers by a script, byte for byte, and records what it was sent.
//!
//! It parses requests itself, so that a fault of an HTTP library cannot hide itself on both sides.

mod connection;
mod recorded;
mod reply;

use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

pub use self::recorded::Recorded;
pub use self::reply::Reply;

/// A running server; dropping it ends it and all of its connections.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    acceptor: Option<JoinHandle<()>>,
}

/// Decides what a request is answered with.
type Script = Box<dyn FnMut(&Recorded) -> Reply + Send>;

/// What all connections share.
struct State {
    script: Mutex<Script>,
    /// Whether bodies are left unread.
    hasty: bool,
    requests: Mutex<Vec<Recorded>>,
    /// Nothing is left here once the server ends.
    connections: Mutex<Option<Vec<TcpStream>>>,
}

impl Server {
    /// Answers the first request with the first reply, and so on, on whatever connections they come.
    pub fn start(replies: impl IntoIterator<Item = Reply, IntoIter: Send + 'static>) -> Self {
        let mut replies = replies.into_iter();
        Self::with(move |_| {
            replies
                .next()
                .unwrap_or_else(|| Reply::text(500, "the script has no more replies"))
        })
    }

    /// Answers every request with what the function says.
    pub fn with(script: impl FnMut(&Recorded) -> Reply + Send + 'static) -> Self {
        Self::run(Box::new(script), false)
    }

    /// Answers every request as soon as its headers are there, and takes no notice of its body.
    pub fn hasty(script: impl FnMut(&Recorded) -> Reply + Send + 'static) -> Self {
        Self::run(Box::new(script), true)
    }

    fn run(script: Script, hasty: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let state = Arc::new(State {
            script: Mutex::new(script),
            hasty,
            requests: Mutex::default(),
            connections: Mutex::new(Some(Vec::new())),
        });
        let shared = state.clone();
        let acceptor = thread::spawn(move || accept(&listener, &shared));
        Self {
            address,
            state,
            acceptor: Some(acceptor),
        }
    }

    /// Where the server is, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What came in so far, in the order in which the requests were complete.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.state.requests).clone()
    }

    /// The only request that came in.
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "exactly one request was expected");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for connection in lock(&self.state.connections).take().unwrap_or_default() {
            // A connection that the client closed already needs no end.
            let _ = connection.shutdown(Shutdown::Both);
        }
        // The acceptor waits for connections; this one shows it that the server ends.
        drop(TcpStream::connect(self.address));
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    let mut threads = Vec::new();
    for stream in listener.incoming().map_while(Result::ok) {
        let Some(connections) = &mut *lock(&state.connections) else {
            break;
        };
        connections.extend(stream.try_clone());
        let state = state.clone();
        threads.push(thread::spawn(move || connection::serve(&stream, &state)));
    }
    for thread in threads {
        let _ = thread.join();
    }
}

/// A test that panics while it holds a lock must not hide its own message behind those of other threads.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
