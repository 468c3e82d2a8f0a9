//! Content from an asynchronous reader, read in pieces while it is sent.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::{PIECE, Source, UploadBody};
use crate::runtime::transport::BoxError;

impl UploadBody {
    /// What a reader gives until it ends. With a length in bytes the server knows what to expect, and the upload fails
    /// when another number of bytes comes. A reader is read only once, so that the call cannot be repeated.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        let stream = Reader {
            reader: Box::pin(reader),
            buffer: BytesMut::new(),
        };
        Self::new(Source::Stream(Box::pin(stream), length))
    }
}

struct Reader {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: BytesMut,
}

impl Stream for Reader {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        this.buffer.resize(PIECE, 0);
        let mut window = ReadBuf::new(&mut this.buffer);
        if let Err(error) = ready!(this.reader.as_mut().poll_read(cx, &mut window)) {
            return Poll::Ready(Some(Err(error.into())));
        }
        let filled = window.filled().len();
        Poll::Ready((filled > 0).then(|| Ok(this.buffer.split_to(filled).freeze())))
    }
}
