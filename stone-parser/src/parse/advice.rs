//! Words for common mistakes.
//!
//! In: a line that does not fit its rule. Out: a better message than the list of what was expected, and help.

use super::errors::Misfit;
use crate::grammar::Rule;
use crate::layout::chars;

/// What can be said about a mistake beyond what was expected.
#[derive(Debug, Default)]
pub(super) struct Advice {
    pub message: Option<&'static str>,
    pub help: Option<&'static str>,
}

/// A message with help.
fn say(message: &'static str, help: &'static str) -> Advice {
    Advice {
        message: Some(message),
        help: Some(help),
    }
}

/// Help alone.
fn hint(help: &'static str) -> Advice {
    Advice {
        message: None,
        help: Some(help),
    }
}

/// What can be said about a line that does not fit.
pub(super) fn advise(misfit: &Misfit<'_>) -> Advice {
    about_brackets(misfit)
        .or_else(|| about_rule(misfit))
        .or_else(|| about_token(misfit))
        .unwrap_or_default()
}

/// Commas and closing brackets, which all kinds of lines may have.
fn about_brackets(misfit: &Misfit<'_>) -> Option<Advice> {
    let closes = matches!(misfit.found, ")" | "]" | "}");
    Some(match misfit.found {
        _ if closes && misfit.before().ends_with(',') => say(
            "a comma stands before a closing bracket",
            "remove the comma",
        ),
        _ if closes && misfit.expects(Rule::EOI) => say(
            "this bracket closes nothing",
            "remove it, or open it before",
        ),
        "," if misfit.before().ends_with(',') => hint("remove one of the commas"),
        _ => return None,
    })
}

/// Mistakes that are typical for a kind of line.
fn about_rule(misfit: &Misfit<'_>) -> Option<Advice> {
    let in_arguments = misfit.expects(Rule::comma) && misfit.expects(Rule::close);
    Some(match (misfit.rule, misfit.found) {
        (Rule::route, ")") if misfit.expects(Rule::comma) && !in_arguments => say(
            "a route has three types, for its argument, its result and its errors",
            "write `Void` for what the route does not have",
        ),
        (Rule::route, ",") if misfit.expects(Rule::close) && !in_arguments => say(
            "a route has three types, this is the fourth",
            "several arguments are fields of one struct",
        ),
        (Rule::route, ".") if misfit.text.contains("by") => say(
            "the successor of a route is in the same namespace",
            "name it without a namespace",
        ),
        (Rule::route, _) if misfit.expects(Rule::version) => {
            hint("a version is a whole number from 1 on, as in `:2`")
        }
        (Rule::field, "=") if misfit.expects(Rule::EOI) && misfit.expects(Rule::id) => say(
            "a value is given where a type is expected",
            "a field with a default is written `name Type = value`; a tag without a type takes no default",
        ),
        (Rule::field, "[" | "{") => hint("defaults are literals or tags; lists and maps have none"),
        (Rule::field, "@") => say(
            "an annotation stands here without a field",
            "annotations stand below fields, tags and aliases, one level deeper; types and routes take none",
        ),
        (Rule::attr, "[" | "{") => hint("the value of an attribute is a literal or a tag"),
        (Rule::field | Rule::subtype_tag, ":") => {
            hint("a field is written `name Type`, without a colon")
        }
        (Rule::subtype_tag, "") => say("a subtype tag without its type", "write `tag Type`"),
        (Rule::patch, "extends") => say(
            "a patch cannot extend a type",
            "say what a type extends where it is defined",
        ),
        (Rule::patch, _) if misfit.expects(Rule::struct_word) => {
            hint("only structs and unions can be patched")
        }
        (Rule::import, _) => hint("each import is on a line of its own, as `import name`"),
        (Rule::struct_header | Rule::union_header, ",") => {
            hint("a type extends one other type at most")
        }
        (Rule::subtypes_header, _) => hint(
            "a union inside a struct has no name, it lists subtypes; other types are defined in the first column",
        ),
        (Rule::inline_header, found) if misfit.expects(Rule::extends_word) && found != ":" => {
            hint("a type below a field has no name of its own, it gets that of the field's type")
        }
        (Rule::example_field, "{") if misfit.expects(Rule::close_list) => say(
            "a map cannot stand in a list",
            "lists in examples hold literals, labels and lists",
        ),
        (Rule::example, found) if found.starts_with('"') => {
            hint("a label is a name, without quotes")
        }
        _ => return None,
    })
}

/// Mistakes that are told by the token alone.
fn about_token(misfit: &Misfit<'_>) -> Option<Advice> {
    let first = misfit.found.bytes().next()?;
    let is_literal = first == b'"' || first == b'-' || first.is_ascii_digit();
    Some(match misfit.found {
        "?" if misfit.before().ends_with('?') => {
            say("a type is made nullable once", "remove this `?`")
        }
        "." if misfit.expects(Rule::EOI) => {
            hint("before a name there is one namespace at most, as in `namespace.Name`")
        }
        ":" if misfit.expects(Rule::EOI) => hint("headers end without a colon"),
        _ if first == b'E' && misfit.before().ends_with(|c: char| c.is_ascii_digit()) => {
            hint("an exponent is written with a small `e`, as in `2e5`")
        }
        _ if is_literal && misfit.expects(Rule::equals) && misfit.expects(Rule::close) => {
            hint("a keyword argument is written `name=value`")
        }
        _ if first.is_ascii_digit() && misfit.expects(Rule::id) => {
            hint("names begin with a letter or `_`")
        }
        _ if chars::begins_word(first) && misfit.expects(Rule::EOI) => {
            hint("each declaration is on a line of its own")
        }
        _ => return None,
    })
}
