//! Lookups of written names, with the errors that they can end in.
//!
//! In: a path and the namespace that it stands in. Out: what it means, or a diagnostic. Where the cause has been
//! reported, such as an import that failed, there is neither.

use crate::ast::{Ident, Path};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::NamespaceId;

use super::scope::{Defined, LookupError, Symbol};
use super::{Context, annotations, builtin};

/// What a name should stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Type,
    Struct,
    Annotation,
    AnnotationType,
    Route,
}

impl Wanted {
    /// What it is called.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Struct => "struct",
            Self::Annotation => "annotation",
            Self::AnnotationType => "annotation type",
            Self::Route => "route",
        }
    }

    fn accepts(self, symbol: Symbol) -> bool {
        match symbol {
            Symbol::Struct(_) => matches!(self, Self::Type | Self::Struct),
            Symbol::Union(_) | Symbol::Alias(_) => self == Self::Type,
            Symbol::Annotation(_) => self == Self::Annotation,
            Symbol::AnnotationType(_) => self == Self::AnnotationType,
            Symbol::Route => self == Self::Route,
            Symbol::Namespace(_) => false,
        }
    }

    /// Names that need no definition.
    fn built_in(self) -> &'static [&'static str] {
        match self {
            Self::Type => &builtin::NAMES,
            Self::AnnotationType => &annotations::BUILT_IN,
            Self::Struct | Self::Annotation | Self::Route => &[],
        }
    }
}

/// What the path means.
pub(super) fn path(
    cx: &mut Context<'_>,
    at: NamespaceId,
    path: &Path,
    wanted: Wanted,
) -> Option<Defined> {
    let prefix = path.namespace.as_ref().map(|prefix| prefix.text.as_str());
    match cx.scopes.lookup(at, prefix, &path.name.text) {
        Ok(defined) => Some(defined),
        Err(error) => {
            report(cx, at, path, wanted, error);
            None
        }
    }
}

/// Checks the part before the dot alone, for built-in types, which are visible through every import.
pub(super) fn prefix(cx: &mut Context<'_>, at: NamespaceId, path: &Path) -> Option<()> {
    let Some(prefix) = &path.namespace else {
        return Some(());
    };
    match cx.scopes.prefix(at, &prefix.text) {
        Ok(_) => Some(()),
        Err(error) => {
            report(cx, at, path, Wanted::Type, error);
            None
        }
    }
}

fn report(cx: &mut Context<'_>, at: NamespaceId, path: &Path, wanted: Wanted, error: LookupError) {
    let prefix = path.namespace.as_ref().unwrap_or(&path.name);
    let diagnostic = match error {
        LookupError::Reported => return,
        LookupError::UnknownPrefix => unknown_prefix(cx, at, prefix),
        LookupError::NotANamespace(defined) => not_a_namespace(prefix, defined),
        LookupError::UnknownName(home) => unknown_name(cx, at, home, path, wanted),
    };
    cx.error(diagnostic);
}

fn not_a_namespace(prefix: &Ident, defined: Defined) -> Diagnostic {
    let (name, kind) = (&prefix.text, defined.symbol.describe());
    let message = format!("`{name}` is {kind}, not a namespace");
    Diagnostic::error(Code::PrefixNotNamespace, prefix.span, message)
        .label("a namespace is expected before the dot")
        .also(defined.span, "defined here")
        .help("only imported namespaces stand before a dot")
}

fn unknown_name(
    cx: &Context<'_>,
    at: NamespaceId,
    home: NamespaceId,
    path: &Path,
    wanted: Wanted,
) -> Diagnostic {
    let (name, noun) = (&path.name, wanted.noun());
    let namespace = &cx.api[home].name;
    let message = format!(
        "there is no {noun} `{}` in namespace `{namespace}`",
        name.text
    );
    let help = advice(cx, at, home, &name.text, wanted);
    let fallback = || match path.namespace {
        Some(_) => format!("define `{}` in namespace `{namespace}`", name.text),
        None => format!("define `{}`, or import the namespace that does", name.text),
    };
    Diagnostic::error(Code::UnknownName, name.span, message)
        .label("unknown")
        .help(help.unwrap_or_else(fallback))
}

fn unknown_prefix(cx: &Context<'_>, at: NamespaceId, prefix: &Ident) -> Diagnostic {
    let namespace = &cx.api[at].name;
    let message = format!(
        "`{}` is not imported into namespace `{namespace}`",
        prefix.text
    );
    let diagnostic = Diagnostic::error(Code::UnknownPrefix, prefix.span, message);
    diagnostic
        .label("not imported")
        .help(prefix_advice(cx, at, &prefix.text))
}

/// What to do about a prefix that is not imported.
pub(super) fn prefix_advice(cx: &Context<'_>, at: NamespaceId, prefix: &str) -> String {
    match cx.scopes.namespace(prefix) {
        Some(own) if own == at => {
            return "leave out the prefix: this is the namespace itself".to_owned();
        }
        Some(_) => return import_line(prefix),
        None => {}
    }
    let imported = cx.scopes.imported(at);
    if let Some(near) = cx.similar(prefix, imported.iter().map(|(name, _)| *name)) {
        return format!("did you mean `{near}`?");
    }
    let others = cx.scopes.namespaces().filter(|(_, id)| *id != at);
    match cx.similar(prefix, others.map(|(name, _)| name)) {
        Some(near) => format!("did you mean `{near}`? {}", import_line(near)),
        None => "no file declares this namespace; check the spelling, or add its files".to_owned(),
    }
}

fn import_line(namespace: &str) -> String {
    format!("add the line `import {namespace}` below the namespace of this file")
}

/// What may have been meant by a name that `home` does not have, written in `at`.
pub(super) fn advice(
    cx: &Context<'_>,
    at: NamespaceId,
    home: NamespaceId,
    name: &str,
    wanted: Wanted,
) -> Option<String> {
    let built_in: &[&str] = if home == at { wanted.built_in() } else { &[] };
    let near = cx.similar(
        name,
        names(cx, home, wanted).chain(built_in.iter().copied()),
    );
    let as_written = |near: &str| match home == at {
        true => format!("did you mean `{near}`?"),
        false => format!("did you mean `{}.{near}`?", cx.api[home].name),
    };
    if let Some(near) = near.filter(|near| near.eq_ignore_ascii_case(name)) {
        return Some(as_written(near));
    }
    elsewhere(cx, at, home, name, wanted)
        .or_else(|| near.map(as_written))
        .or_else(|| near_in_imports(cx, at, home, name, wanted))
}

/// Another namespace that has the name, rather one that is imported.
fn elsewhere(
    cx: &Context<'_>,
    at: NamespaceId,
    home: NamespaceId,
    name: &str,
    wanted: Wanted,
) -> Option<String> {
    let has = |id: NamespaceId| {
        let found = cx.scopes.get(id, name);
        id != home && found.is_some_and(|defined| wanted.accepts(defined.symbol))
    };
    if has(at) {
        return Some(format!(
            "leave out the prefix: `{name}` is defined in this namespace"
        ));
    }
    let imported = cx.scopes.imported(at);
    if let Some((namespace, _)) = imported.into_iter().find(|(_, id)| has(*id)) {
        return Some(format!(
            "`{namespace}` defines it: write `{namespace}.{name}`"
        ));
    }
    let (namespace, _) = cx.scopes.namespaces().find(|(_, id)| has(*id))?;
    let import = import_line(namespace);
    Some(format!(
        "`{namespace}` defines it: {import} and write `{namespace}.{name}`"
    ))
}

fn near_in_imports(
    cx: &Context<'_>,
    at: NamespaceId,
    home: NamespaceId,
    name: &str,
    wanted: Wanted,
) -> Option<String> {
    let imported = cx.scopes.imported(at).into_iter();
    imported
        .filter(|(_, id)| *id != home)
        .find_map(|(namespace, id)| {
            let near = cx.similar(name, names(cx, id, wanted))?;
            Some(format!("did you mean `{namespace}.{near}`?"))
        })
}

fn names<'c>(
    cx: &'c Context<'_>,
    at: NamespaceId,
    wanted: Wanted,
) -> impl Iterator<Item = &'c str> {
    let all = cx.scopes.names(at);
    all.filter(move |(_, symbol)| wanted.accepts(*symbol))
        .map(|(name, _)| name)
}
