//! All mistakes in one run: `tests/fixtures/many_mistakes` has independent ones of all phases in several files, and
//! `expected.txt` lists them by file and position, each once and without what follows from it.
//!
//! With `UPDATE_EXPECTED=1` in the environment the list is written instead of compared.

mod common;

use std::path::Path;

use stone_parser::compile;

#[test]
fn every_mistake_is_reported_once_and_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/many_mistakes");
    let sources = common::sources(&folder);
    let mut found = String::new();
    for d in compile(&sources).diagnostics {
        let file = &sources[d.primary.span.file];
        let at = file.position(d.primary.span.start as usize);
        let (code, message) = (d.code.as_str(), d.message);
        found += &format!(
            "{}:{}:{}: {code} {message}\n",
            file.path, at.line, at.column
        );
    }
    let expected = folder.join("expected.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&expected, &found).expect("the folder is writable");
    }
    assert_eq!(found, common::read(&expected));
}
