//! The examples in the explanations of codes.

use stone_parser::diagnostic::Code;

/// An example: its files by name.
pub type Example = Vec<(String, String)>;

/// Codes whose mistakes no short text can show, with the tests that provoke them: bytes that are no text
/// (`xtask/tests/cli.rs`), and a struct of 129 fields (`tests/fixtures/emit/refused`).
pub const SHOWN_ELSEWHERE: [Code; 3] = [Code::NotUtf8, Code::TooManyFields, Code::ErrorPaths];

/// The fenced blocks of an explanation whose info string is `info`.
pub fn examples(code: Code, info: &str) -> Vec<Example> {
    let fence = format!("```{info}\n");
    let blocks = code.explanation().split(&fence).skip(1);
    blocks
        .map(|rest| files(rest.split("```").next().unwrap_or_default()))
        .collect()
}

/// The files of a block; one without names is a file `example.stone`.
fn files(block: &str) -> Example {
    let mut files: Example = Vec::new();
    for line in block.lines() {
        match line.strip_prefix("# file: ") {
            Some(name) => files.push((name.to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("example.stone".to_owned(), String::new()));
                }
                let (_, text) = files.last_mut().expect("a file was just added");
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    files
}
