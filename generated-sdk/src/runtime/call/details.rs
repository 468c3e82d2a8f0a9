//! What came with a result: a [`Detailed`] is taken out of the answer in its place.

use http::StatusCode;

use super::answer::{Answer, Output};
use crate::runtime::error::Failure;
use crate::runtime::headers;

/// A result and what the server told with it, given by [`Call::with_details`](super::Call::with_details).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Detailed<T> {
    /// The result.
    pub result: T,
    /// The id of the request, which the support of Dropbox asks for.
    pub request_id: Option<String>,
    /// The status of the answer: 200, or 206 for part of some content.
    pub status: StatusCode,
}

impl<T: Output> Output for Detailed<T> {
    fn from_answer(answer: Box<Answer>) -> Result<Self, Box<Failure>> {
        let (request_id, status) = (answer.header(&headers::REQUEST_ID), answer.status);
        let result = T::from_answer(answer)?;
        Ok(Self {
            result,
            request_id,
            status,
        })
    }
}
