//! What to say when a line does not fit its rule.
//!
//! In: pest's error for a logical line: where it got stuck and which rules it tried there. Out: a diagnostic in the
//! terms of Stone.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Rule;
use crate::layout::chars;
use crate::source::{FileId, Span};
use crate::suggest::similar;

/// Words that begin a declaration.
const DECLARATIONS: [&str; 10] = [
    "alias",
    "annotation",
    "annotation_type",
    "import",
    "namespace",
    "patch",
    "route",
    "struct",
    "union",
    "union_closed",
];

/// Where and why a line does not fit.
pub(super) struct Misfit<'t> {
    pub rule: Rule,
    /// The logical line.
    pub text: &'t str,
    /// Where in it the offending token is; its length if something is missing at the end.
    pub at: usize,
    /// The offending token, empty at the end.
    pub found: &'t str,
    /// Rules that would have fitted.
    pub expected: Vec<Rule>,
}

/// The diagnostic for a line at offset `base` that does not fit `rule`.
pub(super) fn syntax(
    file: FileId,
    base: usize,
    rule: Rule,
    text: &str,
    error: &Error<Rule>,
) -> Diagnostic {
    let misfit = Misfit::new(rule, text, error);
    let start = base + misfit.at;
    let advice = advice::advise(&misfit);
    let message = advice
        .message
        .map_or_else(|| misfit.message(), str::to_owned);
    let label = if misfit.found.is_empty() {
        "something is missing here"
    } else {
        "unexpected"
    };
    let diagnostic = Diagnostic::error(
        Code::Syntax,
        Span::new(file, start, start + misfit.found.len()),
        message,
    );
    Diagnostic {
        help: advice.help.map(str::to_owned),
        ..diagnostic.label(label)
    }
}

/// The diagnostic for a reserved word in the place of a name, in a line with that indentation.
pub(super) fn reserved_word(span: Span, word: &str, indent: usize) -> Diagnostic {
    let message = format!("expected a name, found {}", describe(word));
    let diagnostic =
        Diagnostic::error(Code::Syntax, span, message).label("reserved words name nothing");
    match DECLARATIONS.contains(&word) && indent > 0 {
        true => diagnostic.help(
            "choose another name; if this is meant as a declaration, it begins in the first column",
        ),
        false => diagnostic.help("choose another name"),
    }
}

/// The diagnostic for a line at the top level that begins no declaration.
pub(super) fn no_declaration(span: Span, head: &str) -> Diagnostic {
    let message = format!("expected a declaration, found {}", describe(head));
    let diagnostic =
        Diagnostic::error(Code::Syntax, span, message).label("no declaration begins like this");
    match similar(head, DECLARATIONS.into_iter()) {
        Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
        None => diagnostic.help(format!("declarations begin with {}", list(&DECLARATIONS))),
    }
}

impl<'t> Misfit<'t> {
    fn new(rule: Rule, text: &'t str, error: &Error<Rule>) -> Self {
        let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
        let expected = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        let found = text.get(at..).map_or("", token);
        Self {
            rule,
            text,
            at,
            found,
            expected,
        }
    }

    /// The line before the offending token.
    pub fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or_default().trim_end()
    }

    pub fn expects(&self, rule: Rule) -> bool {
        self.expected.contains(&rule)
    }

    fn message(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        let (ends, others): (Vec<Rule>, Vec<Rule>) =
            self.expected.iter().partition(|rule| **rule == Rule::EOI);
        for rule in others.into_iter().chain(ends) {
            let word = if rule == Rule::id {
                self.name_word()
            } else {
                word(rule)
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        format!("expected {}, found {}", list(&words), describe(self.found))
    }

    /// What a name would mean where one is expected.
    fn name_word(&self) -> &'static str {
        let before = self.before();
        let in_parentheses = before.matches('(').count() > before.matches(')').count();
        let value = self.expects(Rule::string);
        match self.rule {
            Rule::annotation if in_parentheses => "an argument",
            _ if in_parentheses || before.ends_with("extends") => "a type",
            Rule::alias if before.ends_with('=') => "a type",
            Rule::field | Rule::attr if value => "a tag",
            Rule::field | Rule::subtype_tag if !before.is_empty() => "a type",
            Rule::example_field if value => "a label",
            _ => "a name",
        }
    }
}

/// The token that `text` begins with.
pub(super) fn token(text: &str) -> &str {
    let bytes = text.as_bytes();
    let end = match bytes.first() {
        None => 0,
        Some(b'"') => chars::end_of_string(bytes, 0),
        Some(b'/') => chars::end_of_path(bytes, 0),
        Some(b'-') => chars::end_of_number(bytes, 0).max(1),
        _ => chars::end_of_token(bytes, 0),
    };
    text.get(..end).unwrap_or(text)
}

/// A token as messages name it.
pub(super) fn describe(token: &str) -> String {
    match token.chars().next() {
        None => "the end of the line".to_owned(),
        Some('"') => "a string".to_owned(),
        _ if chars::is_reserved(token) => format!("the reserved word `{token}`"),
        _ if token.chars().count() > 40 => {
            format!("`{}…`", token.chars().take(40).collect::<String>())
        }
        _ => format!("`{token}`"),
    }
}

/// Joins words as in `a, b or c`.
fn list(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "something else".to_owned(),
    }
}

/// A rule as messages name it.
fn word(rule: Rule) -> &'static str {
    match rule {
        Rule::EOI => "the end of the line",
        Rule::id | Rule::path | Rule::route_name => "a name",
        Rule::type_ref => "a type",
        Rule::keyword_arg => "an argument",
        Rule::string | Rule::boolean | Rule::null | Rule::int | Rule::float => "a literal",
        Rule::version => "a version number",
        Rule::route_path => "a path",
        Rule::pair => "a pair",
        Rule::list => "a list",
        Rule::map => "a map",
        Rule::dot => "`.`",
        Rule::comma => "`,`",
        Rule::colon => "`:`",
        Rule::equals => "`=`",
        Rule::nullable => "`?`",
        Rule::args | Rule::open => "`(`",
        Rule::close => "`)`",
        Rule::open_list => "`[`",
        Rule::close_list => "`]`",
        Rule::open_map => "`{`",
        Rule::close_map => "`}`",
        Rule::struct_word => "`struct`",
        Rule::union_word => "`union`",
        Rule::union_closed_word => "`union_closed`",
        Rule::extends | Rule::extends_word => "`extends`",
        Rule::deprecated | Rule::deprecated_word => "`deprecated`",
        Rule::by_word => "`by`",
        Rule::doc => "a docstring",
        _ => "something else",
    }
}
