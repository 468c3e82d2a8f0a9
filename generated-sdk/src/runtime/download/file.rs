//! The content of a download into a file: it goes into a temporary one beside it, which takes its name once all of it
//! is there and right. Receiving goes on while a batch is written.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{Download, DownloadBody};
use crate::runtime::content_hash::{ContentHash, ContentHasher};
use crate::runtime::error::Failure;
use crate::runtime::offload::offload;
use crate::runtime::route::Route;
use crate::runtime::transport::BoxFuture;

/// How much is received, in bytes, before it is written.
const BATCH: usize = 512 * 1024;

impl<T> Download<T> {
    /// Saves the content in a file and gives the result of the call. A file that is there is replaced.
    ///
    /// The content goes into a temporary file in the same folder, which is renamed when all bytes that were announced
    /// have come, they match the content hash in the result (for routes whose
    /// [`content_hash`](crate::Route::content_hash) says so, unless only a range was asked for), and they are on the
    /// disk. When something goes wrong, or the future is dropped, the temporary file is removed and what was at the
    /// path is left as it was.
    ///
    /// # Errors
    ///
    /// [`FailureKind::File`](crate::FailureKind::File) when the file cannot be written,
    /// [`FailureKind::Transport`](crate::FailureKind::Transport) when the content breaks off or is not what was
    /// announced, [`FailureKind::Timeout`](crate::FailureKind::Timeout) when nothing comes any more.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<T, Box<Failure>> {
        save(self.body, path.as_ref()).await?;
        Ok(self.result)
    }
}

/// Compiled once, whatever the result is.
fn save(body: DownloadBody, path: &Path) -> BoxFuture<'static, Result<(), Box<Failure>>> {
    Box::pin(write(body, path.to_owned()))
}

async fn write(mut body: DownloadBody, path: PathBuf) -> Result<(), Box<Failure>> {
    let route = body.route;
    let unwritable = |error| Failure::unwritable(route, error);
    let (announced, random) = (body.content_hash(), body.core.clock.random());
    let mut writing = offload(move || Partial::create(path, announced.is_some(), random));
    loop {
        let batch = body.batch().await;
        // It is waited for in any case, so that a partial file is gone when its error is known.
        let partial = writing.await.map_err(unwritable)?;
        let batch = batch?;
        if batch.is_empty() {
            check(route, announced, partial.hash())?;
            let written = offload(move || partial.commit()).await;
            return written.map(drop).map_err(unwritable);
        }
        writing = offload(move || partial.append(&batch));
    }
}

fn check(
    route: &'static Route,
    announced: Option<ContentHash>,
    came: Option<ContentHash>,
) -> Result<(), Box<Failure>> {
    match (announced, came) {
        (Some(announced), Some(came)) if announced != came => {
            let message = format!("the content has the hash {came} and {announced} was announced");
            Err(Failure::corrupt(route, message))
        }
        _ => Ok(()),
    }
}

impl DownloadBody {
    /// The next pieces, none at the end.
    async fn batch(&mut self) -> Result<Vec<Bytes>, Box<Failure>> {
        let (mut pieces, mut size) = (Vec::new(), 0);
        while size < BATCH
            && let Some(piece) = self.chunk().await?
        {
            size += piece.len();
            pieces.push(piece);
        }
        Ok(pieces)
    }
}

/// A file that does not have its name yet; dropping it removes it.
struct Partial {
    file: File,
    /// Nothing once it has its name.
    path: Option<PathBuf>,
    target: PathBuf,
    hasher: Option<ContentHasher>,
}

/// How many names are tried for a temporary file.
const TRIES: u64 = 16;

/// How much of the name of the target is part of the name of the temporary file, which must not get too long.
const NAME: usize = 48;

impl Partial {
    fn create(target: PathBuf, is_hashed: bool, random: u64) -> io::Result<Self> {
        let mut last = io::Error::new(io::ErrorKind::InvalidInput, "the path names no file");
        for number in 0..TRIES {
            let Some(path) = temporary(&target, random.wrapping_add(number)) else {
                break;
            };
            match File::create_new(&path) {
                Ok(file) => {
                    return Ok(Self {
                        file,
                        path: Some(path),
                        target,
                        hasher: is_hashed.then(ContentHasher::new),
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(named(&path, &error)),
            }
        }
        Err(named(&target, &last))
    }

    fn append(mut self, pieces: &[Bytes]) -> io::Result<Self> {
        for piece in pieces {
            if let Some(hasher) = &mut self.hasher {
                hasher.update(piece);
            }
            self.file
                .write_all(piece)
                .map_err(|error| named(&self.target, &error))?;
        }
        Ok(self)
    }

    /// The hash of what was written, if it matters.
    fn hash(&self) -> Option<ContentHash> {
        self.hasher.clone().map(ContentHasher::finish)
    }

    /// Gives the file its name, once its content is on the disk.
    fn commit(mut self) -> io::Result<Self> {
        let result = self.file.sync_all().and_then(|()| match &self.path {
            Some(path) => fs::rename(path, &self.target),
            None => Ok(()),
        });
        result.map_err(|error| named(&self.target, &error))?;
        self.path = None;
        Ok(self)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Nothing more can be done about a file that cannot be removed.
            let _ = fs::remove_file(path);
        }
    }
}

/// `.name.0123456789abcdef.part` in the same folder.
fn temporary(target: &Path, random: u64) -> Option<PathBuf> {
    let name = target.file_name()?.to_string_lossy();
    let end = name.char_indices().nth(NAME).map(|(end, _)| end);
    let name = end.and_then(|end| name.get(..end)).unwrap_or(&name);
    Some(target.with_file_name(OsString::from(format!(".{name}.{random:016x}.part"))))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
