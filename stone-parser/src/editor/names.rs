//! Which names exist, and what they lead to.
//!
//! In: the ASTs of all files, mistakes included. Out: [`Names`], which finds what a written name means. It follows
//! nothing but names: unlike `lower`, it is content with a spec that makes no sense yet.

use std::collections::{HashMap, HashSet};

use super::Symbol;
use crate::ast::{self, Arg, Example, Field, InlineType, Item, Path, TypeRef};

/// All names of a spec.
#[derive(Default)]
pub(super) struct Names<'a> {
    namespaces: HashSet<&'a str>,
    definitions: Vec<Definition<'a>>,
    /// Where they are in the list, by namespace and name.
    numbers: HashMap<(&'a str, &'a str), usize>,
    routes: HashSet<(&'a str, &'a str, u64)>,
}

/// A type, an annotation or an annotation type, with what patches add to it.
#[derive(Default)]
pub(super) struct Definition<'a> {
    namespace: &'a str,
    name: &'a str,
    /// What an alias stands for.
    target: Option<&'a TypeRef>,
    parent: Option<&'a TypeRef>,
    /// Fields, tags, type tags and parameters with their types.
    members: HashMap<&'a str, Option<&'a TypeRef>>,
    labels: HashSet<&'a str>,
}

/// A type as written in some namespace.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub namespace: &'a str,
    pub ty: &'a TypeRef,
}

/// The namespace that a file declares; empty if it declares none.
pub(super) fn namespace(file: &ast::File) -> &str {
    let mut names = file.items.iter().filter_map(|item| match item {
        Item::Namespace(namespace) => Some(namespace.name.text.as_str()),
        _ => None,
    });
    names.next().unwrap_or_default()
}

impl<'a> Names<'a> {
    pub fn new(files: &'a [ast::File]) -> Self {
        let mut names = Self::default();
        for file in files {
            let namespace = namespace(file);
            names.namespaces.insert(namespace);
            file.items
                .iter()
                .for_each(|item| names.item(namespace, item));
        }
        names
    }

    fn item(&mut self, at: &'a str, item: &'a Item) {
        match item {
            Item::Namespace(_) | Item::Import(_) => {}
            Item::Alias(ast) => {
                self.define(at, &ast.name.text).target = Some(&ast.ty);
            }
            Item::AnnotationType(ast) => self.members(at, &ast.name.text, &ast.params),
            Item::Annotation(ast) => {
                self.define(at, &ast.name.text);
            }
            Item::Struct(ast) => self.structure(at, ast),
            Item::Union(ast) => self.union(at, ast),
            Item::Patch(ast) => self.members(at, &ast.name.text, &ast.fields),
            Item::Route(ast) => {
                self.routes
                    .insert((at, &ast.name.name.text, ast.name.version));
            }
        }
    }

    fn define(&mut self, namespace: &'a str, name: &'a str) -> &mut Definition<'a> {
        let next = self.definitions.len();
        let number = *self.numbers.entry((namespace, name)).or_insert(next);
        if number == next {
            self.definitions.push(Definition {
                namespace,
                name,
                ..Definition::default()
            });
        }
        &mut self.definitions[number]
    }

    fn structure(&mut self, at: &'a str, ast: &'a ast::Struct) {
        let tags = ast.subtypes.iter().flat_map(|subtypes| &subtypes.tags);
        let tags = tags.map(|tag| (tag.tag.text.as_str(), Some(&tag.ty)));
        self.define(at, &ast.name.text).members.extend(tags);
        self.body(at, &ast.name.text, ast.extends.as_ref(), &ast.examples);
        self.members(at, &ast.name.text, &ast.fields);
    }

    fn union(&mut self, at: &'a str, ast: &'a ast::Union) {
        self.body(at, &ast.name.text, ast.extends.as_ref(), &ast.examples);
        self.members(at, &ast.name.text, &ast.tags);
    }

    fn body(
        &mut self,
        at: &'a str,
        name: &'a str,
        parent: Option<&'a TypeRef>,
        examples: &'a [Example],
    ) {
        let definition = self.define(at, name);
        definition.parent = parent;
        let labels = examples.iter().map(|example| example.label.text.as_str());
        definition.labels.extend(labels);
    }

    fn members(&mut self, at: &'a str, name: &'a str, fields: &'a [Field]) {
        let definition = self.define(at, name);
        let members = fields
            .iter()
            .map(|field| (field.name.text.as_str(), field.ty.as_ref()));
        definition.members.extend(members);
        for field in fields {
            match field.inline.as_deref() {
                Some(InlineType::Struct(ast)) => self.structure(at, ast),
                Some(InlineType::Union(ast)) => self.union(at, ast),
                None => {}
            }
        }
    }

    pub fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.contains(name)
    }

    /// What `name` or `prefix.name` means in a namespace. It need not be imported.
    pub fn definition(
        &self,
        at: &str,
        prefix: Option<&str>,
        name: &str,
    ) -> Option<&Definition<'a>> {
        let number = self.numbers.get(&(prefix.unwrap_or(at), name))?;
        self.definitions.get(*number)
    }

    /// What a written path means in a namespace.
    pub fn path(&self, at: &str, path: &Path) -> Option<&Definition<'a>> {
        let prefix = path.namespace.as_ref().map(|prefix| prefix.text.as_str());
        self.definition(at, prefix, &path.name.text)
    }

    /// A version of a route.
    pub fn route(&self, at: &str, name: &str, version: u64) -> Option<Symbol> {
        let (namespace, name, version) = self.routes.get(&(at, name, version))?;
        Some(Symbol::route(namespace, name, *version))
    }

    /// A member of a definition or of its ancestors, and its type.
    pub fn member(
        &self,
        definition: &Definition<'a>,
        name: &str,
    ) -> Option<(Symbol, Option<Typed<'a>>)> {
        let parent = |child: &&Definition<'a>| self.path(child.namespace, &child.parent?.path);
        // Rings of ancestors end, too.
        let mut lineage =
            std::iter::successors(Some(definition), parent).take(self.definitions.len());
        let owner = lineage.find(|definition| definition.members.contains_key(name))?;
        let ty = owner.members.get(name).copied().flatten();
        let namespace = owner.namespace;
        let symbol = Symbol::member(namespace, owner.name, name);
        Some((symbol, ty.map(|ty| Typed { namespace, ty })))
    }

    /// What an alias stands for, unless that is a built-in type; other definitions stand for themselves.
    pub fn behind<'n>(&'n self, definition: &'n Definition<'a>) -> Option<&'n Definition<'a>> {
        match definition.target {
            Some(ty) => {
                let namespace = definition.namespace;
                self.unaliased(Typed { namespace, ty })?.ok()
            }
            None => Some(definition),
        }
    }

    /// What a word means as a value of a type: the label of an example, or a tag.
    pub fn value(&self, ty: Typed<'a>, word: &str) -> Option<Symbol> {
        let definition = self.unaliased(ty)?.ok()?;
        if definition.labels.contains(word) {
            return Some(Symbol::example(definition.namespace, definition.name, word));
        }
        self.member(definition, word).map(|(symbol, _)| symbol)
    }

    /// The type of the items of a list or of the values of a map.
    pub fn element(&self, ty: Typed<'a>) -> Option<Typed<'a>> {
        let Typed { namespace, ty } = self.unaliased(ty)?.err()?;
        match ty.args.as_ref()?.positional.last()? {
            Arg::Type(ty) => Some(Typed { namespace, ty }),
            Arg::Literal(_) => None,
        }
    }

    /// What is behind aliases: a definition, or else a built-in type. Rings of aliases have nothing behind them.
    fn unaliased(&self, mut ty: Typed<'a>) -> Option<Result<&Definition<'a>, Typed<'a>>> {
        for _ in 0..=self.definitions.len() {
            let Some(definition) = self.path(ty.namespace, &ty.ty.path) else {
                return Some(Err(ty));
            };
            let Some(target) = definition.target else {
                return Some(Ok(definition));
            };
            ty = Typed {
                namespace: definition.namespace,
                ty: target,
            };
        }
        None
    }
}

impl Definition<'_> {
    pub fn symbol(&self) -> Symbol {
        Symbol::definition(self.namespace, self.name)
    }
}
