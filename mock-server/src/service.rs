//! One request after the other on a connection: reads it, lets the core decide, waits where that is called for, sends
//! the answer and breaks what shall be broken.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use crate::body::{Ended, Step, Steps};
use crate::connection::Switch;
use crate::core::{Begun, Core, Outcome};
use crate::fault::Fault;
use crate::record::Exchange;
use crate::reply::Reply;
use crate::request::Received;

/// What all connections share.
pub(crate) struct Shared {
    core: Mutex<Core>,
    hosts: Vec<String>,
    /// The world's version, for those who wait until it changes.
    changes: watch::Sender<u64>,
    log: Option<Log>,
}

/// Is told of each exchange when its answer is about to be sent.
pub(crate) type Log = Box<dyn Fn(&Exchange) + Send + Sync>;

/// Where a request came in.
#[derive(Clone)]
pub(crate) struct Place {
    /// The host, if the port is that of one.
    pub host: Option<String>,
    pub connection: u64,
    pub switch: Arc<Switch>,
}

/// The largest request that is read.
const LIMIT: usize = 256 << 20;

impl Shared {
    pub fn new(core: Core, log: Option<Log>) -> Self {
        Self {
            hosts: core.routes.hosts(),
            core: Mutex::new(core),
            changes: watch::Sender::new(0),
            log,
        }
    }

    /// The core. A thread that panicked with it in its hands must not keep others from looking at it.
    pub fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells those who wait that the world may have changed.
    pub fn changed(&self) {
        let version = self.core().world.version();
        self.changes
            .send_if_modified(|known| std::mem::replace(known, version) != version);
    }

    /// Answers one request.
    pub async fn serve(
        &self,
        place: &Place,
        request: Request<Incoming>,
    ) -> Result<Response<Steps>, Ended> {
        let begun = match self.receive(place, request).await {
            Ok(received) => self.core().begin(received),
            // A client that goes away in the middle of its request gets no answer.
            Err(None) => return Err(Ended),
            Err(Some(reply)) => return Ok(response(&reply, &place.switch, None)),
        };
        if let Some(delay) = begun.verdict.delay {
            sleep(delay).await;
        }
        let (reply, done, violation) = self.answer(&begun).await;
        let fault = begun.verdict.fault.clone();
        let reply = match fault {
            Some(Fault::StatusAfter { code }) => Reply::text(code, "told to fail afterwards"),
            _ => reply,
        };
        let id = format!("{:032x}", begun.request.number);
        let reply = reply.header("X-Dropbox-Request-Id", id);
        self.record(begun, &reply, done, violation);
        if let Some(Fault::ResetBefore | Fault::ResetAfter) = fault {
            place.switch.reset();
            return Err(Ended);
        }
        Ok(response(&reply, &place.switch, fault.as_ref()))
    }

    /// Reads a request to its end.
    async fn receive(
        &self,
        place: &Place,
        request: Request<Incoming>,
    ) -> Result<Received, Option<Reply>> {
        let (head, body) = request.into_parts();
        let body = match Limited::new(body, LIMIT).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                let text = format!("requests of more than {LIMIT} bytes are not read");
                return Err(Some(Reply::text(413, text)));
            }
            Err(_) => return Err(None),
        };
        let (prefix, path) = split(head.uri.path(), &self.hosts);
        let query = head.uri.query().unwrap_or_default();
        let headers = head.headers.iter();
        Ok(Received {
            number: 0,
            connection: place.connection,
            at: SystemTime::UNIX_EPOCH,
            host: place.host.clone().or(prefix),
            method: head.method.to_string(),
            path,
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers: headers
                .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
                .collect(),
            body,
        })
    }

    /// Asks the core, again and again while there is nothing to say yet.
    async fn answer(&self, begun: &Begun) -> (Reply, bool, Option<String>) {
        let mut changes = self.changes.subscribe();
        let start = Instant::now();
        loop {
            changes.mark_unchanged();
            let outcome = self.core().handle(begun);
            self.changed();
            match outcome {
                Outcome::Reply {
                    reply,
                    done,
                    violation,
                } => return (reply, done, violation),
                Outcome::Pending { at_most, otherwise } => {
                    if timeout_at(start + at_most, changes.changed())
                        .await
                        .is_err()
                    {
                        return (otherwise, true, None);
                    }
                }
            }
        }
    }

    fn record(&self, begun: Begun, reply: &Reply, done: bool, violation: Option<String>) {
        let exchange = Exchange {
            request: begun.request,
            route: begun.path,
            call: begun.call,
            fault: begun.verdict.fault,
            done,
            status: reply.status,
            violation,
        };
        if let Some(log) = &self.log {
            log(&exchange);
        }
        self.core().records.add(exchange);
    }
}

/// Takes a first part off a path that names a host.
fn split(path: &str, hosts: &[String]) -> (Option<String>, String) {
    for host in hosts {
        let rest = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(host.as_str()));
        if let Some(rest) = rest.filter(|rest| rest.starts_with('/')) {
            return (Some(host.clone()), rest.to_owned());
        }
    }
    (None, path.to_owned())
}

/// How long bytes have to leave before their connection is cut.
const BEFORE_CUT: Duration = Duration::from_millis(5);

fn response(reply: &Reply, switch: &Arc<Switch>, fault: Option<&Fault>) -> Response<Steps> {
    let length = reply.body.len();
    let mut announced = Some(length);
    let mut steps = Vec::new();
    match fault {
        Some(Fault::Truncated { keep }) => {
            let keep = keep.unwrap_or(length / 2).min(length);
            steps.push(Step::Send(reply.body.slice(..keep)));
            steps.push(Step::Pause(BEFORE_CUT));
            steps.push(Step::End(switch.clone()));
        }
        Some(Fault::Slow { pieces, pause }) => {
            for piece in cut(&reply.body, *pieces) {
                steps.push(Step::Send(piece));
                steps.push(Step::Pause(*pause));
            }
        }
        Some(Fault::WrongLength { by }) => {
            announced = length.checked_add_signed(isize::try_from(*by).unwrap_or_default());
            steps.push(Step::Send(reply.body.clone()));
            if *by > 0 {
                steps.push(Step::Pause(BEFORE_CUT));
                steps.push(Step::End(switch.clone()));
            }
        }
        _ if length > 0 => steps.push(Step::Send(reply.body.clone())),
        _ => {}
    }
    let mut response = Response::new(Steps::new(steps));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in &reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
    if reply.status != 304 {
        headers.insert(CONTENT_LENGTH, announced.unwrap_or_default().into());
    }
    response
}

fn cut(body: &Bytes, pieces: usize) -> Vec<Bytes> {
    let size = body.len().div_ceil(pieces.max(1)).max(1);
    let starts = (0..body.len()).step_by(size);
    starts
        .map(|start| body.slice(start..(start + size).min(body.len())))
        .collect()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{cut, split};

    #[test]
    fn hosts_may_be_prefixes() {
        let hosts = ["api".to_owned(), "content".to_owned()];
        assert_eq!(
            split("/content/2/a/b", &hosts),
            (Some("content".into()), "/2/a/b".into())
        );
        assert_eq!(split("/2/content/b", &hosts), (None, "/2/content/b".into()));
        assert_eq!(split("/apix/2", &hosts), (None, "/apix/2".into()));
    }

    #[test]
    fn pieces_make_up_the_whole() {
        let body = Bytes::from_static(b"0123456789");
        for pieces in [0, 1, 3, 10, 50] {
            let cut = cut(&body, pieces);
            assert!(cut.len() <= pieces.max(1));
            assert_eq!(cut.concat(), body);
        }
    }
}
