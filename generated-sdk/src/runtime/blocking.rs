//! Calls from code that is not asynchronous: they run on one thread of the client, which starts with the first of them
//! and ends with the client. As nothing runs on the thread of the caller, it may belong to an asynchronous runtime.

use std::io::{self, Read};
use std::sync::{OnceLock, mpsc};
use std::{fmt, thread};

use bytes::{Buf, Bytes};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::download::DownloadBody;
use super::transport::BoxFuture;

type Job = BoxFuture<'static, ()>;

/// The thread of a client, or why it could not be started.
#[derive(Default)]
pub(crate) struct Worker(OnceLock<Result<UnboundedSender<Job>, String>>);

impl Worker {
    /// Does the work on the thread of the client and waits for it.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> io::Result<T> {
        let jobs = self
            .0
            .get_or_init(|| start().map_err(|error| error.to_string()));
        let jobs = jobs
            .as_ref()
            .map_err(|reason| io::Error::other(reason.clone()))?;
        let (answer, wait) = mpsc::channel();
        // Nobody listens any more when the caller was unwound; the result is of no use then.
        let job = async move { drop(answer.send(work.await)) };
        let ended = || io::Error::other("the thread that makes blocking calls has ended");
        jobs.send(Box::pin(job)).map_err(|_| ended())?;
        wait.recv().map_err(|_| ended())
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worker")
    }
}

fn start() -> io::Result<UnboundedSender<Job>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (sender, jobs) = unbounded_channel();
    thread::Builder::new()
        .name("generated-sdk".to_owned())
        .spawn(move || runtime.block_on(serve(jobs)))?;
    Ok(sender)
}

/// Ends when the client, which holds the sender, is gone.
async fn serve(mut jobs: UnboundedReceiver<Job>) {
    while let Some(job) = jobs.recv().await {
        tokio::spawn(job);
    }
}

/// The content of a download for code that is not asynchronous, made by [`DownloadBody::into_reader`].
#[derive(Debug)]
pub struct DownloadReader {
    /// Nothing is left here when the thread of the client is gone.
    body: Option<DownloadBody>,
    piece: Bytes,
}

impl DownloadBody {
    /// Reads the content without a runtime of one's own.
    pub fn into_reader(self) -> DownloadReader {
        DownloadReader {
            body: Some(self),
            piece: Bytes::new(),
        }
    }
}

impl DownloadReader {
    fn next_piece(&mut self) -> io::Result<Bytes> {
        let Some(mut body) = self.body.take() else {
            return Ok(Bytes::new());
        };
        let core = body.core.clone();
        let (body, piece) = core.worker.run(async move {
            let piece = body.chunk().await;
            (body, piece)
        })?;
        self.body = Some(body);
        Ok(piece?.unwrap_or_default())
    }
}

impl Read for DownloadReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() {
            self.piece = self.next_piece()?;
        }
        let size = self.piece.len().min(buffer.len());
        self.piece.split_to(size).reader().read(buffer)
    }
}
