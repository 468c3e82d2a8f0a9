//! What must be true of every text and of every valid spec, tried on damaged ones and on generated ones.

mod corpus;
mod generated;
mod model;
mod mutants;
mod mutate;
mod targets;
mod write;
