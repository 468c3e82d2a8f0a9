//! Limits of time: what each of them covers, and what is done when it is met. The time is that of tokio, which stands
//! still while something happens and jumps when all wait; the network is a stand-in, as real ones take real time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use generated_sdk::runtime::clock::Clock;
use generated_sdk::runtime::transport::{
    Body, BoxError, BoxFuture, ByteStream, Request, Response, ResponseBody, Transport,
    TransportError,
};
use generated_sdk::runtime::{RepeatSafety, Route};
use generated_sdk::{
    AccessToken, Call, ClientBuilder, Download, Error, RetryPolicy, UploadBody, UserClient,
};
use tests::sample::{FETCH, READ, SEND, WATCH};
use tokio::time::{Instant, sleep};

/// As `READ`, but a call must not be made twice.
static WRITE: Route = Route {
    repeat: RepeatSafety::Once,
    ..READ
};

/// How many seconds it takes the network to take a piece of content, to answer, and to bring a piece of the answer.
#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    piece: u64,
    answer: u64,
    content: u64,
    /// Beyond that, before the last piece of the answer.
    last: u64,
}

/// Answers request after request at these paces, then at once.
#[derive(Debug, Clone, Default)]
struct Network(Arc<Mutex<VecDeque<Pace>>>);

/// Longer than any limit.
const NEVER: u64 = 1_000_000;

impl Transport for Network {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let pace = self.0.lock().unwrap().pop_front().unwrap_or_default();
        Box::pin(async move {
            if let Body::Stream(stream, _) = request.body {
                drain(stream, pace.piece).await;
            }
            sleep(Duration::from_secs(pace.answer)).await;
            let mut headers = http::HeaderMap::new();
            headers.insert("dropbox-api-result", http::HeaderValue::from_static("null"));
            Ok(Response {
                status: http::StatusCode::OK,
                headers,
                body: ResponseBody::from_stream(Slow::new(&["nu", "ll"], pace)),
            })
        })
    }
}

async fn drain(mut stream: ByteStream, pace: u64) {
    while let Some(piece) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        piece.unwrap();
        sleep(Duration::from_secs(pace)).await;
    }
}

/// Pieces with so many seconds before each of them, and before the end.
struct Slow {
    pieces: VecDeque<&'static str>,
    pace: Pace,
    wait: BoxFuture<'static, ()>,
}

impl Slow {
    fn new(pieces: &[&'static str], pace: Pace) -> Self {
        Self {
            pieces: pieces.iter().copied().collect(),
            pace,
            wait: Box::pin(sleep(seconds(pace.content))),
        }
    }
}

impl futures_core::Stream for Slow {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::ready!(self.wait.as_mut().poll(cx));
        let piece = self.pieces.pop_front();
        let more = if self.pieces.len() == 1 {
            self.pace.last
        } else {
            0
        };
        self.wait = Box::pin(sleep(seconds(self.pace.content + more)));
        std::task::Poll::Ready(piece.map(|piece| Ok(piece.into())))
    }
}

/// A client whose retries come at once.
fn client(
    paces: &[Pace],
    set: impl FnOnce(ClientBuilder<UserClient>) -> ClientBuilder<UserClient>,
) -> UserClient {
    let network = Network(Arc::new(Mutex::new(paces.iter().copied().collect())));
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .retry(RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO))
        .transport(network);
    set(builder).build().unwrap()
}

/// How a call ends, and after how many seconds.
fn run(call: Call<(), ()>) -> (Result<(), String>, u64) {
    timed(async { call.await.map_err(|error: Error<()>| error.to_string()) })
}

fn timed<T>(work: impl Future<Output = T>) -> (T, u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(async {
        let start = Instant::now();
        let output = work.await;
        (output, start.elapsed().as_secs())
    })
}

fn read(client: &UserClient, route: &'static Route) -> Call<(), ()> {
    Call::rpc(client.core(), route, ())
}

fn send(client: &UserClient, body: impl Into<UploadBody>) -> Call<(), ()> {
    Call::upload(client.core(), &SEND, (), body.into())
}

fn late(route: &str, limit: u64) -> Result<(), String> {
    Err(format!("{route}: no answer within {limit}s"))
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

const SILENT: Pace = Pace {
    piece: 0,
    answer: NEVER,
    content: 0,
    last: 0,
};

#[test]
fn an_attempt_that_takes_too_long_is_made_again_if_that_does_no_harm() {
    let limit = |builder: ClientBuilder<UserClient>| builder.attempt_timeout(seconds(7));
    let patient = client(&[SILENT, SILENT], limit);
    assert_eq!(run(read(&patient, &READ)), (Ok(()), 14));
    let careful = client(&[SILENT, SILENT], limit);
    assert_eq!(run(read(&careful, &WRITE)), (late("sample/read", 7), 7));
    let hopeless = client(&[SILENT; 9], limit);
    assert_eq!(run(read(&hopeless, &READ)), (late("sample/read", 7), 35));
}

#[test]
fn an_attempt_lasts_until_its_answer_is_read() {
    let slow = Pace {
        content: 3,
        ..Pace::default()
    };
    let limit = |builder: ClientBuilder<UserClient>| builder.attempt_timeout(seconds(7));
    assert_eq!(
        run(read(&client(&[slow], limit), &WRITE)),
        (late("sample/read", 7), 7)
    );
    let call = read(&client(&[slow], limit), &WRITE).attempt_timeout(seconds(10));
    assert_eq!(run(call), (Ok(()), 9));
}

#[test]
fn uploads_and_routes_that_wait_have_attempts_as_long_as_they_need() {
    let limit = |builder: ClientBuilder<UserClient>| builder.attempt_timeout(seconds(7));
    let slow = Pace {
        answer: 50,
        ..Pace::default()
    };
    assert_eq!(run(send(&client(&[slow], limit), "content")), (Ok(()), 50));
    assert_eq!(run(read(&client(&[slow], limit), &WATCH)), (Ok(()), 50));
    let own = send(&client(&[slow], limit), "content").attempt_timeout(seconds(7));
    assert_eq!(run(own), (late("sample/send:2", 7), 7));
    let own = read(&client(&[slow], limit), &WATCH).attempt_timeout(seconds(8));
    // It only reads, so that the second attempt is made and answered at once.
    assert_eq!(run(own), (Ok(()), 8));
}

#[test]
fn the_total_covers_all_attempts_and_the_pauses_between() {
    let set = |builder: ClientBuilder<UserClient>| {
        builder
            .attempt_timeout(seconds(5))
            .total_timeout(seconds(12))
    };
    let calls = client(&[SILENT; 9], set);
    assert_eq!(run(read(&calls, &READ)), (late("sample/read", 12), 12));
    let calls = client(&[SILENT; 9], set);
    let own = read(&calls, &READ).timeout(seconds(3));
    assert_eq!(run(own), (late("sample/read", 3), 3));
}

#[test]
fn a_call_may_wait_longer_or_shorter_for_what_does_not_move() {
    let off = |builder: ClientBuilder<UserClient>| builder.retry(RetryPolicy::off());
    let calls = client(&[SILENT; 4], off);
    assert_eq!(run(read(&calls, &READ)), (late("sample/read", 100), 100));
    let own = read(&calls, &READ).read_timeout(seconds(3));
    assert_eq!(run(own), (late("sample/read", 3), 3));
    assert_eq!(run(read(&calls, &WATCH)), (late("sample/watch", 600), 600));
    let own = read(&calls, &WATCH).read_timeout(seconds(30));
    assert_eq!(run(own), (late("sample/watch", 30), 30));
}

#[test]
fn a_download_waits_for_each_piece_as_long_as_its_call() {
    let slow = Pace {
        content: 50,
        ..Pace::default()
    };
    let fetch = |limit: Option<u64>| {
        let calls = client(&[slow], |builder| builder);
        let call: Call<Download<()>, ()> = Call::download(calls.core(), &FETCH, ());
        timed(async {
            let call = match limit {
                Some(limit) => call.read_timeout(seconds(limit)),
                None => call,
            };
            let body = call.await.unwrap().body;
            body.bytes(100).await.map_err(|failure| failure.to_string())
        })
    };
    assert_eq!(fetch(None), (Ok("null".into()), 150));
    assert_eq!(
        fetch(Some(20)).0,
        Err("sample/fetch: no answer within 20s".to_owned())
    );
}

/// The time of tokio, for how long something took, too.
#[derive(Debug)]
struct Tokio(Instant);

impl Clock for Tokio {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }

    fn random(&self) -> u64 {
        0
    }
}

#[test]
fn the_wait_for_a_piece_begins_with_the_wait() {
    let fetch = |last: u64| {
        let pace = Pace {
            content: 15,
            last,
            ..Pace::default()
        };
        timed(async {
            let calls = client(&[pace], |builder| builder.clock(Tokio(Instant::now())));
            let call: Call<Download<()>, ()> = Call::download(calls.core(), &FETCH, ());
            let mut body = call.read_timeout(seconds(20)).await.unwrap().body;
            assert_eq!(body.chunk().await.unwrap().unwrap(), "nu");
            // What the caller does between pieces is no wait.
            sleep(seconds(2)).await;
            body.bytes(100).await.map_err(|failure| failure.to_string())
        })
    };
    // The second piece comes 15 seconds after the first; the caller is busy for 2 of them.
    assert_eq!(fetch(0), (Ok("ll".into()), 45));
    let late = Err("sample/fetch: no answer within 20s".to_owned());
    assert_eq!(fetch(NEVER), (late, 37));
}

#[test]
fn content_that_moves_slowly_does_not_stand_still() {
    let content = || UploadBody::from(vec![7; 1_000_000]);
    let slow = Pace {
        piece: 90,
        ..Pace::default()
    };
    let off = |builder: ClientBuilder<UserClient>| builder.retry(RetryPolicy::off());
    assert_eq!(run(send(&client(&[slow], off), content())), (Ok(()), 360));
    let stuck = Pace {
        piece: NEVER,
        ..Pace::default()
    };
    let (result, _) = run(send(&client(&[stuck], off), content()));
    assert_eq!(result, late("sample/send:2", 100));
}

#[test]
fn the_wait_for_the_answer_begins_when_all_content_is_sent() {
    let content = || UploadBody::from(vec![7; 1_000_000]);
    let off = |builder: ClientBuilder<UserClient>| builder.retry(RetryPolicy::off());
    let slow = Pace {
        piece: 90,
        answer: 99,
        ..Pace::default()
    };
    assert_eq!(run(send(&client(&[slow], off), content())), (Ok(()), 459));
    let silent = Pace {
        piece: 90,
        answer: NEVER,
        ..Pace::default()
    };
    let (result, _) = run(send(&client(&[silent], off), content()));
    assert_eq!(result, late("sample/send:2", 100));
}
