//! Content from a file, read in pieces while it is sent. A path can be opened again, an open file is read once.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncSeekExt, ReadBuf};

use super::{PIECE, UploadBody};
use crate::runtime::transport::{Body, BoxError};

/// Where the content of a file comes from.
pub(super) enum Source {
    Path(PathBuf),
    Open(Box<File>),
}

impl Source {
    pub(super) fn is_replayable(&self) -> bool {
        matches!(self, Source::Path(_))
    }

    /// The content of the file from where it stands, and the source for the next attempt if there can be one.
    pub(super) async fn open(self) -> io::Result<(Body, Option<Self>)> {
        match self {
            Source::Path(path) => {
                let body = match File::open(&path).await {
                    Ok(file) => read(file).await,
                    Err(error) => Err(error),
                };
                let body = body.map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                })?;
                Ok((body, Some(Source::Path(path))))
            }
            Source::Open(file) => Ok((read(*file).await?, None)),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Path(path) => write!(f, "file {}", path.display()),
            Source::Open(_) => f.write_str("open file"),
        }
    }
}

impl UploadBody {
    /// The content of the file at this path, opened when the call is made and again when it is repeated.
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        Self(super::Source::File(Source::Path(path.as_ref().to_owned())))
    }
}

impl From<File> for UploadBody {
    /// The rest of an open file. It is read only once; [`UploadBody::from_path`] can be repeated.
    fn from(file: File) -> Self {
        Self(super::Source::File(Source::Open(Box::new(file))))
    }
}

impl From<std::fs::File> for UploadBody {
    /// The rest of an open file. It is read only once; [`UploadBody::from_path`] can be repeated.
    fn from(file: std::fs::File) -> Self {
        File::from_std(file).into()
    }
}

/// The rest of the file as a body of known length. What is appended while it is sent stays out.
async fn read(mut file: File) -> io::Result<Body> {
    let position = file.stream_position().await?;
    let remaining = file.metadata().await?.len().saturating_sub(position);
    file.set_max_buf_size(PIECE);
    let stream = Reader {
        file,
        buffer: BytesMut::new(),
        remaining,
    };
    Ok(Body::Stream(Box::pin(stream), Some(remaining)))
}

struct Reader {
    file: File,
    buffer: BytesMut,
    remaining: u64,
}

impl Stream for Reader {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let size = usize::try_from(this.remaining).unwrap_or(PIECE).min(PIECE);
        if size == 0 {
            return Poll::Ready(None);
        }
        this.buffer.resize(size, 0);
        let mut window = ReadBuf::new(&mut this.buffer);
        if let Err(error) = ready!(Pin::new(&mut this.file).poll_read(cx, &mut window)) {
            return Poll::Ready(Some(Err(error.into())));
        }
        let filled = window.filled().len();
        if filled == 0 {
            // The file was cut off meanwhile, which whoever announced its length will notice.
            return Poll::Ready(None);
        }
        this.remaining -= filled as u64;
        Poll::Ready(Some(Ok(this.buffer.split_to(filled).freeze())))
    }
}
