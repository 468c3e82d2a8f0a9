//! The client over loopback HTTP, against the recording server: what is sent, byte by byte, and what is made of answers.

mod answers;
mod bodies;
mod clock;
mod errors;
mod headers;
mod hooks;
mod oauth;
mod proxies;
mod raw;
mod refresh;
mod retries;
mod roots;
mod secrets;
mod styles;
mod trouble;
