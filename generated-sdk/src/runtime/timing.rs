//! Limits of time, kept on the clock of the client.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::body::Progress;
use super::clock::Clock;
use super::transport::BoxFuture;

/// The work was not done in time.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Work that stays where it is: a future that took it over would have to have room for it twice.
pub(crate) type Work<'a, T> = Pin<&'a mut (dyn Future<Output = T> + Send + 'a)>;

/// Does the work, for no longer than the limit.
pub(crate) fn within<'a, T>(
    clock: &'a dyn Clock,
    limit: Option<Duration>,
    mut work: Work<'a, T>,
) -> impl Future<Output = Result<T, Elapsed>> {
    let mut alarm = Alarm {
        clock,
        limit,
        ring: None,
    };
    std::future::poll_fn(move |cx| match work.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => alarm.poll(cx).map(Err),
    })
}

/// Rings when the limit is over. Work that is done at once needs no alarm, so that it is set when it is first asked.
struct Alarm<'a> {
    clock: &'a dyn Clock,
    limit: Option<Duration>,
    ring: Option<BoxFuture<'static, ()>>,
}

impl Alarm<'_> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Elapsed> {
        let Some(limit) = self.limit else {
            return Poll::Pending;
        };
        let ring = match &mut self.ring {
            Some(ring) => ring,
            None => self.ring.insert(self.clock.sleep(limit)),
        };
        ring.as_mut().poll(cx).map(|()| Elapsed)
    }
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
