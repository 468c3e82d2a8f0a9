//! Where text comes from and where things stand in it.
//!
//! In: the path and text of each file of a spec. Out: [`Span`]s, and their lines and columns.
//! This crate never opens a file; callers read and hand over the text.

use std::ops::{Index, Range};

/// Number of a file within a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self {
            file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// From the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span {
            end: self.end.max(other.end),
            ..self
        }
    }

    /// The bytes as a range to index text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file of a spec.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as diagnostics print it, with `/`, relative to what the user named.
    pub path: String,
    /// The text, with line ends as they are in the file.
    pub text: String,
    /// Byte offset of the start of each line.
    lines: Vec<u32>,
}

/// A position as people and editors count: both from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl SourceFile {
    fn new(path: String, text: String) -> Self {
        let mut lines = vec![0];
        let bytes = text.as_bytes();
        for (i, byte) in bytes.iter().enumerate() {
            let lone_return = *byte == b'\r' && bytes.get(i + 1) != Some(&b'\n');
            if *byte == b'\n' || lone_return {
                lines.push(i as u32 + 1);
            }
        }
        Self { path, text, lines }
    }

    /// Line and column of a byte offset; offsets past the end give the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self
            .lines
            .partition_point(|start| *start as usize <= offset);
        let start = self.lines[line - 1] as usize;
        let column = self
            .text
            .get(start..offset)
            .map_or(offset - start, |s| s.chars().count());
        Position {
            line: line as u32,
            column: column as u32 + 1,
        }
    }

    /// The bytes of a line, counted from 1, without its line break. Lines that do not exist are empty.
    pub fn line(&self, number: u32) -> Range<usize> {
        let offset = |index: usize| {
            self.lines
                .get(index)
                .map_or(self.text.len(), |start| *start as usize)
        };
        let (start, end) = (
            offset((number as usize).saturating_sub(1)),
            offset(number as usize),
        );
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }
}

/// All files of a spec, in the order in which they count.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. Texts longer than 4 GiB are cut by the caller's reader, never here.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile::new(path.into(), text.into()));
        id
    }

    /// The files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, f)| (FileId(i as u32), f))
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self[span.file].text.get(span.range()).unwrap_or_default()
    }
}

impl Index<FileId> for SourceMap {
    type Output = SourceFile;

    fn index(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
}
