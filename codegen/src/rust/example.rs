//! Examples in doc comments.
//!
//! In: the computed value of an example. Out: lines of indented JSON.

use stone_parser::ir::Json;

/// Indented JSON, short lists and objects on one line.
pub fn pretty(value: &Json) -> Vec<String> {
    let mut lines = vec![String::new()];
    write(value, 0, &mut lines);
    lines
}
