//! Imports that nothing uses.
//!
//! In: the AST of all files. Out: a warning for each import line that could be removed. The files of a namespace share
//! their imports, so a file may do without one that another file has.

use std::collections::{HashMap, HashSet};

use super::walk::{self, Visitor};
use crate::ast::{Doc, File, Import, Item, Path};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::docs::references;
use crate::source::Span;

/// Looks at the imports of all files.
pub(super) fn lint(files: &[File], found: &mut Diagnostics) {
    let mut by_namespace: HashMap<&str, Vec<&File>> = HashMap::new();
    for file in files {
        if let Some(Item::Namespace(header)) = file.items.first() {
            by_namespace
                .entry(&header.name.text)
                .or_default()
                .push(file);
        }
    }
    for files in by_namespace.values() {
        Shared::new(files).lint(files, found);
    }
}

/// What the files of a namespace share.
struct Shared<'a> {
    /// Prefixes in use, by file.
    prefixes: Vec<HashSet<&'a str>>,
    /// The first import of each namespace in each file.
    imports: HashMap<&'a str, Vec<(usize, Span)>>,
}

impl<'a> Shared<'a> {
    fn new(files: &[&'a File]) -> Self {
        let mut shared = Self {
            prefixes: files.iter().map(|file| prefixes(file)).collect(),
            imports: HashMap::new(),
        };
        for (number, file) in files.iter().enumerate() {
            for import in imports(file) {
                let places = shared.imports.entry(&import.name.text).or_default();
                if places.last().is_none_or(|(last, _)| *last != number) {
                    places.push((number, import.span));
                }
            }
        }
        shared
    }

    fn lint(&self, files: &[&'a File], found: &mut Diagnostics) {
        for (number, file) in files.iter().enumerate() {
            imports(file)
                .filter_map(|import| self.problem(number, import))
                .for_each(|warning| found.push(warning));
        }
    }

    fn problem(&self, number: usize, import: &Import) -> Option<Diagnostic> {
        let name = import.name.text.as_str();
        let places = self.imports.get(name)?;
        let first = places.iter().find(|(file, _)| *file == number)?.1;
        if first != import.span {
            let message = format!("`{name}` is imported already");
            let warning = Diagnostic::warning(Code::UnusedImport, import.name.span, message);
            return Some(warning.also(first, "imported here").help("remove the line"));
        }
        if self.prefixes.get(number)?.contains(name) {
            return None;
        }
        // An import may serve the other files of the namespace, if those that use it have none of their own.
        let is_served = |(file, prefixes): (usize, &HashSet<&str>)| {
            prefixes.contains(name) && !places.iter().any(|(has, _)| *has == file)
        };
        if places.first()?.0 == number && self.prefixes.iter().enumerate().any(is_served) {
            return None;
        }
        let warning = Diagnostic::warning(
            Code::UnusedImport,
            import.name.span,
            format!("nothing in this file uses the import of `{name}`"),
        );
        Some(warning.help("remove the line"))
    }
}

fn imports(file: &File) -> impl Iterator<Item = &Import> {
    file.items.iter().filter_map(|item| match item {
        Item::Import(import) => Some(import),
        _ => None,
    })
}

/// What stands before dots in a file.
fn prefixes(file: &File) -> HashSet<&str> {
    let mut prefixes = Prefixes(HashSet::new());
    file.items
        .iter()
        .for_each(|item| walk::item(item, &mut prefixes));
    prefixes.0
}

struct Prefixes<'a>(HashSet<&'a str>);

impl<'a> Visitor<'a> for Prefixes<'a> {
    fn path(&mut self, path: &'a Path) {
        self.0
            .extend(path.namespace.as_ref().map(|prefix| prefix.text.as_str()));
    }

    fn doc(&mut self, doc: &'a Doc) {
        let values = references(&doc.text).map(|reference| reference.value);
        self.0
            .extend(values.filter_map(|value| Some(value.split_once('.')?.0)));
    }
}
