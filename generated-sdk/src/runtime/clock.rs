//! Time and chance. Both come from outside, so that tests wait for nothing and always see the same: limits, pauses
//! and expiry are kept on the [`Clock`] of the client.

#[cfg(feature = "transport-reqwest")]
mod system;

use std::fmt;
use std::time::{Duration, SystemTime};

use super::transport::BoxFuture;

#[cfg(feature = "transport-reqwest")]
pub use self::system::SystemClock;

/// Where a client takes time and random numbers from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// What time it is, for the expiry of tokens and for servers that name a date.
    fn now(&self) -> SystemTime;

    /// How much time has passed since some moment of the past. It measures how long something took, so that it should
    /// never go back.
    fn elapsed(&self) -> Duration {
        let since = self.now().duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap_or_default()
    }

    /// Waits. Limits of time and pauses are built on this.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Any number, so that clients that failed together do not come back together. It guards no secret.
    fn random(&self) -> u64;
}
