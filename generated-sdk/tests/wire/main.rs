//! The codec through its public surface, on hand-written types in the shape that the emitter writes.

use generated_sdk::runtime;

mod shop;
mod vectors;
