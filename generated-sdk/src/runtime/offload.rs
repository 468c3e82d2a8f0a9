//! Work that would hold up a thread of an asynchronous runtime: reading and writing files, hashing what is large.

use std::any::Any;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;

use super::transport::BoxFuture;

/// What a piece of work gives, of one type whatever it is: tokio's code for tasks would be compiled again for each.
type Product = Box<dyn Any + Send>;

/// Starts the work on a thread that may be held up; the future gives its result. Outside of a tokio runtime there is no
/// such thread, and the work is done at once.
pub(crate) fn offload<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Offloaded<T> {
    Offloaded {
        product: start(Box::new(move || Ok(Box::new(work()?)))),
        of: PhantomData,
    }
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

/// Work that is done elsewhere.
pub(crate) struct Offloaded<T> {
    product: BoxFuture<'static, io::Result<Product>>,
    of: PhantomData<fn() -> T>,
}

impl<T: 'static> Future for Offloaded<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        match ready!(self.product.as_mut().poll(cx))?.downcast() {
            Ok(product) => Poll::Ready(Ok(*product)),
            Err(_) => Poll::Ready(Err(io::Error::other("the work came to something else"))),
        }
    }
}
