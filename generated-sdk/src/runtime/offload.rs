//! Work that would hold up a thread of an asynchronous runtime: reading and writing files, hashing what is large.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;

use super::transport::BoxFuture;

/// Starts the work on a thread that may be held up; the future gives its result. Outside of a tokio runtime there is no
/// such thread, and the work is done at once.
pub(crate) fn offload<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> BoxFuture<'static, io::Result<T>> {
    let result = Arc::new(Mutex::new(None));
    let there = result.clone();
    let done = start(Box::new(move || {
        *there.lock().unwrap_or_else(PoisonError::into_inner) = Some(work());
    }));
    Box::pin(async move {
        done.await?;
        let result = result.lock().unwrap_or_else(PoisonError::into_inner).take();
        result.unwrap_or_else(|| Err(io::Error::other("the work came to nothing")))
    })
}

/// A task of the runtime is of one type here, whatever the work is: each further type would be compiled anew.
fn start(work: Box<dyn FnOnce() + Send>) -> BoxFuture<'static, io::Result<()>> {
    let Ok(runtime) = Handle::try_current() else {
        work();
        return Box::pin(std::future::ready(Ok(())));
    };
    let task = runtime.spawn_blocking(work);
    Box::pin(async move { task.await.map_err(io::Error::other) })
}
