//! The official Python SDK and ours make the same calls against the mock server: what they ask for must be the same.
//!
//! The variable `OFFICIAL_SDK_PYTHON` names a Python that has the package `dropbox`; `.ci/official-sdk` sets one up.
//! Without it there is nothing to compare with, and the tests say so.

mod ask;
mod difference;
mod routes;
mod scenario;
