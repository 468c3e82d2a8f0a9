//! Limits of time, kept on the clock of the client.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::body::Progress;
use super::clock::Clock;

/// The work was not done in time.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Does the work, for no longer than the limit.
pub(crate) async fn within<F: Future>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    work: F,
) -> Result<F::Output, Elapsed> {
    let Some(limit) = limit else {
        return Ok(work.await);
    };
    let mut work = pin!(work);
    let mut alarm = clock.sleep(limit);
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => alarm.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}

/// Does the work, for no longer than the limit after the last progress.
pub(crate) async fn while_moving<F: Future>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    progress: &Progress,
    work: F,
) -> Result<F::Output, Elapsed> {
    let mut work = pin!(work);
    loop {
        let before = progress.count();
        match within(clock, limit, work.as_mut()).await {
            Err(Elapsed) if progress.count() != before => continue,
            result => return result,
        }
    }
}
