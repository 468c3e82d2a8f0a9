//! How much the compiler is given to work through, by namespace.
//!
//! In: the generated files. Out: the text of `src/generated/COUNTS`, in which a change that makes the crate dearer to
//! compile shows as a number that moved. Generated text is regular, so that lines tell everything.

use std::collections::BTreeMap;

const HEAD: &str = "namespace types tables impls functions generic bytes";

/// What there is in a namespace.
#[derive(Default, Clone, Copy)]
struct Counts {
    types: usize,
    tables: usize,
    impls: usize,
    /// Those that macros add to types are among them.
    functions: usize,
    /// Functions that are compiled again for each type that they are called with.
    generic: usize,
    bytes: usize,
}

/// The table, from files by path.
pub fn counts(files: &BTreeMap<String, String>) -> String {
    let mut rows: BTreeMap<&str, Counts> = BTreeMap::new();
    for (path, text) in files {
        if let Some((namespace, _)) = path
            .strip_prefix("src/generated/")
            .and_then(|path| path.split_once('/'))
        {
            rows.entry(namespace).or_default().add(text);
        }
    }
    let mut total = Counts::default();
    let mut lines = vec![HEAD.to_owned()];
    for (namespace, row) in &rows {
        total.add_row(row);
        lines.push(row.line(namespace));
    }
    lines.push(total.line("total"));
    lines.join("\n") + "\n"
}

impl Counts {
    fn add(&mut self, text: &str) {
        self.bytes += text.len();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let code = line.trim_start().trim_start_matches("pub(crate) ");
            let code = code.trim_start_matches("pub ").trim_start_matches("const ");
            if code.starts_with("fn ") {
                let head = head(code, &mut lines);
                self.functions += 1;
                self.generic += usize::from(is_generic(&head));
            } else if let Some((_, call)) = line.split_once("crate::runtime::wire_traits!(") {
                self.functions += 3 * arguments(call, &mut lines);
            } else if let Some((_, call)) = line.split_once("crate::runtime::validate_methods!(") {
                self.functions += arguments(call, &mut lines);
            } else if !line.starts_with(' ') {
                self.add_item(code);
            }
        }
    }

    fn add_item(&mut self, code: &str) {
        match code.split([' ', '<']).next() {
            Some("struct" | "enum" | "type") => self.types += 1,
            Some("static") => self.tables += 1,
            Some("impl") => self.impls += 1,
            _ => {}
        }
    }

    fn add_row(&mut self, row: &Self) {
        self.types += row.types;
        self.tables += row.tables;
        self.impls += row.impls;
        self.functions += row.functions;
        self.generic += row.generic;
        self.bytes += row.bytes;
    }

    fn line(&self, name: &str) -> String {
        let Self {
            types,
            tables,
            impls,
            functions,
            generic,
            bytes,
        } = self;
        format!("{name} {types} {tables} {impls} {functions} {generic} {bytes}")
    }
}

/// A function up to its body, which may take several lines.
fn head<'a>(first: &str, rest: &mut impl Iterator<Item = &'a str>) -> String {
    let mut head = first.to_owned();
    while !head.contains('{') {
        match rest.next() {
            Some(line) => head.push_str(line),
            None => break,
        }
    }
    head
}

/// Whether a function has parameters for types, named or not. Lifetimes cost nothing.
fn is_generic(head: &str) -> bool {
    let named = head.split('(').next().unwrap_or_default();
    named.contains('<') && !named.contains("<'") || head.contains("impl ")
}

/// The number of names that a macro is called with.
fn arguments<'a>(first: &str, rest: &mut impl Iterator<Item = &'a str>) -> usize {
    let mut call = first.to_owned();
    while !call.contains(");") {
        match rest.next() {
            Some(line) => call.push_str(line),
            None => break,
        }
    }
    let names = call.split(");").next().unwrap_or_default();
    names
        .split(',')
        .filter(|name| !name.trim().is_empty())
        .count()
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn items_functions_and_macro_calls_are_counted() {
        let text = "static A: w::StructMeta = x;\n\npub struct S<'a> {\n}\n\nimpl S {\n    pub fn new(a: u8) -> Self {\n    }\n\n    \
                    pub fn set(\n        mut self,\n        a: impl ::std::convert::Into<String>,\n    ) -> Self {\n    }\n}\n\n\
                    crate::runtime::wire_traits!(\n    A, B,\n    C,\n);\n\ncrate::runtime::validate_methods!(A, B);\n";
        let files = [
            ("src/generated/n/types.rs".to_owned(), text.to_owned()),
            (
                "src/generated/MANIFEST".to_owned(),
                "fn none() {}".to_owned(),
            ),
        ];
        let table = counts(&files.into());
        let row = format!("1 1 1 13 1 {}", text.len());
        assert_eq!(
            table.lines().skip(1).collect::<Vec<_>>(),
            [format!("n {row}"), format!("total {row}")]
        );
    }
}
