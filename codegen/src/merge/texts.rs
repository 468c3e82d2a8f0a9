//! Names of declarations, and what our spec says about them.
//!
//! In: the syntax trees of both specs. Out: keys, and descriptions and examples by key.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use stone_parser::ast::{self, Example, Field, InlineType, Item};

use super::Spec;
use crate::diff::Changes;

/// The name of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Namespace.
    pub namespace: String,
    /// Name; of a route with its version.
    pub name: String,
    /// Whether it is a route: these have names of their own.
    pub is_route: bool,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_route { '/' } else { '.' };
        write!(f, "{}{sign}{}", self.namespace, self.name)
    }
}

impl Key {
    /// The key of a struct, union, alias or annotation.
    pub fn definition(namespace: &str, name: &str) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
            is_route: false,
        }
    }

    /// The key of a route.
    pub fn route(namespace: &str, name: &str, version: u64) -> Self {
        let name = match version {
            1 => name.to_owned(),
            _ => format!("{name}:{version}"),
        };
        Self {
            namespace: namespace.into(),
            name,
            is_route: true,
        }
    }

    /// The key of an item; a patch has that of its target.
    pub fn of(namespace: &str, item: &Item) -> Option<Self> {
        let name = match item {
            Item::Namespace(_) | Item::Import(_) => return None,
            Item::Route(it) => {
                return Some(Self::route(namespace, &it.name.name.text, it.name.version));
            }
            Item::Alias(it) => &it.name,
            Item::AnnotationType(it) => &it.name,
            Item::Annotation(it) => &it.name,
            Item::Struct(it) => &it.name,
            Item::Union(it) => &it.name,
            Item::Patch(it) => &it.name,
        };
        Some(Self::definition(namespace, &name.text))
    }
}

/// The namespace of a file.
pub fn namespace(file: &ast::File) -> String {
    let name = file.items.iter().find_map(|item| match item {
        Item::Namespace(it) => Some(it.name.text.clone()),
        _ => None,
    });
    name.unwrap_or_default()
}

/// An item and the types that are written inside of it.
pub fn group(namespace: &str, item: &Item) -> Vec<Key> {
    let mut keys: Vec<_> = Key::of(namespace, item).into_iter().collect();
    let mut pending: Vec<&[Field]> = vec![fields(item)];
    while let Some(fields) = pending.pop() {
        for inline in fields.iter().filter_map(|field| field.inline.as_deref()) {
            let (name, inner) = match inline {
                InlineType::Struct(it) => (&it.name, &it.fields),
                InlineType::Union(it) => (&it.name, &it.tags),
            };
            keys.push(Key::definition(namespace, &name.text));
            pending.push(inner);
        }
    }
    keys
}

/// The fields, tags or parameters of an item.
pub fn fields(item: &Item) -> &[Field] {
    match item {
        Item::Struct(it) => &it.fields,
        Item::Union(it) => &it.tags,
        Item::AnnotationType(it) => &it.params,
        Item::Patch(it) => &it.fields,
        _ => &[],
    }
}

/// An example as we wrote it.
#[derive(Debug, Clone)]
pub struct OwnExample {
    /// Its label.
    pub label: String,
    /// Its text.
    pub text: Option<String>,
    /// Names of fields and the lines that set them.
    pub fields: Vec<(String, String)>,
}

/// Descriptions and examples by the names that things have in the merged spec.
pub struct Texts<'a> {
    /// Their meaning, by which examples are completed.
    pub theirs: &'a stone_parser::ir::Api,
    docs: HashMap<(Key, Option<String>), String>,
    /// What we have, described or not.
    known: HashSet<(Key, Option<String>)>,
    examples: BTreeMap<Key, Vec<OwnExample>>,
}

impl<'a> Texts<'a> {
    /// Collects ours; theirs fill in what we do not have if `with_docs`.
    pub fn new(ours: &Spec<'_>, theirs: &Spec<'a>, changes: &Changes, with_docs: bool) -> Self {
        let mut texts = Self {
            theirs: theirs.side.api,
            docs: HashMap::new(),
            known: HashSet::new(),
            examples: BTreeMap::new(),
        };
        if with_docs {
            texts.collect(theirs, &|key| Some(key.clone()), &|_, name| name.to_owned());
        }
        texts.collect(ours, &|key| changes.renamed(key), &|key, name| {
            changes.member(key, name)
        });
        texts
    }

    fn collect(
        &mut self,
        spec: &Spec<'_>,
        renamed: &dyn Fn(&Key) -> Option<Key>,
        member: &dyn Fn(&Key, &str) -> String,
    ) {
        for file in &spec.files {
            let namespace = namespace(file);
            for item in &file.items {
                let Some(key) = Key::of(&namespace, item).and_then(|key| renamed(&key)) else {
                    continue;
                };
                let doc = match item {
                    Item::Alias(it) => &it.doc,
                    Item::AnnotationType(it) => &it.doc,
                    Item::Struct(it) => &it.doc,
                    Item::Union(it) => &it.doc,
                    Item::Route(it) => &it.doc,
                    _ => &None,
                };
                let examples: &[Example] = match item {
                    Item::Struct(it) => &it.examples,
                    Item::Union(it) => &it.examples,
                    _ => &[],
                };
                self.definition(spec, &key, doc, fields(item), examples, member);
                self.inlines(spec, &namespace, fields(item), renamed, member);
            }
        }
    }

    fn inlines(
        &mut self,
        spec: &Spec<'_>,
        namespace: &str,
        fields: &[Field],
        renamed: &dyn Fn(&Key) -> Option<Key>,
        member: &dyn Fn(&Key, &str) -> String,
    ) {
        let mut pending = vec![fields];
        while let Some(fields) = pending.pop() {
            for inline in fields.iter().filter_map(|field| field.inline.as_deref()) {
                let (name, doc, inner, examples) = match inline {
                    InlineType::Struct(it) => (&it.name, &it.doc, &it.fields, &it.examples),
                    InlineType::Union(it) => (&it.name, &it.doc, &it.tags, &it.examples),
                };
                if let Some(key) = renamed(&Key::definition(namespace, &name.text)) {
                    self.definition(spec, &key, doc, inner, examples, member);
                }
                pending.push(inner);
            }
        }
    }

    fn definition(
        &mut self,
        spec: &Spec<'_>,
        key: &Key,
        doc: &Option<ast::Doc>,
        fields: &[Field],
        examples: &[Example],
        member: &dyn Fn(&Key, &str) -> String,
    ) {
        self.known.insert((key.clone(), None));
        if let Some(doc) = doc {
            self.docs.insert((key.clone(), None), doc.text.clone());
        }
        for field in fields {
            let name = (key.clone(), Some(member(key, &field.name.text)));
            self.known.insert(name.clone());
            if let Some(doc) = &field.doc {
                self.docs.insert(name, doc.text.clone());
            }
        }
        let slice = |span| spec.side.sources.slice(span).to_owned();
        let own = examples.iter().map(|it| OwnExample {
            label: it.label.text.clone(),
            text: it.text.as_ref().map(|doc| doc.text.clone()),
            fields: it
                .fields
                .iter()
                .map(|field| {
                    let value = slice(field.value.span());
                    let name = member(key, &field.name.text);
                    (name.clone(), format!("{name} = {value}"))
                })
                .collect(),
        });
        let own: Vec<_> = own.collect();
        if !own.is_empty() {
            self.examples.insert(key.clone(), own);
        }
    }

    /// What is said of a definition, or of one of its members.
    pub fn doc(&self, key: &Key, member: Option<&str>) -> Option<&str> {
        let member = member.map(str::to_owned);
        self.docs.get(&(key.clone(), member)).map(String::as_str)
    }

    /// Whether somebody has decided what to say of it.
    pub fn knows(&self, key: &Key, member: Option<&str>) -> bool {
        self.known
            .contains(&(key.clone(), member.map(str::to_owned)))
    }

    /// The examples of a definition.
    pub fn examples(&self, key: &Key) -> &[OwnExample] {
        self.examples.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether a definition has an example of this label.
    pub fn has_example(&self, key: &Key, label: &str) -> bool {
        self.examples(key)
            .iter()
            .any(|example| example.label == label)
    }
}
