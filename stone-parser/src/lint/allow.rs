//! Comments that allow warnings: `# stone: allow(CODE, name)`.
//!
//! In: the heads of the files, up to their first declaration. Out: which warnings each file allows; a warning for what
//! is no code of one.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, SourceMap, Span};
use crate::suggest;

/// What each file allows.
pub(super) fn read(sources: &SourceMap, found: &mut Diagnostics) -> HashSet<(FileId, Code)> {
    let mut allowed = HashSet::new();
    for (file, source) in sources.iter() {
        for (start, word) in source
            .text
            .split_inclusive('\n')
            .scan(0, head_line)
            .flatten()
        {
            match Code::find(word) {
                Some(code) if code.severity() == Severity::Warning => {
                    allowed.insert((file, code));
                }
                code => {
                    let span = Span::new(file, start, start + word.len());
                    found.push(nothing_to_allow(span, word, code));
                }
            }
        }
    }
    allowed
}

/// The codes that a line allows, with their offsets; none after the last line of the head.
fn head_line<'t>(offset: &mut usize, line: &'t str) -> Option<Vec<(usize, &'t str)>> {
    let start = *offset;
    *offset += line.len();
    match line.trim_start().strip_prefix('#') {
        Some(comment) => Some(codes(comment, start + line.len() - comment.len())),
        None => line.trim().is_empty().then(Vec::new),
    }
}

fn codes(comment: &str, start: usize) -> Vec<(usize, &str)> {
    let list = comment
        .trim_start()
        .strip_prefix("stone:")
        .and_then(|rest| rest.trim_start().strip_prefix("allow("));
    let Some((list, _)) = list.and_then(|list| Some((list.split_once(')')?.0, list))) else {
        return Vec::new();
    };
    let mut at = start + comment.find('(').map_or(0, |open| open + 1);
    let mut words = Vec::new();
    for item in list.split(',') {
        let word = item.trim();
        words.push((at + item.len() - item.trim_start().len(), word));
        at += item.len() + 1;
    }
    words
}

fn nothing_to_allow(span: Span, word: &str, code: Option<Code>) -> Diagnostic {
    if let Some(code) = code {
        let message = format!("`{}` is an error, which cannot be allowed", code.as_str());
        return Diagnostic::warning(Code::UnknownAllow, span, message)
            .help("mend what is wrong and remove the code here");
    }
    let warnings = Code::ALL
        .iter()
        .filter(|code| code.severity() == Severity::Warning);
    let names = warnings.flat_map(|code| [code.as_str(), code.name()]);
    let help = match suggest::similar(word, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the code or the name of a warning, as the warning shows it".to_owned(),
    };
    let message = format!("there is no warning `{word}`");
    Diagnostic::warning(Code::UnknownAllow, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str) -> (Vec<&'static str>, Vec<String>) {
        let mut sources = SourceMap::new();
        sources.add("a.stone", text);
        let mut found = Diagnostics::default();
        let mut codes: Vec<_> = read(&sources, &mut found)
            .into_iter()
            .map(|(_, code)| code.as_str())
            .collect();
        codes.sort_unstable();
        let unknown = found.into_sorted().into_iter();
        let unknown = unknown.map(|d| sources.slice(d.primary.span).to_owned());
        (codes, unknown.collect())
    }

    #[test]
    fn codes_and_names_stand_before_the_first_declaration() {
        let head = "# A file.\r\n\n#stone:allow( W0901 ,unused-type)\n  # stone: allow(w0424)\n";
        let late = "namespace a\n# stone: allow(W0903)\n";
        let expected = (vec!["W0424", "W0901", "W0902"], vec![]);
        assert_eq!(allowed(&(head.to_owned() + late)), expected);
    }

    #[test]
    fn what_is_no_warning_is_pointed_at() {
        let text = "# stone: allow(unused, W0901, E0101,)\n";
        let unknown = ["unused", "E0101", ""].map(str::to_owned).to_vec();
        assert_eq!(allowed(text), (vec!["W0901"], unknown));
    }

    #[test]
    fn other_comments_are_comments() {
        for text in [
            "# allow(x)",
            "# stone: deny(x)",
            "# stone allow(x)",
            "#",
            "",
        ] {
            assert_eq!(allowed(text), (vec![], vec![]), "{text}");
        }
    }
}
