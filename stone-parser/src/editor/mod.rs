//! What an editor asks of a spec: what is here, where is it defined, where is it used.
//!
//! In: the text of a spec, mistakes included. Out: an [`Index`] of its names. It is built from the AST alone, so that it
//! works while a spec is being written: a line that is not understood is missing from it, and a name that leads nowhere
//! is no symbol. There is no server here; one would ask these questions.

mod docs;
mod names;
mod outline;
mod uses;

use indexmap::IndexMap;

use crate::ast;
use crate::diagnostic::Diagnostics;
use crate::format;
use crate::lower::docs::unwrap;
use crate::source::{FileId, SourceMap, Span};

pub use outline::Entry;

/// Something that has a name. It keeps its identity when its file changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// A namespace.
    Namespace(String),
    /// A struct, union, alias, annotation or annotation type: these share a scope.
    Definition {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// A field, a tag, a type tag or a parameter.
    Member {
        /// The namespace of its owner.
        namespace: String,
        /// The struct, union or annotation type that declares it, or that a patch adds it to.
        owner: String,
        /// Its name.
        name: String,
    },
    /// An example.
    Example {
        /// The namespace of its owner.
        namespace: String,
        /// The struct or union that it is an example of.
        owner: String,
        /// Its label.
        label: String,
    },
    /// A version of a route.
    Route {
        /// Its namespace.
        namespace: String,
        /// Its name with its path.
        name: String,
        /// Its version.
        version: u64,
    },
}

impl Symbol {
    fn definition(namespace: &str, name: &str) -> Self {
        Self::Definition {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }

    fn member(namespace: &str, owner: &str, name: &str) -> Self {
        Self::Member {
            namespace: namespace.to_owned(),
            owner: owner.to_owned(),
            name: name.to_owned(),
        }
    }

    fn example(namespace: &str, owner: &str, label: &str) -> Self {
        Self::Example {
            namespace: namespace.to_owned(),
            owner: owner.to_owned(),
            label: label.to_owned(),
        }
    }

    fn route(namespace: &str, name: &str, version: u64) -> Self {
        Self::Route {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            version,
        }
    }
}

/// What kind of thing has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Namespace,
    Struct,
    Union,
    Alias,
    Annotation,
    AnnotationType,
    Field,
    Tag,
    TypeTag,
    Parameter,
    Example,
    Route,
}

/// What to show when the pointer rests on a symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is.
    pub kind: Kind,
    /// The line that defines it, in canonical text.
    pub signature: String,
    /// Its docstring, as the IR has it.
    pub doc: Option<String>,
}

/// A definition of a symbol.
#[derive(Debug, Clone)]
struct Place {
    name: Span,
    /// The line.
    header: Span,
    kind: Kind,
    doc: Option<ast::Doc>,
}

/// Where a symbol is defined and used.
#[derive(Debug, Clone, Default)]
struct Places {
    definitions: Vec<Place>,
    references: Vec<Span>,
}

/// All names of a spec and where they stand.
#[derive(Debug, Clone)]
pub struct Index<'s> {
    sources: &'s SourceMap,
    files: Vec<ast::File>,
    symbols: IndexMap<Symbol, Places>,
    /// Every place of every symbol, in order; the number is that of the symbol.
    occurrences: Vec<(Span, usize)>,
}

impl<'s> Index<'s> {
    /// Reads a spec.
    pub fn new(sources: &'s SourceMap) -> Self {
        let files = crate::parse(sources, &mut Diagnostics::default());
        let symbols = uses::symbols(sources, &files);
        let mut occurrences = Vec::new();
        for (number, places) in symbols.values().enumerate() {
            let definitions = places.definitions.iter().map(|place| place.name);
            let all = definitions.chain(places.references.iter().copied());
            occurrences.extend(all.map(|span| (span, number)));
        }
        occurrences.sort_unstable();
        Self {
            sources,
            files,
            symbols,
            occurrences,
        }
    }

    /// The symbol whose name is at an offset in bytes. Right behind a name counts as on it, unless another one begins
    /// there. Any offset may be asked for.
    pub fn symbol_at(&self, file: FileId, offset: usize) -> Option<&Symbol> {
        let offset = u32::try_from(offset).ok()?;
        let after = self
            .occurrences
            .partition_point(|(span, _)| (span.file, span.start) <= (file, offset));
        let (span, number) = self.occurrences.get(after.checked_sub(1)?)?;
        let (symbol, _) = self.symbols.get_index(*number)?;
        (span.file == file && offset <= span.end).then_some(symbol)
    }

    /// The names where a symbol is defined: none if it is missing, several for a namespace of several files and for what
    /// is defined twice by mistake.
    pub fn definition(&self, symbol: &Symbol) -> impl Iterator<Item = Span> {
        let places = self.symbols.get(symbol).into_iter();
        places.flat_map(|places| places.definitions.iter().map(|place| place.name))
    }

    /// The names that refer to a symbol, definitions left out, by file and position.
    pub fn references(&self, symbol: &Symbol) -> impl Iterator<Item = Span> {
        let places = self.symbols.get(symbol).into_iter();
        places.flat_map(|places| places.references.iter().copied())
    }

    /// What to show of a symbol that is defined.
    pub fn hover(&self, symbol: &Symbol) -> Option<Hover> {
        let place = self.symbols.get(symbol)?.definitions.first()?;
        Some(Hover {
            kind: place.kind,
            signature: format::signature(self.sources.slice(place.header)),
            doc: place.doc.as_ref().map(|doc| unwrap(&doc.text)),
        })
    }

    /// What a file defines, as a tree.
    pub fn outline(&self, file: FileId) -> Vec<Entry> {
        let file = self.files.iter().find(|parsed| parsed.id == file);
        file.map_or_else(Vec::new, outline::outline)
    }
}
