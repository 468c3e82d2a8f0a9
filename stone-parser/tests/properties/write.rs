//! Writes a model as Stone, and says what its IR must hold.
//!
//! In: a [`Spec`] of `model`. Out: the text of each file, untidy in lawful ways, and a line for each fact.

use std::fmt::Write as _;

use crate::model::{Definition, Kind, Member, Namespace, Spec, Tag, Type};

/// What a spec says: its files, and one line for each type, field, tag, alias and route, such as `n0.S1.f0 n0.A3?`.
#[derive(Debug, Default)]
pub struct Written {
    pub files: Vec<(String, String)>,
    pub facts: Vec<String>,
}

/// A file for each namespace; with `reversed`, files and definitions come in the opposite order.
pub fn write(spec: &Spec, reversed: bool) -> Written {
    let mut written = Written::default();
    for (number, namespace) in spec.namespaces.iter().enumerate() {
        let writer = Writer {
            spec,
            number,
            namespace,
        };
        let mut blocks: Vec<String> = (0..namespace.definitions.len())
            .map(|at| writer.definition(at, &mut written.facts))
            .collect();
        if reversed {
            blocks.reverse();
        }
        let text = writer.head() + &blocks.concat();
        written.files.push((format!("n{number}.stone"), text));
    }
    if reversed {
        written.files.reverse();
    }
    written.facts.sort();
    written
}

struct Writer<'a> {
    spec: &'a Spec,
    number: usize,
    namespace: &'a Namespace,
}

impl Writer<'_> {
    fn head(&self) -> String {
        let mut text = format!(
            "namespace n{}\n{}",
            self.number,
            docstring(self.namespace.doc.as_deref(), 1)
        );
        for earlier in 0..self.number {
            let _ = writeln!(text, "import n{earlier}");
        }
        text
    }

    fn definition(&self, at: usize, facts: &mut Vec<String>) -> String {
        let Definition { kind, doc, noise } = &self.namespace.definitions[at];
        let doc = docstring(doc.as_deref(), 1);
        let body = match kind {
            Kind::Struct {
                fields, example, ..
            } => self.structure(at, fields, *example, &doc, facts),
            Kind::Union { closed, tags, .. } => self.union(at, *closed, tags, &doc, facts),
            Kind::Alias(target) => {
                let target = self.ty(without_nullable(target), at);
                facts.push(format!(
                    "n{}.A{at} = {}",
                    self.number,
                    self.qualified(&target)
                ));
                format!("alias A{at} = {target}\n{doc}")
            }
            Kind::Route {
                types,
                version,
                deprecated,
            } => {
                let types = types
                    .each_ref()
                    .map(|ty| ty.as_ref().map_or("Void".to_owned(), |ty| self.ty(ty, at)));
                let end = if *deprecated { " deprecated" } else { "" };
                let signature = types.each_ref().map(|ty| self.qualified(ty)).join(", ");
                facts.push(format!(
                    "n{}.r/{at}:{version}({signature}){end}",
                    self.number
                ));
                format!(
                    "route r/{at}:{version}({}){end}\n{doc}",
                    types.join(",\n    ")
                )
            }
        };
        surround(&body, *noise)
    }

    fn structure(
        &self,
        at: usize,
        fields: &[Member],
        example: bool,
        doc: &str,
        facts: &mut Vec<String>,
    ) -> String {
        let parent = self.parent(self.number, at);
        let mut text = format!("struct S{at}{}\n{doc}", self.extends(parent, 'S'));
        facts.push(format!(
            "n{}.S{at}{}",
            self.number,
            self.qualified(&self.extends(parent, 'S'))
        ));
        for (index, field) in fields.iter().enumerate() {
            let name = field_name(self.number, at, index);
            let ty = self.ty(&field.ty, at);
            let default = default(field).map_or(String::new(), |value| format!(" = {value}"));
            let _ = write!(
                text,
                "    {name} {ty}{default}\n{}",
                docstring(field.doc.as_deref(), 2)
            );
            facts.push(format!(
                "n{}.S{at}.{name} {}",
                self.number,
                self.qualified(&ty)
            ));
        }
        match self.example(self.number, at) {
            Some(values) if example => {
                let _ = writeln!(text, "\n    example one");
                values
                    .iter()
                    .for_each(|line| _ = writeln!(text, "        {line}"));
            }
            _ if fields.is_empty() && doc.is_empty() => text += "    \"\"\n",
            _ => {}
        }
        text
    }

    fn union(
        &self,
        at: usize,
        closed: bool,
        tags: &[Tag],
        doc: &str,
        facts: &mut Vec<String>,
    ) -> String {
        let parent = self.parent(self.number, at);
        let word = if closed { "union_closed" } else { "union" };
        facts.push(format!(
            "{word} n{}.U{at}{}",
            self.number,
            self.qualified(&self.extends(parent, 'U'))
        ));
        let mut text = format!("{word} U{at}{}\n{doc}", self.extends(parent, 'U'));
        for (index, tag) in tags.iter().enumerate() {
            let name = field_name(self.number, at, index);
            let payload = tag
                .payload
                .as_ref()
                .map_or(String::new(), |ty| format!(" {}", self.ty(ty, at)));
            let _ = write!(
                text,
                "    {name}{payload}\n{}",
                docstring(tag.doc.as_deref(), 2)
            );
            let fact = if payload.is_empty() {
                " Void".to_owned()
            } else {
                self.qualified(&payload)
            };
            facts.push(format!("n{}.U{at}.{name}{fact}", self.number));
        }
        if tags.is_empty() && doc.is_empty() {
            text += "    \"\"\n";
        }
        text
    }

    fn extends(&self, parent: Option<(usize, usize)>, letter: char) -> String {
        parent.map_or(String::new(), |(number, at)| {
            format!(" extends {}", self.name(number, letter, at))
        })
    }

    /// The parent of a definition: an earlier one of its kind. A closed union has only closed ancestors.
    fn parent(&self, number: usize, at: usize) -> Option<(usize, usize)> {
        let child = &self.spec.namespaces[number].definitions[at].kind;
        let fits = |kind: &Kind| match (child, kind) {
            (Kind::Struct { .. }, Kind::Struct { .. }) => true,
            (Kind::Union { closed, .. }, Kind::Union { closed: above, .. }) => *above || !*closed,
            _ => false,
        };
        let (Kind::Struct {
            parent: Some(index),
            ..
        }
        | Kind::Union {
            parent: Some(index),
            ..
        }) = child
        else {
            return None;
        };
        let earlier = self
            .definitions()
            .filter(|(n, a, kind)| (*n, *a) < (number, at) && fits(kind));
        let found: Vec<_> = earlier.map(|(number, at, _)| (number, at)).collect();
        (!found.is_empty()).then(|| *index.get(&found))
    }

    fn definitions(&self) -> impl Iterator<Item = (usize, usize, &Kind)> {
        self.spec
            .namespaces
            .iter()
            .enumerate()
            .flat_map(|(number, namespace)| {
                namespace
                    .definitions
                    .iter()
                    .enumerate()
                    .map(move |(at, definition)| (number, at, &definition.kind))
            })
    }

    /// A type as it is written in the definition `at`.
    fn ty(&self, ty: &Type, at: usize) -> String {
        match ty {
            Type::Primitive(primitive) => primitive.text.to_owned(),
            Type::List(item) => format!("List({})", self.ty(item, at)),
            Type::Map(value) => format!("Map(String, {})", self.ty(value, at)),
            Type::Nullable(inner) => format!("{}?", self.ty(inner, at)),
            Type::User(index) => {
                let visible = self.definitions().filter_map(|(number, other, kind)| {
                    let letter = match kind {
                        Kind::Struct { .. } => 'S',
                        Kind::Union { .. } => 'U',
                        Kind::Alias(_) if (number, other) < (self.number, at) => 'A',
                        _ => return None,
                    };
                    (number <= self.number).then(|| self.name(number, letter, other))
                });
                let names: Vec<String> = visible.collect();
                if names.is_empty() {
                    "Boolean".to_owned()
                } else {
                    index.get(&names).clone()
                }
            }
        }
    }

    fn name(&self, number: usize, letter: char, at: usize) -> String {
        let prefix = if number == self.number {
            String::new()
        } else {
            format!("n{number}.")
        };
        format!("{prefix}{letter}{at}")
    }

    /// The text with the namespace before each name that has none.
    fn qualified(&self, text: &str) -> String {
        let mut out = String::new();
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            let begins = matches!(c, 'S' | 'U' | 'A') && matches!(previous, ' ' | '(');
            if begins && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
                let _ = write!(out, "n{}.", self.number);
            }
            out.push(c);
            previous = c;
        }
        out
    }

    /// The lines of an example of a struct, unless that needs an example of another type.
    fn example(&self, number: usize, at: usize) -> Option<Vec<String>> {
        let mut lines = Vec::new();
        let mut next = Some((number, at));
        while let Some((number, at)) = next {
            let Kind::Struct { fields, .. } = &self.spec.namespaces[number].definitions[at].kind
            else {
                break;
            };
            for (index, field) in fields.iter().enumerate() {
                let name = field_name(number, at, index);
                match value(&field.ty, false) {
                    Some(value) => lines.push(format!("{name} = {value}")),
                    None if default(field).is_some() => {}
                    None => return None,
                }
            }
            next = self.parent(number, at);
        }
        (!lines.is_empty()).then_some(lines)
    }
}

fn field_name(number: usize, at: usize, index: usize) -> String {
    format!("f{number}_{at}_{index}")
}

fn default(field: &Member) -> Option<&'static str> {
    match &field.ty {
        Type::Primitive(primitive) if field.default => Some(primitive.values[0]),
        _ => None,
    }
}

/// A value of a type in an example; lists hold no maps.
fn value(ty: &Type, in_list: bool) -> Option<String> {
    match ty {
        Type::Primitive(primitive) => Some(primitive.values[1].to_owned()),
        Type::Nullable(_) => Some("null".to_owned()),
        Type::List(item) => value(item, true).map(|item| format!("[{item}, {item}]")),
        Type::Map(_) if in_list => None,
        Type::Map(inner) => {
            value(inner, false).map(|value| format!("{{\"a\": {value}, \"b\" : {value}}}"))
        }
        Type::User(_) => None,
    }
}

/// Aliases of nullable types are left out: whether `?` may follow them would depend on the target.
fn without_nullable(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

fn docstring(doc: Option<&str>, level: usize) -> String {
    let indent = "    ".repeat(level);
    doc.map_or(String::new(), |doc| {
        format!(
            "{indent}\"{}\"\n",
            doc.replace('\n', &format!("\n{indent}"))
        )
    })
}

fn surround(body: &str, noise: u8) -> String {
    let before = ["", "\n", "\n\n\n", "# before\n", "\n# a\n\n  # b\n"][usize::from(noise % 5)];
    let after = ["", "\n    # after\n", "# after\n", "   \n"][usize::from(noise % 4)];
    let body = if noise.is_multiple_of(3) {
        body.replacen('\n', " # beside\n", usize::from(!body.starts_with("route")))
    } else {
        body.to_owned()
    };
    format!("{before}{body}{after}")
}
