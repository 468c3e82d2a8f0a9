//! Emits Rust from the IR.
