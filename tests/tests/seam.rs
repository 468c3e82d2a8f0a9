//! The seam between the SDK and an HTTP stack: hyper in place of reqwest, and the program is none the wiser.

use bytes::Bytes;
use futures_core::Stream;
use generated_sdk::runtime::transport::{
    Body, BoxError, BoxFuture, ByteStream, Request, Response, ResponseBody, Transport,
    TransportError, TransportErrorKind,
};
use generated_sdk::{AccessToken, BaseUrls, Call, Download, FailureKind, UploadBody, UserClient};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyDataStream, BodyExt, Empty, Full, StreamBody};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tests::sample::{FETCH, Note, NoteError, READ, SEND};
use tests::server::{Reply, Server};

type HyperBody = UnsyncBoxBody<Bytes, BoxError>;

/// hyper, without TLS.
#[derive(Debug)]
struct Hyper(Client<HttpConnector, HyperBody>);

impl Hyper {
    fn new() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }
}

impl Transport for Hyper {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let mut message = http::Request::new(body(request.body));
            *message.method_mut() = request.method;
            *message.uri_mut() = request.url.parse().map_err(|error| failed(false, error))?;
            *message.headers_mut() = request.headers;
            let answer = self.0.request(message).await;
            let answer = answer.map_err(|error| failed(!error.is_connect(), error))?;
            let (head, body) = answer.into_parts();
            let body = BodyDataStream::new(body.map_err(BoxError::from));
            Ok(Response {
                status: head.status,
                headers: head.headers,
                body: ResponseBody::from_stream(body),
            })
        })
    }
}

fn failed(is_connected: bool, error: impl Into<BoxError>) -> TransportError {
    let kind = match is_connected {
        true => TransportErrorKind::Interrupted,
        false => TransportErrorKind::Connect,
    };
    TransportError::new(kind, error)
}

fn body(body: Body) -> HyperBody {
    match body {
        Body::Empty => Empty::new().map_err(|never| match never {}).boxed_unsync(),
        Body::Bytes(bytes) => Full::new(bytes)
            .map_err(|never| match never {})
            .boxed_unsync(),
        Body::Stream(stream, _) => StreamBody::new(Frames(stream)).boxed_unsync(),
    }
}

/// Pieces of content as frames of HTTP.
struct Frames(ByteStream);

impl Stream for Frames {
    type Item = Result<http_body::Frame<Bytes>, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let piece = std::task::ready!(self.0.as_mut().poll_next(cx));
        std::task::Poll::Ready(piece.map(|bytes| bytes.map(http_body::Frame::data)))
    }
}

fn client(server: &Server) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new("t"))
        .base_urls(BaseUrls::single(server.url()))
        .transport(Hyper::new())
        .build()
        .unwrap()
}

async fn program(server: &Server) {
    let client = client(server);
    let read: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    assert_eq!(read.await.unwrap().size, 1);
    let pieces = futures_util::stream::iter([Ok::<_, String>("con"), Ok("tent")]);
    let upload = UploadBody::from_stream(pieces, None);
    let sent: Call<Note, NoteError> = Call::upload(client.core(), &SEND, Note::new("/a"), upload);
    assert_eq!(sent.await.unwrap().path, "/a");
    let got: Call<Download<Note>, NoteError> =
        Call::download(client.core(), &FETCH, Note::new("/a"));
    let content = got.await.unwrap().body.bytes(100).await.unwrap();
    assert_eq!(&*content, b"content");
    let refused: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/b"));
    assert!(refused.await.unwrap_err().is_not_found());
}

fn server() -> Server {
    let note = r#"{"path":"/a","size":1}"#;
    Server::with(move |request| match request.path.as_str() {
        "/2/sample/fetch" => Reply::with(200, &[("Dropbox-API-Result", note)], "content"),
        "/2/sample/read" if request.text().contains("/b") => {
            Reply::json(409, r#"{"error":{".tag":"not_found"}}"#)
        }
        _ => Reply::json(200, note),
    })
}

#[tokio::test]
async fn a_program_runs_on_another_http_stack() {
    let server = server();
    program(&server).await;
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!((requests[1].text(), requests[1].chunked), ("content", true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_runs_on_another_http_stack_and_many_threads() {
    program(&server()).await;
}

#[tokio::test]
async fn errors_of_another_http_stack_are_told_apart() {
    let server = Server::start([Reply::close()]);
    let read = |client: &UserClient| -> Call<Note, NoteError> {
        let call = Call::rpc(client.core(), &READ, Note::new("/a"));
        call.retry(generated_sdk::RetryPolicy::off())
    };
    let client = client(&server);
    let broken = read(&client).await.unwrap_err();
    assert_eq!(broken.to_string(), "sample/read: the connection broke off");
    drop(server);
    let absent = read(&client).await.unwrap_err();
    assert_eq!(absent.failure().unwrap().kind(), FailureKind::Transport);
    assert_eq!(
        absent.to_string(),
        "sample/read: no connection to the server"
    );
}
