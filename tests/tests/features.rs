//! `docs/features.md` names items and tests that exist.

use std::fs;
use std::path::Path;

use tests::snapshots;

/// One row of the table, without its marks.
struct Row {
    number: u32,
    item: String,
    proofs: Vec<String>,
}

fn rows() -> Vec<Row> {
    let path = snapshots::root().join("docs/features.md");
    let text = fs::read_to_string(path).expect("docs/features.md");
    text.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let number = cells.get(1)?.parse().ok()?;
    assert_eq!(cells.len(), 10, "{line}");
    let marks = ["●", "◐", "○", "–"];
    assert!(
        cells[3..7].iter().all(|cell| marks.contains(cell)),
        "{line}"
    );
    let names = |cell: &str| {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let item: Vec<String> = names(cells[7]);
    Some(Row {
        number,
        item: item.into_iter().next().expect("an item"),
        proofs: names(cells[8]),
    })
}

/// All sources below a folder that were written by hand, in one text.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("generated") {
            sources(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}

/// Whether a line declares a public item, method or field of this name, or hands the name to a macro that does.
fn declares(line: &str, name: &str) -> bool {
    let line = line.trim();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let kinds = ["fn", "async fn", "struct", "enum", "trait", "type"];
    let is_item = kinds.iter().any(|kind| {
        let rest = line.strip_prefix(&format!("pub {kind} {name}"));
        rest.is_some_and(ends)
    });
    let is_field = line.starts_with(&format!("pub {name}:"));
    let is_made = line == name || line.starts_with(&format!("{name}, Auth::"));
    is_item || is_field || is_made
}

#[test]
fn every_feature_names_an_item_and_tests_that_exist() {
    let root = snapshots::root();
    let mut runtime = String::new();
    sources(&root.join("generated-sdk/src"), &mut runtime);
    for Row {
        number,
        item,
        proofs,
    } in rows()
    {
        for name in item
            .split("::")
            .filter(|name| name.starts_with(char::is_uppercase))
        {
            let known = runtime.lines().any(|line| declares(line, name));
            assert!(known, "{number}: there is no {item}");
        }
        let last = item.rsplit("::").next().expect("a name");
        let known = runtime.lines().any(|line| declares(line, last));
        assert!(known, "{number}: there is no {item}");
        assert!(!proofs.is_empty(), "{number} is not shown by anything");
        for proof in proofs {
            check(&root, number, &proof);
        }
    }
}

/// A proof is a test function, or a document with examples that must not compile.
fn check(root: &Path, number: u32, proof: &str) {
    let (file, what) = match proof.split_once("::") {
        Some((file, test)) => (file, format!("fn {test}()")),
        None => (proof, "```compile_fail".to_owned()),
    };
    let text = fs::read_to_string(root.join(file));
    let text = text.unwrap_or_else(|error| panic!("{number}: {file}: {error}"));
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(&what));
    let at = at.unwrap_or_else(|| panic!("{number}: there is no {proof}"));
    let is_test = |line: &str| line.starts_with("#[test]") || line.starts_with("#[tokio::test");
    let marked = lines[at.saturating_sub(2)..at]
        .iter()
        .map(|line| line.trim())
        .any(is_test);
    assert!(
        marked || what.starts_with('`'),
        "{number}: {proof} is no test"
    );
}

#[test]
fn every_row_is_there_once() {
    let numbers: Vec<u32> = rows().iter().map(|row| row.number).collect();
    let wanted = (1..=49).chain([57, 58]).chain(65..=87);
    assert_eq!(numbers, wanted.collect::<Vec<_>>());
}
