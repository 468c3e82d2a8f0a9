//! Ten times a spec: every namespace once more under nine other names.

use std::collections::BTreeMap;

const COPIES: usize = 10;

/// Files by name. A file without one of the namespaces, such as the one with the schema of routes, stays alone.
pub fn copies<'a>(
    namespaces: &[&str],
    files: impl Iterator<Item = (&'a str, &'a str)>,
) -> BTreeMap<String, String> {
    let mut copies = BTreeMap::new();
    for (name, text) in files {
        copies.insert(name.to_owned(), text.to_owned());
        if !declares(namespaces, text) {
            continue;
        }
        let stem = name.strip_suffix(".stone").unwrap_or(name);
        for number in 2..=COPIES {
            copies.insert(
                format!("{stem}_{number}.stone"),
                renamed(namespaces, text, number),
            );
        }
    }
    copies
}

fn declares(namespaces: &[&str], text: &str) -> bool {
    let names = |line: &str| {
        line.strip_prefix("namespace ")
            .is_some_and(|name| namespaces.contains(&name.trim()))
    };
    text.lines().any(names)
}

/// The text with a number after each namespace's name: after `namespace` and `import`, and before a dot.
fn renamed(namespaces: &[&str], text: &str, number: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let (mut rest, mut before) = (text, "");
    while let Some(start) = rest.find(is_word) {
        let (between, tail) = rest.split_at(start);
        let (word, tail) = tail.split_at(tail.find(|c| !is_word(c)).unwrap_or(tail.len()));
        out.push_str(between);
        out.push_str(word);
        let named = between == " " && ["namespace", "import"].contains(&before);
        if (named || tail.starts_with('.')) && namespaces.contains(&word) {
            out.push_str(&format!("_{number}"));
        }
        (rest, before) = (tail, word);
    }
    out + rest
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_renamed_where_they_name_a_namespace() {
        let text = "namespace files\n\nimport users\n\nstruct A\n    \"See :type:`users.B`, all files\"\n    b users.B\n    users String\n";
        let config = "namespace stone_cfg\n\nstruct Route\n";
        let files = [("files.stone", text), ("stone_cfg.stone", config)];
        let copies = copies(&["files", "users"], files.into_iter());
        assert_eq!(copies.len(), 11);
        assert_eq!(copies["files.stone"], text);
        assert_eq!(
            copies["files_3.stone"],
            "namespace files_3\n\nimport users_3\n\nstruct A\n    \"See :type:`users_3.B`, all files\"\n    b users_3.B\n    users String\n"
        );
    }
}
