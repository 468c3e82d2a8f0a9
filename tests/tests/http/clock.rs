//! Limits of time without waiting: a clock that a test controls.

use std::future::{pending, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use futures_core::Stream;
use generated_sdk::runtime::clock::Clock;
use generated_sdk::runtime::transport::{
    Body, BoxFuture, Request, Response, ResponseBody, Transport, TransportError,
};
use generated_sdk::runtime::{Client, Route};
use generated_sdk::{AccessToken, Call, FailureKind, RetryPolicy, UploadBody, UserClient};
use tests::sample::{READ, SEND, WATCH, wait};

/// Answers everything with `null`, once it has read the content.
#[derive(Debug, Clone, Default)]
struct Fake {
    /// The limits that were set, in their order.
    alarms: Arc<Mutex<Vec<Duration>>>,
    /// Whether time passes at once, so that everything that waits is late.
    hasty: bool,
}

impl Transport for Fake {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            if let Body::Stream(mut stream, _) = request.body {
                while std::future::poll_fn(|cx| stream.as_mut().poll_next(cx))
                    .await
                    .is_some()
                {
                    Breath::default().await;
                }
            }
            if request.url.ends_with("/read") && self.hasty {
                pending::<()>().await;
            }
            // Nothing is timed that is there at once.
            if !self.hasty {
                Breath::default().await;
            }
            let body = ResponseBody::from_bytes("null");
            Ok(Response {
                status: 200.try_into().unwrap(),
                headers: Default::default(),
                body,
            })
        })
    }
}

impl Clock for Fake {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn random(&self) -> u64 {
        0
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.alarms.lock().unwrap().push(duration);
        if self.hasty {
            Box::pin(ready(()))
        } else {
            Box::pin(pending())
        }
    }
}

/// Is not ready the first time.
#[derive(Default)]
struct Breath(bool);

impl Future for Breath {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn client(transport: &Fake) -> UserClient {
    let builder = UserClient::builder().credential(AccessToken::new("t"));
    builder
        .transport(transport.clone())
        .clock(transport.clone())
        .retry(RetryPolicy::off())
        .build()
        .unwrap()
}

fn read(client: &Client, route: &'static Route) -> Call<(), ()> {
    Call::rpc(client, route, ())
}

#[test]
fn routes_that_wait_have_more_time() {
    let transport = Fake::default();
    let client = client(&transport);
    wait(async {
        read(client.core(), &READ).await.unwrap();
        read(client.core(), &WATCH).await.unwrap();
        read(client.core(), &READ)
            .timeout(Duration::from_secs(7))
            .await
            .unwrap();
    });
    let alarms: Vec<u64> = transport
        .alarms
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(alarms, [100, 600, 100, 7]);
}

#[test]
fn without_limits_nothing_is_timed() {
    let transport = Fake {
        hasty: true,
        ..Fake::default()
    };
    let builder = UserClient::builder()
        .credential(AccessToken::new("t"))
        .read_timeout(None);
    let client = builder
        .transport(transport.clone())
        .clock(transport.clone())
        .retry(RetryPolicy::off())
        .build()
        .unwrap();
    wait(async { read(client.core(), &WATCH).await }).unwrap();
    assert!(transport.alarms.lock().unwrap().is_empty());
}

#[test]
fn an_upload_that_moves_is_not_late() {
    let transport = Fake {
        hasty: true,
        ..Fake::default()
    };
    let client = client(&transport);
    let bodies: [UploadBody; 2] = [
        vec![7; 1_000_000].into(),
        UploadBody::from_stream(Slow(9), None),
    ];
    for body in bodies {
        let call: Call<(), ()> = Call::upload(client.core(), &SEND, (), body);
        wait(async { call.await }).unwrap();
    }
}

#[test]
fn a_call_that_does_not_move_is_late() {
    let transport = Fake {
        hasty: true,
        ..Fake::default()
    };
    let client = client(&transport);
    let error = wait(async { read(client.core(), &READ).await }).unwrap_err();
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Timeout);
    assert_eq!(error.to_string(), "sample/read: no answer within 100s");
    assert!(error.is_retryable());
}

/// As many pieces as the number says.
struct Slow(u8);

impl Stream for Slow {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.0.checked_sub(1) else {
            return Poll::Ready(None);
        };
        self.0 = left;
        Poll::Ready(Some(Ok(vec![left; 3])))
    }
}
