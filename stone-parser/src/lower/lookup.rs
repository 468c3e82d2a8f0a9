//! Lookups of written names, with the errors that they can end in.
//!
//! In: a path and the namespace that it stands in. Out: what it means, or a diagnostic.

use crate::ast::{Ident, Path};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::NamespaceId;

use super::Context;
use super::scope::{LookupError, Symbol};

/// What the path means; `wanted` says what it should be, such as `type`.
pub(super) fn path(
    cx: &mut Context<'_>,
    at: NamespaceId,
    path: &Path,
    wanted: &str,
) -> Option<Symbol> {
    let prefix = path.namespace.as_ref();
    match cx.scopes.lookup(
        at,
        prefix.map(|prefix| prefix.text.as_str()),
        &path.name.text,
    ) {
        Ok(symbol) => Some(symbol),
        Err(error) => {
            let diagnostic = describe(cx, at, path, wanted, error);
            cx.error(diagnostic);
            None
        }
    }
}

/// Checks the part before the dot alone, for built-in types, which are visible through every import.
pub(super) fn prefix(cx: &mut Context<'_>, at: NamespaceId, path: &Path) -> Option<()> {
    let Some(prefix) = &path.namespace else {
        return Some(());
    };
    let error = cx.scopes.prefix(at, &prefix.text).err();
    if let Some(error) = error {
        let diagnostic = describe(cx, at, path, "type", error);
        cx.error(diagnostic);
    }
    error.is_none().then_some(())
}

fn describe(
    cx: &Context<'_>,
    at: NamespaceId,
    path: &Path,
    wanted: &str,
    error: LookupError,
) -> Diagnostic {
    let prefix = path.namespace.as_ref().unwrap_or(&path.name);
    match error {
        LookupError::UnknownPrefix => unknown_prefix(cx, at, prefix),
        LookupError::NotANamespace(symbol) => Diagnostic::error(
            Code::PrefixNotNamespace,
            prefix.span,
            format!(
                "`{}` is {}, not a namespace",
                prefix.text,
                symbol.describe()
            ),
        )
        .help("only imported namespaces stand before a dot"),
        LookupError::UnknownName(home) => {
            let name = &path.name.text;
            Diagnostic::error(
                Code::UnknownName,
                path.name.span,
                format!("there is no {wanted} `{name}` in namespace `{}`", cx.api[home].name),
            )
            .help(format!("check the spelling, define `{name}`, or name the imported namespace that defines it"))
        }
    }
}

fn unknown_prefix(cx: &Context<'_>, at: NamespaceId, prefix: &Ident) -> Diagnostic {
    let name = &prefix.text;
    let message = format!(
        "`{name}` is not imported into namespace `{}`",
        cx.api[at].name
    );
    let help = match cx.scopes.namespace(name) {
        Some(own) if own == at => "leave out the prefix: this is the namespace itself".to_owned(),
        Some(_) => format!("add `import {name}`"),
        None => "check the spelling: no file declares this namespace".to_owned(),
    };
    Diagnostic::error(Code::UnknownPrefix, prefix.span, message).help(help)
}
