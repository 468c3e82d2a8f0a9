//! The content of a download for what reads from readers of tokio.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::{AsyncRead, ReadBuf};

use super::DownloadBody;

/// The content of a download as a reader, made by [`DownloadBody::into_async_read`]. An early end is an error; the
/// [`Failure`](crate::Failure) is within the [`io::Error`].
#[derive(Debug)]
pub struct AsyncDownloadReader {
    body: DownloadBody,
    piece: Bytes,
}

impl DownloadBody {
    /// Lets the content be read like a file, such as by `tokio::io::copy`.
    pub fn into_async_read(self) -> AsyncDownloadReader {
        AsyncDownloadReader {
            body: self,
            piece: Bytes::new(),
        }
    }
}

impl AsyncRead for AsyncDownloadReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.piece.is_empty() {
            match ready!(self.body.poll_piece(cx)).transpose()? {
                Some(piece) => self.piece = piece,
                None => return Poll::Ready(Ok(())),
            }
        }
        let size = self.piece.len().min(buffer.remaining());
        buffer.put_slice(&self.piece.split_to(size));
        Poll::Ready(Ok(()))
    }
}
