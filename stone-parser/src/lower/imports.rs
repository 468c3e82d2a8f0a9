//! Imports: which namespaces see which.
//!
//! In: the import lines of all files. Out: the imported names in the scopes; errors for impossible imports.

use std::collections::HashMap;

use crate::ast::{Import, Item};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::NamespaceId;
use crate::source::Span;

use super::scope::{Defined, Symbol};
use super::{Context, Unit};

/// Makes imported namespaces visible where they are imported.
pub(super) fn lower<'a>(cx: &mut Context<'a>, units: &[Unit<'a>]) {
    let mut seen = HashMap::new();
    for unit in units {
        for item in unit.items {
            if let Item::Import(import) = item {
                lower_import(cx, &mut seen, unit.namespace, import);
            }
        }
    }
}

fn lower_import<'a>(
    cx: &mut Context<'a>,
    seen: &mut HashMap<(NamespaceId, NamespaceId), Span>,
    at: NamespaceId,
    import: &'a Import,
) {
    let name = &import.name.text;
    let Some(target) = cx.scopes.namespace(name) else {
        cx.scopes.doubt(at, name);
        let diagnostic = unknown(cx, at, import);
        return cx.error(diagnostic);
    };
    if target == at {
        cx.scopes.doubt(at, name);
        let message = format!("namespace `{name}` imports itself");
        return cx.error(
            Diagnostic::error(Code::ImportsItself, import.name.span, message)
                .help("remove the import; own definitions need no prefix"),
        );
    }
    if let Some(back) = seen.get(&(target, at)) {
        let message = format!("`{}` and `{name}` import each other", cx.api[at].name);
        let back = *back;
        cx.error(
            Diagnostic::error(Code::MutualImport, import.name.span, message)
                .also(back, "the import in the other direction")
                .help("move what both need into a third namespace"),
        );
    }
    // A namespace may be imported more than once.
    if seen.insert((at, target), import.name.span).is_none() {
        introduce(cx, at, import, target);
    }
}

fn unknown(cx: &Context<'_>, at: NamespaceId, import: &Import) -> Diagnostic {
    let name = &import.name.text;
    let others = cx.scopes.namespaces().filter(|(_, id)| *id != at);
    let others: Vec<_> = others.map(|(name, _)| name).collect();
    let help = cx.choose(
        name,
        others.into_iter(),
        "check the spelling, or add the files of that namespace; there are",
        "add the files of that namespace",
    );
    Diagnostic::error(
        Code::UnknownNamespace,
        import.name.span,
        format!("there is no namespace `{name}`"),
    )
    .label("no file declares it")
    .help(help)
}

fn introduce<'a>(cx: &mut Context<'a>, at: NamespaceId, import: &'a Import, target: NamespaceId) {
    let defined = Defined {
        symbol: Symbol::Namespace(target),
        span: import.name.span,
    };
    if let Err(taken) = cx.scopes.define(at, &import.name.text, defined) {
        cx.scopes.doubt(at, &import.name.text);
        let message = format!(
            "the import hides {} of the same name",
            taken.symbol.describe()
        );
        cx.error(
            Diagnostic::error(Code::NameTaken, import.name.span, message)
                .also(taken.span, "defined here")
                .help(format!(
                    "rename the definition, as `{}.` would be the namespace",
                    import.name.text
                )),
        );
    }
}
