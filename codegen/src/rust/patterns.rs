//! Patterns of strings: from the dialect of Python's `re` to that of the crate `regex-lite`.
//!
//! In: a pattern as a spec writes it. Out: a pattern that matches whole values, or what it needs that cannot be said.
//! A check in the SDK may let something through that the server refuses, but never the other way round. So classes
//! such as `\w`, which mean Unicode in Python and ASCII in `regex-lite`, take in every character beyond ASCII, and `$`,
//! which also matches before a last line break, is left to the anchor around the whole.

use regex_lite::Regex;

/// Rewrites a pattern.
pub fn translate(pattern: &str) -> Result<String, String> {
    let mut translator = Translator {
        rest: pattern.chars().collect(),
        out: String::new(),
    };
    translator.rest.reverse();
    translator.pattern()?;
    let regex = format!(r"\A(?:{})\z", translator.out);
    match Regex::new(&regex) {
        Ok(_) => Ok(regex),
        Err(error) => Err(error.to_string()),
    }
}

/// Inclusive ranges of code points.
type Ranges = Vec<(u32, u32)>;

const LAST: u32 = char::MAX as u32;
const BEYOND_ASCII: (u32, u32) = (0x80, LAST);
const DIGIT: &[(u32, u32)] = &[(0x30, 0x39)];
const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// What Python's `str.isspace` takes.
const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0d),
    (0x1c, 0x20),
    (0x85, 0x85),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
];

struct Translator {
    /// What is left, last character first.
    rest: Vec<char>,
    out: String,
}

impl Translator {
    fn peek(&self) -> Option<char> {
        self.rest.last().copied()
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.rest.pop();
        }
        found
    }

    fn pattern(&mut self) -> Result<(), String> {
        while let Some(c) = self.rest.pop() {
            match c {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                '$' => {}
                '*' | '+' | '?' => self.quantifier(&c.to_string())?,
                '{' => match self.counts() {
                    Some(counts) => self.quantifier(&counts)?,
                    None => self.out.push_str(r"\{"),
                },
                '.' | '^' | '|' | ')' => self.out.push(c),
                _ => self.literal(c),
            }
        }
        Ok(())
    }

    fn literal(&mut self, c: char) {
        self.out
            .push_str(&regex_lite::escape(c.encode_utf8(&mut [0; 4])));
    }

    fn quantifier(&mut self, text: &str) -> Result<(), String> {
        self.out.push_str(text);
        // Whether greedy or not is the same for a whole value.
        self.take('?');
        if self.peek() == Some('+') {
            Err("possessive quantifiers".into())
        } else {
            Ok(())
        }
    }

    /// `{m}`, `{m,}`, `{,n}` or `{m,n}` after the brace; anything else is a brace and plain text.
    fn counts(&mut self) -> Option<String> {
        let end = self.rest.iter().rev().position(|c| *c == '}')?;
        let inside: String = self.rest.iter().rev().take(end).collect();
        let (min, max) = inside
            .split_once(',')
            .map_or((inside.as_str(), None), |(min, max)| (min, Some(max)));
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if inside.is_empty() || !is_number(min) || !max.is_none_or(is_number) {
            return None;
        }
        self.rest.truncate(self.rest.len() - end - 1);
        let min = if min.is_empty() { "0" } else { min };
        Some(max.map_or_else(|| format!("{{{min}}}"), |max| format!("{{{min},{max}}}")))
    }

    /// The start of a group; nobody asks for what it captures.
    fn group(&mut self) -> Result<(), String> {
        if self.take('?') {
            match self.rest.pop() {
                Some(':') => {}
                Some('P') if self.take('<') => while self.rest.pop().is_some_and(|c| c != '>') {},
                Some('#') => {
                    while self.rest.pop().is_some_and(|c| c != ')') {}
                    return Ok(());
                }
                Some('P') => return Err("back-references".into()),
                Some('=' | '!' | '<') => return Err("look-around".into()),
                Some('(') => return Err("conditional groups".into()),
                Some('>') => return Err("atomic groups".into()),
                _ => return Err("flags inside the pattern".into()),
            }
        }
        self.out.push_str("(?:");
        Ok(())
    }

    fn escape(&mut self) -> Result<(), String> {
        match self.peek() {
            Some('A') => self.out.push_str(r"\A"),
            Some('Z') => self.out.push_str(r"\z"),
            Some('b' | 'B') => return Err("word boundaries".into()),
            Some('1'..='9') => return Err("back-references".into()),
            Some('d' | 'D' | 'w' | 'W' | 's' | 'S') => {
                let ranges = self
                    .rest
                    .pop()
                    .map(|c| shorthand(c, true))
                    .unwrap_or_default();
                self.print(false, ranges);
                return Ok(());
            }
            _ => {
                let c = self.character()?;
                self.literal(c);
                return Ok(());
            }
        }
        self.rest.pop();
        Ok(())
    }

    /// An escape that stands for one character.
    fn character(&mut self) -> Result<char, String> {
        match self.rest.pop() {
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('f') => Ok('\x0c'),
            Some('v') => Ok('\x0b'),
            Some('a') => Ok('\x07'),
            Some('0') => self.number(8, 0, 2),
            Some('x') => self.number(16, 2, 2),
            Some('u') => self.number(16, 4, 4),
            Some('U') => self.number(16, 8, 8),
            Some(c) if c.is_ascii_alphanumeric() => Err(format!(r"the escape \{c}")),
            Some(c) => Ok(c),
            None => Err("a backslash at its end".into()),
        }
    }

    fn number(&mut self, radix: u32, least: usize, most: usize) -> Result<char, String> {
        let mut number = 0;
        let mut digits = 0;
        while let Some(digit) = self
            .peek()
            .and_then(|c| c.to_digit(radix))
            .filter(|_| digits < most)
        {
            self.rest.pop();
            number = number * radix + digit;
            digits += 1;
        }
        let c = char::from_u32(number).filter(|_| digits >= least);
        c.ok_or_else(|| "a character by a number that is none".into())
    }

    /// A class after its bracket. What is excluded must be certain, what is included need not.
    fn class(&mut self) -> Result<(), String> {
        let negated = self.take('^');
        let mut ranges = Ranges::new();
        let mut first = true;
        while first || self.peek() != Some(']') {
            first = false;
            ranges.extend(self.class_item(!negated)?);
        }
        self.rest.pop();
        self.print(negated, ranges);
        Ok(())
    }

    fn class_item(&mut self, widen: bool) -> Result<Ranges, String> {
        if let [.., c @ ('d' | 'D' | 'w' | 'W' | 's' | 'S'), '\\'] = self.rest[..] {
            self.rest.truncate(self.rest.len() - 2);
            return Ok(shorthand(c, widen));
        }
        let low = self.class_character()? as u32;
        let is_range = matches!(self.rest[..], [.., c, '-'] if c != ']');
        if !is_range {
            return Ok(vec![(low, low)]);
        }
        self.rest.pop();
        let high = self.class_character()? as u32;
        if low > high {
            Err("a range that runs backwards".into())
        } else {
            Ok(vec![(low, high)])
        }
    }

    fn class_character(&mut self) -> Result<char, String> {
        match self.rest.pop() {
            Some('\\') if self.take('b') => Ok('\x08'),
            Some('\\') => self.character(),
            Some(c) => Ok(c),
            None => Err("a class without an end".into()),
        }
    }

    fn print(&mut self, negated: bool, ranges: Ranges) {
        self.out.push_str(if negated { "[^" } else { "[" });
        for (low, high) in merged(ranges) {
            self.out.push_str(&in_class(low));
            if high > low {
                self.out.push('-');
                self.out.push_str(&in_class(high));
            }
        }
        self.out.push(']');
    }
}

/// The characters of `\d`, `\w`, `\s` and their opposites: all that may be meant, or only what is meant for certain.
fn shorthand(c: char, widen: bool) -> Ranges {
    let certain = match c.to_ascii_lowercase() {
        'd' => DIGIT,
        'w' => WORD,
        _ => {
            return if c == 's' {
                SPACE.to_vec()
            } else {
                complement(SPACE.to_vec())
            };
        }
    };
    let mut ranges = certain.to_vec();
    // An opposite is wide if what it excludes is narrow.
    if widen == c.is_ascii_lowercase() {
        ranges.push(BEYOND_ASCII);
    }
    if c.is_ascii_lowercase() {
        ranges
    } else {
        complement(ranges)
    }
}

fn merged(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged = Ranges::new();
    for (low, high) in ranges {
        match merged.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => merged.push((low, high)),
        }
    }
    merged
}

fn complement(ranges: Ranges) -> Ranges {
    let mut out = Ranges::new();
    let mut next = 0;
    for (low, high) in merged(ranges) {
        if low > next {
            out.push((next, low - 1));
        }
        next = high + 1;
    }
    if next <= LAST {
        out.push((next, LAST));
    }
    out
}

fn in_class(code: u32) -> String {
    match char::from_u32(code) {
        Some(c) if r"\[]^-&~".contains(c) => format!("\\{c}"),
        Some(c) if c.is_ascii_graphic() => c.to_string(),
        _ => format!("\\x{{{code:X}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Regex, translate};

    fn takes(pattern: &str, value: &str) -> bool {
        Regex::new(&translate(pattern).unwrap())
            .unwrap()
            .is_match(value)
    }

    #[test]
    fn whole_values_match() {
        assert_eq!(translate("a|b").unwrap(), r"\A(?:a|b)\z");
        assert!(takes("a|b", "b") && !takes("a|b", "ab") && !takes("^a$", "a\n"));
        assert!(takes(r"(/(.|[\r\n])*)?|id:.*", "/a\nb") && !takes(r"(/(.|[\r\n])*)?|id:.*", "a"));
    }

    #[test]
    fn unicode_is_never_refused() {
        assert!(takes(r"\w+", "naïve_Ω1") && takes(r"[\w-]+", "ü-x") && !takes(r"\w+", "a b"));
        assert!(takes(r"\W", "…") && takes(r"[^\W]", "ß") && !takes(r"[^\W]", "."));
        assert!(
            takes(r"\d", "٣") && takes(r"\D", "x") && !takes(r"\D", "1") && !takes(r"[^\d]", "5")
        );
        assert!(takes(r"\s", "\u{a0}") && !takes(r"\S", "\u{2003}") && takes(r"\S", "é"));
    }

    #[test]
    fn classes_keep_their_odd_members() {
        assert!(takes(r#"[^/:?*<>"|]*"#, "plan.txt") && !takes(r#"[^/:?*<>"|]*"#, "a:b"));
        assert!(takes("[]a]+", "]a") && takes("[a-]+", "-a") && takes(r"[\]\-\\&&]+", r"]-\&"));
    }

    #[test]
    fn quantifiers_and_braces() {
        assert!(
            takes("a{2}b{,1}c{1,}", "aabcc") && takes("a{x}", "a{x}") && takes("a+?b*?", "aab")
        );
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        for (pattern, problem) in [
            ("(?=a)", "look-around"),
            (r"(a)\1", "back-references"),
            ("(?P=n)", "back-references"),
            ("(?i)a", "flags"),
            (r"\ba", "word boundaries"),
            ("a++", "possessive"),
            ("(?>a)", "atomic"),
            (r"\q", "escape"),
            ("[a", "without an end"),
            ("[b-a]", "backwards"),
            ("(a", ""),
        ] {
            let error = translate(pattern).unwrap_err();
            assert!(error.contains(problem), "{pattern}: {error}");
        }
    }
}
