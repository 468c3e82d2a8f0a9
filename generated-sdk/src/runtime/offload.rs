//! Work that would hold up a thread of an asynchronous runtime: reading and writing files, hashing what is large.

use std::any::Any;
use std::io;

use tokio::runtime::Handle;

use super::transport::BoxFuture;

/// What a piece of work gives, of one type whatever it is: tokio's code for tasks would be compiled again for each.
type Product = Box<dyn Any + Send>;

/// Starts the work on a thread that may be held up; the future gives its result. Outside of a tokio runtime there is no
/// such thread, and the work is done at once.
pub(crate) fn offload<T: Send + 'static>(
    work: Box<dyn FnOnce() -> io::Result<T> + Send>,
) -> BoxFuture<'static, io::Result<T>> {
    let done = start(Box::new(move || Ok(Box::new(work()?))));
    Box::pin(async move {
        match done.await?.downcast() {
            Ok(product) => Ok(*product),
            Err(_) => Err(io::Error::other("the work came to something else")),
        }
    })
}

fn start(
    work: Box<dyn FnOnce() -> io::Result<Product> + Send>,
) -> BoxFuture<'static, io::Result<Product>> {
    let Ok(runtime) = Handle::try_current() else {
        return Box::pin(std::future::ready(work()));
    };
    let task = runtime.spawn_blocking(work);
    Box::pin(async move { task.await.map_err(io::Error::other)? })
}
