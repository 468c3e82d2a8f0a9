//! Turns diagnostics into workflow commands, which GitHub shows beside the lines of a change.
//!
//! In: sources and diagnostics. Out: a line for each. Lines and columns count from 1, columns in characters; the last
//! column is that of the last character.

use std::fmt::{self, Write};

use super::{Diagnostic, Severity};
use crate::source::SourceMap;

/// All diagnostics as `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=CODE name::message`.
pub fn github(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        // Writing to a string never fails.
        let _ = command(&mut text, sources, diagnostic);
    }
    text
}

fn command(out: &mut String, sources: &SourceMap, d: &Diagnostic) -> fmt::Result {
    let span = d.primary.span;
    let file = &sources[span.file];
    let start = file.position(span.start as usize);
    let end = file.position(span.end as usize);
    let level = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let last = match end.line == start.line {
        true => end.column.saturating_sub(1).max(start.column),
        false => end.column.saturating_sub(1).max(1),
    };
    let path = property(&file.path);
    write!(
        out,
        "::{level} file={path},line={},col={}",
        start.line, start.column
    )?;
    write!(out, ",endLine={},endColumn={last}", end.line)?;
    write!(
        out,
        ",title={} {}::{}",
        d.code.as_str(),
        d.code.name(),
        data(&d.message)
    )?;
    match &d.help {
        Some(help) => writeln!(out, "%0Ahelp: {}", data(help)),
        None => writeln!(out),
    }
}

/// What would end a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What would end a property, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Span;

    fn line(path: &str, span: std::ops::Range<usize>, message: &str) -> String {
        let mut sources = SourceMap::new();
        let file = sources.add(path, "namespace a\nalias X = é\n");
        let span = Span::new(file, span.start, span.end);
        github(
            &sources,
            &[Diagnostic::error(Code::UnknownName, span, message)],
        )
    }

    #[test]
    fn places_are_inclusive() {
        let expected = "::error file=a.stone,line=2,col=7,endLine=2,endColumn=9,title=E0312 unknown-name::no\n";
        assert_eq!(line("a.stone", 18..21, "no"), expected);
        let empty = "::error file=a.stone,line=1,col=1,endLine=1,endColumn=1,title=E0312 unknown-name::no\n";
        assert_eq!(line("a.stone", 0..0, "no"), empty);
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let found = line("a,b:c%.stone", 0..1, "50%,\r\nno: yes");
        assert!(found.contains("file=a%2Cb%3Ac%25.stone,"), "{found}");
        assert!(found.ends_with("::50%25,%0D%0Ano: yes\n"), "{found}");
    }
}
