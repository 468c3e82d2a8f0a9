//! Errors from their tags: `path/not_found` becomes the whole value of a route's error type.

use std::fmt;

use serde_json::{Map, Value};
use stone_parser::ir::{Field, StructId, Tag, Type, UnionId};

use super::Maker;
use crate::errors::tag;

/// A path of tags that leads nowhere in an error type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagError {
    /// The tag.
    pub tag: String,
    /// Those that there are.
    pub known: Vec<String>,
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known.as_slice() {
            [] => write!(f, "there are no tags, so none called {:?}", self.tag),
            known => write!(
                f,
                "there is no tag {:?}; there are {}",
                self.tag,
                known.join(", ")
            ),
        }
    }
}

impl std::error::Error for TagError {}

impl Maker {
    /// The value of the type whose summary begins with these tags. What they do not say is an example.
    pub fn error(&mut self, ty: &Type, path: &str) -> Result<Value, TagError> {
        let tags: Vec<&str> = path.split('/').filter(|tag| !tag.is_empty()).collect();
        self.at(ty, &tags)
    }

    fn at(&mut self, ty: &Type, tags: &[&str]) -> Result<Value, TagError> {
        let api = self.api.clone();
        match (tags, api.strip(ty).0) {
            ([], _) => Ok(self.value(ty)),
            (_, Type::Union(id)) => self.union_at(*id, tags),
            (_, Type::Struct(id)) => self.struct_at(*id, tags).map(Value::Object),
            ([tag, ..], _) => Err(TagError {
                tag: (*tag).to_owned(),
                known: Vec::new(),
            }),
        }
    }

    fn union_at(&mut self, id: UnionId, tags: &[&str]) -> Result<Value, TagError> {
        let api = self.api.clone();
        let (name, rest) = tags
            .split_first()
            .map_or(("", tags), |(name, rest)| (*name, rest));
        if name == "other" && rest.is_empty() && api[id].catch_all.is_some() {
            return Ok(tag(name));
        }
        let visible = |tag: &&Tag| tag.annotations.omitted.is_none();
        let Some(found) = api
            .all_tags(id)
            .filter(visible)
            .find(|tag| tag.name == name)
        else {
            return Err(TagError {
                tag: name.to_owned(),
                known: api
                    .all_tags(id)
                    .filter(visible)
                    .map(|tag| tag.name.clone())
                    .collect(),
            });
        };
        if rest.is_empty() {
            return Ok(self.tagged(found, 0));
        }
        let mut object = Map::new();
        match api.strip(&found.ty).0 {
            Type::Struct(id) if api[*id].subtypes.is_none() => {
                object = self.struct_at(*id, rest)?
            }
            inner => {
                object.insert(name.to_owned(), self.at(inner, rest)?);
            }
        }
        object.insert(".tag".to_owned(), name.into());
        Ok(Value::Object(object))
    }

    /// A struct's example whose first field that has such tags is replaced.
    fn struct_at(&mut self, id: StructId, tags: &[&str]) -> Result<Map<String, Value>, TagError> {
        let api = self.api.clone();
        let mut object = match self.value(&Type::Struct(id)) {
            Value::Object(object) => object,
            _ => Map::new(),
        };
        let mut known = Vec::new();
        let is_union = |field: &&Field| matches!(api.strip(&field.ty).0, Type::Union(_));
        for field in api.all_fields(id).filter(is_union) {
            match self.at(&field.ty, tags) {
                Ok(value) => {
                    object.insert(field.name.clone(), value);
                    return Ok(object);
                }
                Err(error) => known.extend(error.known),
            }
        }
        Err(TagError {
            tag: tags.first().copied().unwrap_or_default().to_owned(),
            known,
        })
    }
}
