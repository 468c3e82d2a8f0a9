//! A spec of our own brought up to the facts of another.
//!
//! In: our spec and theirs, both without errors. Out: the texts of ours with their facts: declarations in which nothing
//! changed stay as they are to the byte, changed ones are printed anew with our descriptions and examples, new ones get
//! a neutral description. Whatever is not taken over as it was is listed for review.

mod examples;
mod imports;
mod print;
mod repair;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use stone_parser::ast::{self, Item};
use stone_parser::diagnostic::{Diagnostic, Diagnostics};
use stone_parser::source::SourceMap;

use crate::diff::{Changes, Side, changes, diff};
use print::Printer;
use texts::Texts;

pub(crate) use texts::Key;

/// The description of what nobody has described yet.
pub const NEUTRAL: &str = "Not described yet.";

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// Items without a description, by the name of their owner.
    Undescribed(String, Vec<String>),
    /// An example that no longer fits, and why.
    ExampleDropped(String, String),
    /// Fields that an example got to fit again.
    ExampleFilled(String, String),
    /// A reference in a description to something that is gone.
    ReferenceCut(String),
    /// A declaration that is gone, with its description.
    Gone(String),
    /// A comment inside of a declaration that was printed anew.
    CommentDropped(String, String),
}

/// The merged spec.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// Texts by the paths of our files.
    pub files: BTreeMap<String, String>,
    /// What to look at.
    pub review: Vec<Review>,
}

/// Why specs cannot be merged.
#[derive(Debug)]
pub enum MergeError {
    /// The merged spec has errors that no repair removes; they point into its files.
    Invalid(SourceMap, Vec<Diagnostic>),
    /// The merged spec differs from theirs in facts; these are the findings.
    Differs(Vec<String>),
}

/// One of two specs.
pub(crate) struct Spec<'a> {
    side: Side<'a>,
    files: Vec<ast::File>,
}

impl<'a> Spec<'a> {
    fn new(side: Side<'a>) -> Self {
        let files = stone_parser::parse(side.sources, &mut Diagnostics::default());
        Self { side, files }
    }
}

/// A piece of a file: a declaration with the comments above it.
struct Block {
    /// Its name in the merged spec.
    key: Option<Key>,
    text: String,
}

/// A file of the merged spec.
#[derive(Default)]
struct Output {
    blocks: Vec<Block>,
    changed: bool,
}

/// Merges the facts of `theirs` into `ours`; with their descriptions and examples if `with_docs`.
pub fn merge(ours: Side<'_>, theirs: Side<'_>, with_docs: bool) -> Result<Merged, MergeError> {
    let changes = changes(ours, theirs);
    let (ours, theirs) = (Spec::new(ours), Spec::new(theirs));
    let texts = Texts::new(&ours, &theirs, &changes, with_docs);
    let mut review = Vec::new();
    let printer = Printer::new(&theirs, &texts);
    let mut outputs = BTreeMap::new();
    let mut placed = BTreeMap::new();
    for file in &ours.files {
        let output = kept(&ours, file, &changes, &printer, &mut review);
        let path = ours.side.sources[file.id].path.clone();
        for block in &output.blocks {
            placed.extend(block.key.clone().map(|key| (key, path.clone())));
        }
        outputs.insert(path, output);
    }
    add_new(
        &theirs,
        &printer,
        &mut outputs,
        &mut placed,
        &ours,
        &mut review,
    );
    let mut merged = Merged {
        files: BTreeMap::new(),
        review,
    };
    for (path, output) in outputs {
        let has_content = output.blocks.iter().any(|block| block.key.is_some());
        if output.changed && !has_content && !is_header_only(&ours, &path) {
            continue;
        }
        let text: String = output.blocks.into_iter().map(|block| block.text).collect();
        merged
            .files
            .insert(path, if output.changed { tidy(&text) } else { text });
    }
    imports::add(&mut merged.files);
    repair::repair(&mut merged)?;
    check(&merged, &theirs)?;
    merged.review.sort();
    Ok(merged)
}

/// A file that has nothing but its namespace stays what it is.
fn is_header_only(ours: &Spec<'_>, path: &str) -> bool {
    let is_it = |file: &&ast::File| ours.side.sources[file.id].path == path;
    let declares = |item: &Item| !matches!(item, Item::Namespace(_) | Item::Import(_));
    ours.files
        .iter()
        .find(is_it)
        .is_some_and(|file| !file.items.iter().any(declares))
}

/// One of our files, without what is gone and with what changed.
fn kept(
    ours: &Spec<'_>,
    file: &ast::File,
    changes: &Changes,
    printer: &Printer<'_>,
    review: &mut Vec<Review>,
) -> Output {
    let source = &ours.side.sources[file.id];
    let namespace = texts::namespace(file);
    let mut output = Output::default();
    let mut end = 0;
    for (item, extent) in file.items.iter().zip(&file.extents) {
        let range = extent.range();
        let above = source.text.get(end..range.start).unwrap_or_default();
        let own = source.text.get(range.clone()).unwrap_or_default();
        end = range.end;
        let keep = |key| Block {
            key,
            text: format!("{above}{own}"),
        };
        let Some(name) = Key::of(&namespace, item) else {
            output.blocks.push(keep(None));
            continue;
        };
        let group = texts::group(&namespace, item);
        let is_patch = matches!(item, Item::Patch(_));
        let key = changes.renamed(&name);
        match (key, is_patch) {
            // What moved to another namespace is new there.
            (Some(key), false) if key.namespace != namespace => output.changed = true,
            (Some(key), _) if !group.iter().any(|key| changes.has_changed(key)) => {
                output.blocks.push(keep((!is_patch).then_some(key)));
            }
            (Some(_), true) => output.changed = true,
            (Some(_), false) => {
                output.changed = true;
                let comments = own
                    .lines()
                    .map(str::trim)
                    .filter(|line| line.starts_with('#'));
                review.extend(
                    comments.map(|it| Review::CommentDropped(name.to_string(), it.to_owned())),
                );
                for (at, name) in group.iter().enumerate() {
                    let Some(key) = changes.renamed(name) else {
                        continue;
                    };
                    let above = if at == 0 { above } else { "\n" };
                    let text = format!("{above}{}\n", printer.print(&key, review));
                    output.blocks.push(Block {
                        key: Some(key),
                        text,
                    });
                }
            }
            (None, _) => {
                output.changed = true;
                review.extend((!is_patch).then(|| Review::Gone(name.to_string())));
            }
        }
    }
    let rest = source.text.get(end..).unwrap_or_default().to_owned();
    output.blocks.push(Block {
        key: None,
        text: rest,
    });
    output
}

/// What is new stands behind what stands before it in theirs.
fn add_new(
    theirs: &Spec<'_>,
    printer: &Printer<'_>,
    outputs: &mut BTreeMap<String, Output>,
    placed: &mut BTreeMap<Key, String>,
    ours: &Spec<'_>,
    review: &mut Vec<Review>,
) {
    for file in &theirs.files {
        let namespace = texts::namespace(file);
        let mut before: Option<Key> = None;
        for item in &file.items {
            for key in texts::group(&namespace, item) {
                if matches!(item, Item::Patch(_)) || Key::of(&namespace, item).is_none() {
                    continue;
                }
                if !placed.contains_key(&key) {
                    let text = format!("\n{}\n", printer.print(&key, review));
                    let anchor = before.as_ref().filter(|key| placed.contains_key(key));
                    let path = anchor.and_then(|key| placed.get(key)).cloned();
                    let path = path.unwrap_or_else(|| home(ours, theirs, file, outputs));
                    let output = outputs.entry(path.clone()).or_default();
                    output.insert(
                        anchor,
                        Block {
                            key: Some(key.clone()),
                            text,
                        },
                    );
                    placed.insert(key.clone(), path);
                }
                before = Some(key);
            }
        }
    }
}

impl Output {
    fn insert(&mut self, behind: Option<&Key>, block: Block) {
        self.changed = true;
        let at = self
            .blocks
            .iter()
            .position(|it| it.key.is_some() && it.key.as_ref() == behind);
        match at {
            Some(at) => self.blocks.insert(at + 1, block),
            None => self.blocks.push(block),
        }
    }
}

/// Our file for what theirs begins with: of the same name, else the first of the namespace, else a new one.
fn home(
    ours: &Spec<'_>,
    theirs: &Spec<'_>,
    file: &ast::File,
    outputs: &mut BTreeMap<String, Output>,
) -> String {
    let namespace = texts::namespace(file);
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let theirs = name(&theirs.side.sources[file.id].path);
    let of_namespace = ours
        .files
        .iter()
        .filter(|it| texts::namespace(it) == namespace);
    let paths: Vec<_> = of_namespace
        .map(|it| ours.side.sources[it.id].path.clone())
        .collect();
    let same = paths.iter().find(|path| name(path) == theirs);
    if let Some(path) = same.or(paths.first()) {
        return path.clone();
    }
    let path = format!("{namespace}.stone");
    outputs.entry(path.clone()).or_insert_with(|| Output {
        blocks: vec![Block {
            key: None,
            text: format!("namespace {namespace}\n"),
        }],
        changed: true,
    });
    path
}

/// Runs of empty lines become one, and none is left at the ends.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let is_empty = line.trim().is_empty();
        if !(is_empty && lines.last().is_none_or(|last| last.trim().is_empty())) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

/// The files as a source map.
fn sources(files: &BTreeMap<String, String>) -> SourceMap {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path.clone(), text.clone());
    }
    sources
}

/// The facts of the merged spec are theirs, or nothing is worth writing.
fn check(merged: &Merged, theirs: &Spec<'_>) -> Result<(), MergeError> {
    let sources = sources(&merged.files);
    let outcome = stone_parser::compile(&sources);
    let merged = Side {
        api: &outcome.api,
        sources: &sources,
    };
    let report = diff(theirs.side, merged);
    let facts = report
        .findings
        .iter()
        .filter(|finding| !finding.rule.is_text());
    let wrong: BTreeSet<_> = facts.map(|finding| finding.id.clone()).collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(MergeError::Differs(wrong.into_iter().collect())),
    }
}
