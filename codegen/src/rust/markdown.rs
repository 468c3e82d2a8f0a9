//! Plain text as Markdown that shows it unchanged.
//!
//! In: sentences of a spec. Out: lines for doc comments in which nothing is taken for markup by accident.

/// Width of the text of a doc comment.
const WIDTH: usize = 92;

/// Escapes what Markdown or HTML would interpret, and encloses bare URLs.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = url_start(rest) {
        let (before, from) = rest.split_at(start);
        let (url, after) = from.split_at(url_length(from));
        escape_words(before, &mut out);
        out.extend(["<", url, ">"]);
        rest = after;
    }
    escape_words(rest, &mut out);
    out
}

fn url_start(text: &str) -> Option<usize> {
    let first = |scheme| text.find(scheme);
    [first("https://"), first("http://")]
        .into_iter()
        .flatten()
        .min()
}

/// A URL goes on to white space or a delimiter, and punctuation at its end belongs to the sentence.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"`|\\".contains(c))
        .unwrap_or(text.len());
    text.get(..end)
        .unwrap_or(text)
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\''])
        .len()
}

fn escape_words(text: &str, out: &mut String) {
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let hazard = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            // Inside a word an underscore is plain.
            '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
            // An entity such as `&lt;`.
            '&' => next.is_alphanumeric() || next == '#',
            _ => false,
        };
        if hazard {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
}

/// Text as code; a text with backquotes gets longer delimiters.
pub fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Breaks paragraphs, separated by line breaks, into lines with an empty one between paragraphs.
pub fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n').map(str::trim).filter(|p| !p.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        wrap_paragraph(paragraph, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut width = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        if width > 0 {
            line.push(' ');
            width += 1;
            line.push_str(word);
        } else {
            line.push_str(&at_line_start(word));
        }
        width += length;
    }
    lines.push(line);
}

/// A word that begins a line must not begin a list, a heading or a quotation.
fn at_line_start(word: &str) -> String {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(digits);
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => format!("{number}\\{rest}"),
        Some('-' | '+' | '#' | '>' | '=' | '|' | ':') if digits == 0 => format!("\\{word}"),
        _ => word.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, escape, wrap};

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            escape("a<b> [x] *y* _z_ snake_case `q`"),
            r"a\<b> \[x\] \*y\* \_z\_ snake_case \`q\`"
        );
        assert_eq!(escape("R&D &lt; &#60;"), r"R\&D \&lt; \&#60;");
    }

    #[test]
    fn bare_urls_become_links() {
        assert_eq!(
            escape("See https://example.org/a_b_(c)."),
            "See <https://example.org/a_b_(c>)."
        );
        assert_eq!(escape("(http://example.org)"), "(<http://example.org>)");
    }

    #[test]
    fn code_with_backquotes_is_fenced() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn paragraphs_are_wrapped_and_line_starts_kept_plain() {
        let text = "- no list\n1. no number\n# no heading\nx";
        assert_eq!(
            wrap(text).join("|"),
            r"\- no list||1\. no number||\# no heading||x"
        );
        let long = format!("{} + {}", "a".repeat(92), "b".repeat(10));
        assert_eq!(wrap(&long)[1], format!("\\+ {}", "b".repeat(10)));
    }
}
