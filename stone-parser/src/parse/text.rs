//! What a string token says.
//!
//! In: the token with its quotes and the indentation of its line. Out: the text with escapes replaced, the
//! indentation of continuation lines removed and line breaks as `\n`.

/// Decodes a string token.
pub(super) fn unquote(token: &str, indent: usize) -> String {
    let mut rest = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(token);
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['\\', '\n', '\r']) {
        let (plain, special) = rest.split_at(at);
        text.push_str(plain);
        rest = match special.strip_prefix('\\') {
            Some(escaped) => escape(escaped, &mut text),
            None => line_break(special, indent, &mut text),
        };
    }
    text.push_str(rest);
    text
}

/// Adds what a backslash before `escaped` means; returns what follows.
fn escape<'t>(escaped: &'t str, text: &mut String) -> &'t str {
    let mut characters = escaped.chars();
    text.extend(characters.next().map(|character| match character {
        'n' => '\n',
        't' => '\t',
        other => other,
    }));
    characters.as_str()
}

/// Adds a line break; returns what follows it and the indentation after it.
fn line_break<'t>(special: &'t str, indent: usize, text: &mut String) -> &'t str {
    text.push('\n');
    let line = special.strip_prefix("\r\n").unwrap_or(&special[1..]);
    let spaces = line
        .bytes()
        .take(indent)
        .take_while(|byte| *byte == b' ')
        .count();
    if spaces == indent {
        &line[indent..]
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn replaces_the_two_escapes_and_unmasks_the_rest() {
        assert_eq!(unquote(r#""a\n\tb\\ \"c\" \x41""#, 4), "a\n\tb\\ \"c\" x41");
    }

    #[test]
    fn removes_the_indentation_of_continuation_lines_alone() {
        assert_eq!(
            unquote("\"    a    b\n    c    d\n      e\"", 4),
            "    a    b\nc    d\n  e"
        );
        assert_eq!(unquote("\"a\\n    b\"", 4), "a\n    b");
    }

    #[test]
    fn keeps_lines_that_are_indented_less() {
        assert_eq!(unquote("\"a\n  b\n\tc\nd\n\"", 4), "a\n  b\n\tc\nd\n");
    }

    #[test]
    fn reads_all_line_breaks_alike() {
        assert_eq!(unquote("\"a\r\n    b\r    c\n\r\n\"", 4), "a\nb\nc\n\n");
    }
}
