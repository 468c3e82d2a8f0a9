//! A loopback server that takes any content and answers with the metadata of a file, or with content of a fixed size.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use futures::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::Outcome;

/// A file that comes down, the letter x so many times. What goes up is only as large.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// Its size.
    pub size: u64,
    /// Its metadata, with the hash of what is sent of it.
    pub metadata: &'static str,
}

macro_rules! content {
    ($size:literal, $hash:literal) => {
        Content {
            size: $size,
            metadata: concat!(
                r#"{".tag":"file","name":"plan.bin","id":"id:a4ayc_80_OEAAAAAAAAAXw","client_modified":"2026-05-12T15:50:38Z","server_modified":"2026-05-12T15:50:38Z","rev":"a1c10ce0dd78","size":"#,
                $size,
                r#","path_lower":"/projects/plan.bin","path_display":"/projects/plan.bin","is_downloadable":true,"content_hash":""#,
                $hash,
                r#""}"#
            ),
        }
    };
}

/// 256 MiB.
pub const LARGE: Content = content!(
    268435456,
    "d312aa2f97df3c736b0ac62b873acff45abca53cd61f7cdfcdbb733544c3dc80"
);

/// 64 MiB, for transfers of which there are many.
pub const SHORT: Content = content!(
    67108864,
    "eeb74eca5d3c1b0e2db8c8232a4f144cea7a01d843f6b682847c4cf1f6d2af64"
);

static PIECE: [u8; 64 << 10] = [b'x'; 64 << 10];

/// Starts the server on a thread of its own and returns its address.
pub fn start(content: Content) -> Outcome<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(move || runtime.block_on(accept(listener, content)));
    Ok(address)
}

async fn accept(listener: std::net::TcpListener, content: Content) -> std::io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(
            TokioIo::new(stream),
            service_fn(move |request| answer(request, content)),
        );
        // A client that goes away is no failure of the server.
        tokio::spawn(async { drop(connection.await) });
    }
}

async fn answer(
    request: Request<Incoming>,
    content: Content,
) -> hyper::Result<Response<BoxBody<Bytes, Infallible>>> {
    let download = request.uri().path().ends_with("/download");
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        frame?;
    }
    let response = Response::builder();
    let response = if download {
        let pieces = content.size / PIECE.len() as u64;
        let frames = (0..pieces).map(|_| Ok(Frame::data(Bytes::from_static(&PIECE))));
        response
            .header("dropbox-api-result", content.metadata)
            .header(CONTENT_LENGTH, content.size)
            .body(StreamBody::new(stream::iter(frames)).boxed())
    } else {
        response
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(content.metadata).boxed())
    };
    Ok(response.expect("the headers are right"))
}
