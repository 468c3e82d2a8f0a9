//! Limits of time, kept on the clock of the client.

use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use super::body::Progress;
use super::clock::Clock;

/// The work was not done in time.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Work that stays where it is: a future that took it over would have to have room for it twice.
pub(crate) type Work<'a, T> = Pin<&'a mut (dyn Future<Output = T> + Send + 'a)>;

/// Does the work, for no longer than the limit.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    mut work: Work<'_, T>,
) -> Result<T, Elapsed> {
    let Some(limit) = limit else {
        return Ok(work.await);
    };
    // Work that is done at once needs no alarm.
    let mut alarm = None;
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => {
            let alarm = match &mut alarm {
                Some(alarm) => alarm,
                None => alarm.insert(clock.sleep(limit)),
            };
            alarm.as_mut().poll(cx).map(|()| Err(Elapsed))
        }
    })
    .await
}

/// Does the work, for no longer than the limit after the last progress.
pub(crate) async fn while_moving<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    progress: &Progress,
    mut work: Work<'_, T>,
) -> Result<T, Elapsed> {
    loop {
        let before = progress.count();
        match within(clock, limit, work.as_mut()).await {
            Err(Elapsed) if progress.count() != before => continue,
            result => return result,
        }
    }
}
