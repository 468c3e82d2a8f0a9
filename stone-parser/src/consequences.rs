//! Withholds diagnostics that only follow from others.
//!
//! In: all diagnostics of a spec. Out: those worth reading. A line that is not understood is missing from the AST, so
//! that names, fields and examples seem to be undefined. What may follow from that is dropped: in the declaration of
//! the line, where its names are used, and in all that depends on a file whose rest was lost. Mistakes that have
//! nothing to do with anything missing are always kept.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ast::{File, Item};
use crate::diagnostic::{Code, Diagnostic, Phase};
use crate::layout::chars;
use crate::source::{FileId, SourceMap, Span};

/// Drops the consequences of lexical and syntax errors.
pub(crate) fn withhold(
    files: &[File],
    sources: &SourceMap,
    mut diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut causes = Causes {
        sources,
        broken: HashSet::new(),
        lines: HashSet::new(),
        names: HashMap::new(),
        heirs: HashSet::new(),
        first: HashMap::new(),
        lost: BTreeSet::new(),
    };
    let found = diagnostics.iter();
    for cause in found.filter(|d| d.code.phase() != Phase::Semantic) {
        causes.add(files, cause);
    }
    if causes.lines.is_empty() {
        return diagnostics;
    }
    causes.find_heirs(files);
    let affected = affected(files, sources, &causes.lost);
    diagnostics.retain(|d| {
        let file = d.primary.span.file;
        let is_kept = || {
            let extent = extent(files, d.primary.span);
            !(causes.explain(d, extent) || needs_all(d.code) && affected.contains(&file))
        };
        d.code.phase() != Phase::Semantic || is_kept()
    });
    diagnostics
}

/// The files that may miss what was lost: those of the namespaces of such files, and those that import these, directly
/// or not.
fn affected(files: &[File], sources: &SourceMap, lost: &BTreeSet<FileId>) -> HashSet<FileId> {
    let mut affected: HashSet<FileId> = lost.iter().copied().collect();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for file in files.iter().filter(|file| lost.contains(&file.id)) {
        match namespace(file, sources) {
            Some(name) => names.extend([name]),
            // It may have been any.
            None => return files.iter().map(|file| file.id).collect(),
        }
    }
    loop {
        let before = affected.len();
        for file in files {
            let own = namespace(file, sources);
            let mut imports = file.items.iter().filter_map(|item| match item {
                Item::Import(import) => Some(import.name.text.as_str()),
                _ => None,
            });
            if own.is_some_and(|own| names.contains(own))
                || imports.any(|name| names.contains(name))
            {
                affected.insert(file.id);
                names.extend(own);
            }
        }
        if affected.len() == before {
            return affected;
        }
    }
}

/// The namespace of a file, guessed from its line if that has a mistake.
fn namespace<'f>(file: &'f File, sources: &'f SourceMap) -> Option<&'f str> {
    let declared = file.items.iter().find_map(|item| match item {
        Item::Namespace(header) => Some(header.name.text.as_str()),
        _ => None,
    });
    let guessed = || {
        let lines = file.extents.iter().map(|extent| sources.slice(*extent));
        let mut line = lines.filter_map(|text| text.strip_prefix("namespace"));
        words(line.next()?).next()
    };
    declared.or_else(guessed)
}

/// The declaration that a place is in, or after.
fn extent(files: &[File], place: Span) -> Option<Span> {
    let file = files.iter().find(|file| file.id == place.file)?;
    let after = file
        .extents
        .partition_point(|extent| extent.start <= place.start);
    file.extents.get(after.checked_sub(1)?).copied()
}

/// What may have consequences.
struct Causes<'s> {
    sources: &'s SourceMap,
    /// Declarations with mistakes in their text.
    broken: HashSet<Span>,
    /// Lines with such mistakes.
    lines: HashSet<(FileId, u32)>,
    /// The names of broken declarations, with their namespaces.
    names: HashMap<&'s str, BTreeSet<&'s str>>,
    /// The names of types that extend them, directly or not.
    heirs: HashSet<&'s str>,
    /// Where the first mistake of each file is.
    first: HashMap<FileId, u32>,
    /// Files whose rest was lost, or their namespace.
    lost: BTreeSet<FileId>,
}

impl<'s> Causes<'s> {
    fn add(&mut self, files: &'s [File], cause: &Diagnostic) {
        let place = cause.primary.span;
        self.lines.insert(self.line(place));
        self.first.entry(place.file).or_insert(place.start);
        if cause.code == Code::UnclosedString {
            self.lost.insert(place.file);
        }
        let Some(extent) = extent(files, place) else {
            return;
        };
        let text = self.sources.slice(extent);
        if text.starts_with("namespace") {
            self.lost.insert(place.file);
        }
        self.broken.insert(extent);
        let header = text.lines().next().unwrap_or_default();
        let several = header.starts_with("import");
        let named = words(header)
            .skip(1)
            .filter(|word| !chars::is_reserved(word));
        let file = files.iter().find(|file| file.id == place.file);
        let home = file.and_then(|file| namespace(file, self.sources));
        for name in named.take(if several { usize::MAX } else { 1 }) {
            self.names.entry(name).or_default().extend(home);
        }
    }

    /// Finds the types that inherit from broken ones.
    fn find_heirs(&mut self, files: &'s [File]) {
        let items = || files.iter().flat_map(|file| &file.items);
        let pairs = || {
            items().filter_map(|item| match item {
                Item::Struct(ast) => Some((&ast.name, ast.extends.as_ref()?)),
                Item::Union(ast) => Some((&ast.name, ast.extends.as_ref()?)),
                _ => None,
            })
        };
        let mut children: HashMap<&str, Vec<&'s str>> = HashMap::new();
        for (name, parent) in pairs() {
            let parent = parent.path.name.text.as_str();
            children.entry(parent).or_default().push(&name.text);
        }
        let mut pending: Vec<&str> = self.names.keys().copied().collect();
        while let Some(parent) = pending.pop() {
            for child in children.remove(parent).unwrap_or_default() {
                if self.heirs.insert(child) {
                    pending.push(child);
                }
            }
        }
    }

    fn line(&self, place: Span) -> (FileId, u32) {
        let file = &self.sources[place.file];
        (place.file, file.position(place.start as usize).line)
    }

    fn explain(&self, d: &Diagnostic, extent: Option<Span>) -> bool {
        let place = d.primary.span;
        let first = self.first.get(&place.file);
        let is_broken = || extent.is_some_and(|extent| self.broken.contains(&extent));
        self.lines.contains(&self.line(place))
            || d.code == Code::FirstDeclaration && first.is_some_and(|first| *first < place.start)
            || is_about_content(d.code) && (is_broken() || self.inherits(extent))
            || needs_all(d.code) && self.concern(d)
    }

    /// Whether the declaration is a type that extends a broken one.
    fn inherits(&self, extent: Option<Span>) -> bool {
        let text = extent.map(|extent| self.sources.slice(extent));
        let header = text.and_then(|text| text.lines().next());
        let mut names = header
            .into_iter()
            .flat_map(words)
            .skip_while(|word| matches!(*word, "patch" | "struct" | "union" | "union_closed"));
        names.next().is_some_and(|name| self.heirs.contains(name))
    }

    /// Whether it speaks of a broken declaration.
    fn concern(&self, d: &Diagnostic) -> bool {
        let quoted = || d.message.split('`').skip(1).step_by(2);
        let is_named = |text: &str| {
            words(text).any(|word| self.names.contains_key(word) || self.heirs.contains(word))
        };
        match d.code {
            // These name the namespace last.
            Code::UnknownName | Code::PatchTarget => {
                let mut quoted = quoted();
                let homes = quoted.next().and_then(|name| self.names.get(name));
                homes.is_some_and(|homes| quoted.any(|home| homes.contains(home)))
            }
            Code::AttrMissing | Code::UnknownAttr if self.names.contains_key("Route") => true,
            _ => quoted().any(is_named) || is_named(self.sources.slice(d.primary.span)),
        }
    }
}

/// The identifiers in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .filter(|word| !word.is_empty())
}

/// Whether a rule may seem to be broken because a name is missing.
fn needs_all(code: Code) -> bool {
    use Code::*;
    is_about_content(code)
        || matches!(
            code,
            UnknownNamespace
                | UnknownPrefix
                | UnknownName
                | PatchTarget
                | UnknownSuccessor
                | BadDefault
                | BadAttr
        )
}

/// Whether a rule may seem to be broken because a line of a declaration, or of one that it extends, is missing.
fn is_about_content(code: Code) -> bool {
    use Code::*;
    matches!(
        code,
        PatchExample
            | AttrMissing
            | UnknownAttr
            | NotASubtype
            | SubtypeMissing
            | UnknownParameter
            | ArgumentCount
            | ParameterMissing
            | ExampleField
            | ExampleIncomplete
            | UnknownExample
            | SubtypeExample
            | UnionExample
            | DocField
            | DocRoute
            | DocType
    )
}
