//! Ports and the connections that come in on them.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::connection::{Line, Switch};
use crate::service::{Place, Shared};

/// What connections are secured with.
#[cfg(feature = "tls")]
pub(crate) type Secure = crate::tls::Tls;
/// There is nothing to secure them with.
#[cfg(not(feature = "tls"))]
#[derive(Clone)]
pub(crate) enum Secure {}

/// The certificate that vouches for the server's.
pub(crate) fn ca_pem(secure: &Secure) -> String {
    #[cfg(feature = "tls")]
    return secure.ca_pem.clone();
    #[cfg(not(feature = "tls"))]
    match *secure {}
}

/// A port that is listened on.
pub(crate) struct Port {
    pub host: Option<String>,
    pub address: SocketAddr,
    listener: TcpListener,
}

impl Port {
    pub fn listen(host: Option<String>, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self {
            host,
            listener,
            address,
        })
    }
}

/// An address as URLs name it.
pub(crate) fn named(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}

/// Takes connections on a port for ever.
pub(crate) async fn accept(
    shared: Arc<Shared>,
    port: Port,
    secure: Option<Secure>,
    connections: Arc<AtomicU64>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(port.listener) else {
        return;
    };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of files, most likely; others are about to close some.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let place = Place {
            host: port.host.clone(),
            connection: connections.fetch_add(1, Ordering::Relaxed) + 1,
            switch: Arc::new(Switch::default()),
        };
        tokio::spawn(connect(shared.clone(), place, stream, secure.clone()));
    }
}

/// Serves a connection until it ends. What a client breaks off is its own affair.
async fn connect(shared: Arc<Shared>, place: Place, stream: TcpStream, secure: Option<Secure>) {
    let line = Line::new(stream, place.switch.clone());
    match secure {
        None => talk(shared, place, line).await,
        #[cfg(feature = "tls")]
        Some(tls) => {
            if let Ok(stream) = tls.acceptor.accept(line).await {
                talk(shared, place, stream).await;
            }
        }
        #[cfg(not(feature = "tls"))]
        Some(never) => match never {},
    }
}

async fn talk<S>(shared: Arc<Shared>, place: Place, stream: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| {
        let (shared, place) = (shared.clone(), place.clone());
        async move { shared.serve(&place, request).await }
    });
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().max_buf_size(1 << 20);
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}
