//! Parser, resolver and diagnostics for Stone, Dropbox's interface definition language.
//!
//! In: the text of `.stone` files in a [`source::SourceMap`]. Out: an [`ir::Api`] and all diagnostics.
//! The stages are the modules, in this order: [`source`], `layout`, `grammar`, `parse`, [`ast`], `lower`, [`ir`].
//! Nothing here opens a file, and nothing stops at the first mistake.

#![deny(missing_docs)]

pub mod ast;
pub mod diagnostic;
mod grammar;
pub mod ir;
mod layout;
mod lower;
mod parse;
pub mod source;

pub use parse::parse;
