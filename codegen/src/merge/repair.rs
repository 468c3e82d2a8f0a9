//! Makes a merged spec valid where only our words are in the way.
//!
//! In: merged texts. Out: canonical texts without errors: examples that no longer fit are dropped, references in
//! descriptions to what is gone become plain words. Every other error is given back.

use std::collections::BTreeMap;
use std::ops::Range;

use stone_parser::ast::{Example, Item};
use stone_parser::diagnostic::{Diagnostic, Diagnostics, Severity};
use stone_parser::source::{FileId, SourceMap, Span};

use super::texts::{Key, namespace};
use super::{MergeError, Merged, Review, sources};

/// Dropping an example can take others with it that name it, and so on.
const ROUNDS: usize = 64;

/// Repairs until nothing is wrong, then formats what changed.
pub fn repair(merged: &mut Merged) -> Result<(), MergeError> {
    for _ in 0..ROUNDS {
        let sources = sources(&merged.files);
        let found = stone_parser::compile(&sources).diagnostics;
        let errors: Vec<_> = found
            .into_iter()
            .filter(|it| it.severity == Severity::Error)
            .collect();
        if errors.is_empty() {
            return canonical(merged, &sources);
        }
        let edits = edits(&sources, &errors, &mut merged.review);
        if edits.is_empty() {
            return Err(MergeError::Invalid(sources, errors));
        }
        apply(merged, &sources, edits);
    }
    let sources = sources(&merged.files);
    let found = stone_parser::compile(&sources).diagnostics;
    Err(MergeError::Invalid(sources, found))
}

type Edits = BTreeMap<FileId, BTreeMap<usize, (Range<usize>, String)>>;

fn edits(sources: &SourceMap, errors: &[Diagnostic], review: &mut Vec<Review>) -> Edits {
    let examples = examples(sources);
    let mut edits = Edits::new();
    for error in errors {
        let span = error.primary.span;
        let edit = match examples.iter().find(|(at, _)| covers(*at, span)) {
            Some((at, name)) => {
                review.push(Review::ExampleDropped(name.clone(), error.message.clone()));
                (
                    whole_lines(&sources[span.file].text, at.range()),
                    String::new(),
                )
            }
            None => match reference(&sources[span.file].text, span.range()) {
                Some((range, words)) => {
                    review.push(Review::ReferenceCut(words.clone()));
                    (range, words)
                }
                None => continue,
            },
        };
        edits
            .entry(span.file)
            .or_default()
            .insert(edit.0.start, edit);
    }
    review.sort();
    review.dedup();
    edits
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.start < outer.end
}

/// All examples with their places and names.
fn examples(sources: &SourceMap) -> Vec<(Span, String)> {
    let mut all = Vec::new();
    for file in stone_parser::parse(sources, &mut Diagnostics::default()) {
        let namespace = namespace(&file);
        for item in &file.items {
            let list = match item {
                Item::Struct(it) => &it.examples,
                Item::Union(it) => &it.examples,
                _ => continue,
            };
            let Some(key) = Key::of(&namespace, item) else {
                continue;
            };
            all.extend(
                list.iter()
                    .map(|it| (extent(it), format!("{key} {}", it.label.text))),
            );
        }
    }
    all
}

fn extent(example: &Example) -> Span {
    let text = example.text.iter().map(|doc| doc.span);
    let ends = text.chain(example.fields.iter().map(|field| field.span));
    ends.fold(example.span, |all, span| all.to(span))
}

/// From the start of the first line to the end of the last.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text
        .get(..range.start)
        .and_then(|it| it.rfind('\n'))
        .map_or(0, |at| at + 1);
    let rest = text.get(range.end..).and_then(|it| it.find('\n'));
    start..rest.map_or(text.len(), |at| range.end + at + 1)
}

/// The reference of a description around a place, and its words.
fn reference(text: &str, at: Range<usize>) -> Option<(Range<usize>, String)> {
    let near = text.get(..at.end)?;
    let starts = [":type:`", ":field:`", ":route:`"].into_iter();
    let last = starts.filter_map(|sign| near.rfind(sign).map(|at| (at, sign.len())));
    let (start, length) = last.max()?;
    let words = start + length;
    let end = words + text.get(words..)?.find('`')?;
    (at.start <= end).then(|| (start..end + 1, text[words..end].to_owned()))
}

fn apply(merged: &mut Merged, sources: &SourceMap, edits: Edits) {
    for (file, edits) in edits {
        let source = &sources[file];
        let mut text = source.text.clone();
        for (range, words) in edits.into_values().rev() {
            text.replace_range(range, &words);
        }
        merged.files.insert(source.path.clone(), super::tidy(&text));
    }
}

/// Texts that are canonical stay to the byte, so that only those that were merged move.
fn canonical(merged: &mut Merged, sources: &SourceMap) -> Result<(), MergeError> {
    for (id, source) in sources.iter() {
        let text = stone_parser::format(sources, id)
            .map_err(|errors| MergeError::Invalid(sources.clone(), errors))?;
        merged.files.insert(source.path.clone(), text);
    }
    Ok(())
}
