//! What the server remembers, asked without HTTP. Every answer is held against the route's types.

mod bench;
mod events;
mod files;
mod links;
mod listing;
mod random;
mod sessions;
mod team;
