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
