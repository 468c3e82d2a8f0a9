//! The client over loopback HTTP, against the recording server: what is sent, byte by byte, and what is made of answers.

mod answers;
mod bodies;
mod clock;
mod content_hash;
mod errors;
mod files;
mod headers;
mod hooks;
mod limits;
mod oauth;
mod proxies;
mod raw;
mod refresh;
mod retries;
mod roots;
mod secrets;
mod styles;
mod tls;
mod trouble;
mod validation;
