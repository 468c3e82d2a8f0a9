//! A declaration of theirs in our words.
//!
//! In: their syntax tree, our descriptions and examples. Out: Stone. Types that are written inside of others are printed
//! beside them, and fields of patches where they belong.

use std::collections::{BTreeMap, HashMap};

use stone_parser::ast::{
    Annotation, AnnotationUse, BareValue, Field, InlineType, Item, Route, Struct, TypeRef, Union,
};
use stone_parser::source::{SourceMap, Span};

use super::examples::examples;
use super::texts::{Key, Texts, fields, namespace};
use super::{NEUTRAL, Review, Spec};

/// A declaration, wherever it is written.
#[derive(Clone, Copy)]
enum Found<'a> {
    Item(&'a Item),
    Struct(&'a Struct),
    Union(&'a Union),
}

/// Prints declarations of theirs.
pub struct Printer<'a> {
    sources: &'a SourceMap,
    texts: &'a Texts<'a>,
    found: HashMap<Key, Found<'a>>,
    patches: BTreeMap<Key, Vec<&'a Field>>,
}

/// A declaration while it is printed.
struct Page<'a> {
    key: &'a Key,
    lines: Vec<String>,
    undescribed: Vec<String>,
}

impl<'a> Printer<'a> {
    /// Finds all their declarations.
    pub fn new(theirs: &'a Spec<'_>, texts: &'a Texts<'a>) -> Self {
        let mut printer = Self {
            sources: theirs.side.sources,
            texts,
            found: HashMap::new(),
            patches: BTreeMap::new(),
        };
        for file in &theirs.files {
            let namespace = namespace(file);
            for item in &file.items {
                let Some(key) = Key::of(&namespace, item) else {
                    continue;
                };
                match item {
                    Item::Patch(it) => printer.patches.entry(key).or_default().extend(&it.fields),
                    _ => drop(printer.found.insert(key, Found::Item(item))),
                }
                printer.inlines(&namespace, fields(item));
            }
        }
        printer
    }

    fn inlines(&mut self, namespace: &str, fields: &'a [Field]) {
        let mut pending = vec![fields];
        while let Some(fields) = pending.pop() {
            for inline in fields.iter().filter_map(|field| field.inline.as_deref()) {
                let (name, found, inner) = match inline {
                    InlineType::Struct(it) => (&it.name, Found::Struct(it), &it.fields),
                    InlineType::Union(it) => (&it.name, Found::Union(it), &it.tags),
                };
                self.found
                    .insert(Key::definition(namespace, &name.text), found);
                pending.push(inner);
            }
        }
    }

    /// The declaration without a line break at its end; nothing if there is none.
    pub fn print(&self, key: &Key, review: &mut Vec<Review>) -> String {
        let Some(found) = self.found.get(key) else {
            return String::new();
        };
        let mut page = Page {
            key,
            lines: Vec::new(),
            undescribed: Vec::new(),
        };
        match *found {
            Found::Struct(it) | Found::Item(Item::Struct(it)) => {
                self.structure(&mut page, it, review)
            }
            Found::Union(it) | Found::Item(Item::Union(it)) => self.union(&mut page, it, review),
            Found::Item(Item::Route(it)) => self.route(&mut page, it),
            Found::Item(Item::Annotation(it)) => self.annotation(&mut page, it),
            Found::Item(Item::Alias(it)) => {
                page.line(0, format!("alias {} = {}", it.name.text, self.ty(&it.ty)));
                self.uses(&mut page, 1, &it.annotations);
                self.doc(&mut page, 1, None);
            }
            Found::Item(Item::AnnotationType(it)) => {
                page.line(0, format!("annotation_type {}", it.name.text));
                self.doc(&mut page, 1, None);
                it.params
                    .iter()
                    .for_each(|param| self.field(&mut page, param));
            }
            Found::Item(_) => {}
        }
        if page.lines.len() == 1 && matches!(found, Found::Struct(_) | Found::Item(Item::Struct(_)))
        {
            // Something has to stand below the name.
            page.undescribed.push(String::new());
            page.lines.extend(quoted(NEUTRAL, 1));
        }
        if !page.undescribed.is_empty() {
            review.push(Review::Undescribed(key.to_string(), page.undescribed));
        }
        page.lines.join("\n")
    }

    fn slice(&self, span: Span) -> String {
        one_line(self.sources.slice(span))
    }

    fn ty(&self, ty: &TypeRef) -> String {
        self.slice(ty.span)
    }

    fn value(&self, value: &BareValue) -> String {
        self.slice(value.span())
    }

    fn parent(&self, parent: &Option<TypeRef>) -> String {
        let extends = parent
            .as_ref()
            .map(|ty| format!(" extends {}", self.ty(ty)));
        extends.unwrap_or_default()
    }

    fn structure(&self, page: &mut Page<'_>, it: &Struct, review: &mut Vec<Review>) {
        page.line(
            0,
            format!("struct {}{}", it.name.text, self.parent(&it.extends)),
        );
        self.doc(page, 1, None);
        if let Some(subtypes) = &it.subtypes {
            page.line(
                1,
                if subtypes.closed {
                    "union_closed"
                } else {
                    "union"
                },
            );
            for tag in &subtypes.tags {
                page.line(2, format!("{} {}", tag.tag.text, self.ty(&tag.ty)));
            }
        }
        self.fields(page, &it.fields);
        page.lines.extend(examples(self.texts, page.key, review));
    }

    fn union(&self, page: &mut Page<'_>, it: &Union, review: &mut Vec<Review>) {
        let word = if it.closed { "union_closed" } else { "union" };
        page.line(
            0,
            format!("{word} {}{}", it.name.text, self.parent(&it.extends)),
        );
        self.doc(page, 1, None);
        self.fields(page, &it.tags);
        page.lines.extend(examples(self.texts, page.key, review));
    }

    fn fields(&self, page: &mut Page<'_>, own: &[Field]) {
        let patched = self.patches.get(page.key).into_iter().flatten().copied();
        own.iter()
            .chain(patched)
            .for_each(|field| self.field(page, field));
    }

    fn field(&self, page: &mut Page<'_>, field: &Field) {
        let ty = field.ty.as_ref().map(|ty| format!(" {}", self.ty(ty)));
        let default = field
            .default
            .as_ref()
            .map(|it| format!(" = {}", self.value(it)));
        let name = &field.name.text;
        page.line(
            1,
            format!(
                "{name}{}{}",
                ty.unwrap_or_default(),
                default.unwrap_or_default()
            ),
        );
        self.uses(page, 2, &field.annotations);
        self.doc(page, 2, Some(name));
    }

    fn uses(&self, page: &mut Page<'_>, depth: usize, uses: &[AnnotationUse]) {
        for it in uses {
            page.line(depth, self.slice(it.span));
        }
    }

    fn annotation(&self, page: &mut Page<'_>, it: &Annotation) {
        let args = it
            .args
            .as_ref()
            .map(|args| self.slice(args.span))
            .unwrap_or_default();
        page.line(
            0,
            format!(
                "annotation {} = {}{args}",
                it.name.text,
                self.slice(it.ty.span())
            ),
        );
    }

    fn route(&self, page: &mut Page<'_>, it: &Route) {
        let types = [&it.arg, &it.result, &it.error]
            .map(|ty| self.ty(ty))
            .join(", ");
        let by = it
            .deprecated
            .as_ref()
            .map(|it| format!(" {}", self.slice(it.span)));
        page.line(
            0,
            format!("route {}({types}){}", page.key.name, by.unwrap_or_default()),
        );
        self.doc(page, 1, None);
        if !it.attrs.is_empty() {
            page.line(1, "attrs");
            for attr in &it.attrs {
                page.line(
                    2,
                    format!("{} = {}", attr.name.text, self.value(&attr.value)),
                );
            }
        }
    }

    /// What we say of it; what is new does not go without a word.
    fn doc(&self, page: &mut Page<'_>, depth: usize, member: Option<&str>) {
        let doc = self.texts.doc(page.key, member);
        let has_to = !self.texts.knows(page.key, member);
        if doc.is_none() && has_to {
            page.undescribed.push(member.unwrap_or_default().to_owned());
        }
        if let Some(doc) = doc.or(has_to.then_some(NEUTRAL)) {
            page.lines.extend(quoted(doc, depth));
        }
    }
}

impl Page<'_> {
    fn line(&mut self, depth: usize, text: impl AsRef<str>) {
        self.lines
            .push(format!("{}{}", "    ".repeat(depth), text.as_ref()));
    }
}

/// A docstring.
pub fn quoted(text: &str, depth: usize) -> Vec<String> {
    let indent = "    ".repeat(depth);
    let escaped = text.trim_end().replace('\\', "\\\\").replace('"', "\\\"");
    let whole = format!("\"{escaped}\"");
    let line = |line: &str| match line.trim().is_empty() {
        true => String::new(),
        false => format!("{indent}{line}"),
    };
    whole.lines().map(line).collect()
}

/// What is written over several lines, in one.
fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
