//! Imports that files need.
//!
//! In: texts of files. Out: the same with imports added that types and annotations name, and without those that nothing
//! names any more.

use std::collections::{BTreeMap, BTreeSet};

use stone_parser::ast::{Annotation, AnnotationUse, Arg, Args, Field, InlineType, Item, TypeRef};
use stone_parser::diagnostic::Diagnostics;

use super::sources;
use super::texts::{fields, namespace};

/// Mends the imports of all files.
pub fn add(files: &mut BTreeMap<String, String>) {
    let all = sources(files);
    let parsed = stone_parser::parse(&all, &mut Diagnostics::default());
    let known: BTreeSet<_> = parsed.iter().map(namespace).collect();
    for file in parsed {
        let own = namespace(&file);
        let mut used = Used::default();
        file.items.iter().for_each(|item| used.item(item));
        used.0.remove(&own);
        let text = &all[file.id].text;
        let imports: Vec<_> = file
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Import(it) => Some((it.name.text.clone(), it.span)),
                _ => None,
            })
            .collect();
        let missing: Vec<_> = used
            .0
            .iter()
            .filter(|name| imports.iter().all(|(have, _)| have != *name))
            .collect();
        let stale = |name: &String| !known.contains(name) || !text.contains(&format!("{name}."));
        if missing.is_empty() && !imports.iter().any(|(name, _)| stale(name)) {
            continue;
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let line_of = |offset: u32| all[file.id].position(offset as usize).line as usize;
        for (_, span) in imports.iter().filter(|(name, _)| stale(name)).rev() {
            lines.remove(line_of(span.start) - 1);
        }
        let head = imports.iter().find(|(name, _)| !stale(name));
        let at = head.map_or_else(|| end_of_head(&lines), |(_, span)| line_of(span.start) - 1);
        let added: Vec<_> = missing
            .iter()
            .map(|name| format!("import {name}"))
            .collect();
        if head.is_none() && !added.is_empty() {
            lines.insert(at, String::new());
        }
        let at = if head.is_none() {
            (at + 1).min(lines.len())
        } else {
            at
        };
        lines.splice(at..at, added);
        let path = all[file.id].path.clone();
        files.insert(path, super::tidy(&lines.join("\n")));
    }
}

/// The line behind the namespace and what is said of it.
fn end_of_head(lines: &[String]) -> usize {
    let start = lines
        .iter()
        .position(|line| line.starts_with("namespace "))
        .map_or(0, |at| at + 1);
    let below = lines.iter().skip(start);
    start + below.take_while(|line| line.starts_with(' ')).count()
}

/// Namespaces that are named.
#[derive(Default)]
struct Used(BTreeSet<String>);

impl Used {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Alias(it) => {
                self.ty(&it.ty);
                self.uses(&it.annotations);
            }
            Item::Annotation(Annotation { ty, .. }) => {
                self.0.extend(ty.namespace.iter().map(|it| it.text.clone()));
            }
            Item::Struct(it) => {
                it.extends.iter().for_each(|ty| self.ty(ty));
                let tags = it.subtypes.iter().flat_map(|it| &it.tags);
                tags.for_each(|tag| self.ty(&tag.ty));
            }
            Item::Union(it) => it.extends.iter().for_each(|ty| self.ty(ty)),
            Item::Route(it) => [&it.arg, &it.result, &it.error]
                .into_iter()
                .for_each(|ty| self.ty(ty)),
            _ => {}
        }
        let mut pending = vec![fields(item)];
        while let Some(fields) = pending.pop() {
            for field in fields {
                self.field(field);
                pending.extend(field.inline.as_deref().map(|inline| match inline {
                    InlineType::Struct(it) => &it.fields[..],
                    InlineType::Union(it) => &it.tags[..],
                }));
            }
        }
    }

    fn field(&mut self, field: &Field) {
        field.ty.iter().for_each(|ty| self.ty(ty));
        self.uses(&field.annotations);
    }

    fn uses(&mut self, uses: &[AnnotationUse]) {
        let names = uses.iter().filter_map(|it| it.path.namespace.as_ref());
        self.0.extend(names.map(|it| it.text.clone()));
    }

    fn ty(&mut self, ty: &TypeRef) {
        let mut pending = vec![ty];
        while let Some(ty) = pending.pop() {
            self.0
                .extend(ty.path.namespace.iter().map(|it| it.text.clone()));
            pending.extend(ty.args.iter().flat_map(inner));
        }
    }
}

fn inner(args: &Args) -> impl Iterator<Item = &TypeRef> {
    let keyword = args.keyword.iter().map(|it| &it.value);
    args.positional
        .iter()
        .chain(keyword)
        .filter_map(|arg| match arg {
            Arg::Type(ty) => Some(ty),
            Arg::Literal(_) => None,
        })
}
