//! Content from a file, read in pieces while it is sent. Each piece is read from its own place in the file, so that
//! attempts do not disturb each other; what has no places, such as a pipe, is read once.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::{fmt, fs};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncSeekExt;

use super::part::Part;
use super::{PIECE, UploadBody};
use crate::runtime::content_hash::{ContentHash, ContentHasher};
use crate::runtime::offload::{Offloaded, offload};
use crate::runtime::transport::{Body, BoxError};

/// Where the content of a file comes from.
#[derive(Clone)]
pub(super) enum Source {
    Path(PathBuf),
    Open(Opened),
}

impl Source {
    pub(super) fn is_replayable(&self) -> bool {
        match self {
            Source::Path(_) => true,
            Source::Open(file) => file.start.is_some(),
        }
    }

    /// An asynchronous file that has come to rest; itself, if it has not.
    pub(super) fn settled(file: tokio::fs::File) -> Result<Self, tokio::fs::File> {
        Ok(Source::Open(Opened::new(file.try_into_std()?)))
    }

    /// The content for one attempt.
    pub(super) fn open(&self, part: Part) -> Offloaded<Content> {
        let source = self.clone();
        offload(move || source.content(part))
    }

    /// The hash of the content; nothing when the content can be read only once.
    pub(super) fn content_hash(&self, part: Part) -> Offloaded<Option<ContentHash>> {
        let source = self.clone();
        offload(move || match &source {
            Source::Path(path) => hash_path(path, part),
            Source::Open(file) => file.content(part)?.hash(),
        })
    }

    fn content(&self, part: Part) -> io::Result<Content> {
        match self {
            Source::Path(path) => at_path(path, part),
            Source::Open(file) => file.content(part),
        }
    }
}

/// Lets an asynchronous file come to rest, and give back what was read ahead. One that cannot seek stays where it is.
pub(super) async fn settle(file: &mut tokio::fs::File) {
    let _ = file.seek(SeekFrom::Current(0)).await;
}

fn at_path(path: &Path, part: Part) -> io::Result<Content> {
    let content = File::open(path).and_then(|file| Opened::new(file).content(part));
    content.map_err(|error| named(path, &error))
}

/// Looks before it opens: opening a pipe may wait for whoever writes to it, and what was read of it is gone.
fn hash_path(path: &Path, part: Part) -> io::Result<Option<ContentHash>> {
    let metadata = fs::metadata(path).map_err(|error| named(path, &error))?;
    if !metadata.is_file() {
        return Ok(None);
    }
    let hash = at_path(path, part)?.hash();
    hash.map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
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
        Self::new(super::Source::File(Source::Path(path.as_ref().to_owned())))
    }
}

impl From<File> for UploadBody {
    /// The rest of an open file, from where it stands now.
    fn from(file: File) -> Self {
        Self::new(super::Source::File(Source::Open(Opened::new(file))))
    }
}

impl From<tokio::fs::File> for UploadBody {
    /// The rest of an open file, from where it stands when the call is made.
    fn from(file: tokio::fs::File) -> Self {
        Self::new(super::Source::Async(Box::new(file)))
    }
}

/// An open file.
#[derive(Clone)]
pub(super) struct Opened {
    file: Arc<Mutex<File>>,
    /// Where the content begins, in a file whose places can be visited.
    start: Option<u64>,
}

impl Opened {
    fn new(mut file: File) -> Self {
        let start = match file.metadata() {
            Ok(metadata) if metadata.is_file() => file.stream_position().ok(),
            _ => None,
        };
        Self {
            file: Arc::new(Mutex::new(file)),
            start,
        }
    }

    /// The part of the file that is to be sent. What is appended from now on stays out.
    fn content(&self, part: Part) -> io::Result<Content> {
        let file = self.file.clone();
        let Some(start) = self.start else {
            part.check_whole()?;
            return Ok(Content {
                file,
                at: None,
                left: None,
            });
        };
        let end = lock(&file).metadata()?.len();
        let range = part.of(end.saturating_sub(start))?;
        Ok(Content {
            file,
            at: Some(start.saturating_add(range.start)),
            left: Some(range.end - range.start),
        })
    }
}

fn lock(file: &Mutex<File>) -> MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads this much at this place, unless the file ends before.
fn read_at(file: &Mutex<File>, at: u64, size: usize) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(size);
    let mut file = lock(file);
    file.seek(SeekFrom::Start(at))?;
    (&*file).take(size as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

/// Reads what is there, up to this much, or waits for it.
fn read_on(file: &Mutex<File>, size: usize) -> io::Result<Vec<u8>> {
    let mut piece = vec![0; size];
    loop {
        match lock(file).read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            count => {
                piece.truncate(count?);
                return Ok(piece);
            }
        }
    }
}

/// What is still to be read of a file. Where places cannot be visited, nobody knows how much there is.
pub(super) struct Content {
    file: Arc<Mutex<File>>,
    at: Option<u64>,
    left: Option<u64>,
}

impl Content {
    /// Whether there can be another attempt.
    pub(super) fn is_replayable(&self) -> bool {
        self.at.is_some()
    }

    pub(super) fn into_body(self) -> Body {
        let length = self.left;
        Body::Stream(Box::pin(Pieces::new(self)), length)
    }

    /// The next piece, empty at the end. When the file was cut off meanwhile it comes early, which whoever announced
    /// the length notices.
    fn read(&mut self) -> io::Result<Bytes> {
        let left = self.left.and_then(|left| usize::try_from(left).ok());
        let size = left.unwrap_or(PIECE).min(PIECE);
        let piece = match self.at {
            Some(at) => read_at(&self.file, at, size)?,
            None => read_on(&self.file, size)?,
        };
        let count = piece.len() as u64;
        self.at = self.at.map(|at| at.saturating_add(count));
        self.left = self.left.map(|left| left.saturating_sub(count));
        Ok(piece.into())
    }

    fn hash(mut self) -> io::Result<Option<ContentHash>> {
        if self.at.is_none() {
            return Ok(None);
        }
        let mut hasher = ContentHasher::new();
        loop {
            match self.read()? {
                piece if piece.is_empty() => return Ok(Some(hasher.finish())),
                piece => hasher.update(&piece),
            }
        }
    }
}

/// The content piece by piece, read on another thread while the piece before is sent.
struct Pieces {
    /// Nothing at the end.
    reading: Option<Offloaded<(Bytes, Content)>>,
}

impl Pieces {
    fn new(content: Content) -> Self {
        Self {
            reading: Some(Self::read(content)),
        }
    }

    fn read(mut content: Content) -> Offloaded<(Bytes, Content)> {
        offload(move || Ok((content.read()?, content)))
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reading) = &mut self.reading else {
            return Poll::Ready(None);
        };
        let read = ready!(Pin::new(reading).poll(cx));
        self.reading = None;
        Poll::Ready(match read {
            Ok((piece, _)) if piece.is_empty() => None,
            Ok((piece, rest)) => {
                self.reading = Some(Self::read(rest));
                Some(Ok(piece))
            }
            Err(error) => Some(Err(error.into())),
        })
    }
}
