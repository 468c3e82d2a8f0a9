//! Structs that differ in nothing but their names.
//!
//! In: the spec with its names and plan. Out: families. A family is one struct with a number as parameter, and its members
//! are aliases of it, each with a number of its own. To the compiler a member is a type like any other, but what all of
//! them implement is checked once: the audit log has 631 structs of one `description`.

use std::collections::{BTreeMap, BTreeSet};

use stone_parser::ir::{Api, Field, FieldAnnotations, NamespaceId, StringType, StructId, Type};

use super::names::{Names, camel};
use super::plan::{self, Plan};
use crate::facts::Facts;

/// From so many structs on a family pays.
const FEWEST: usize = 16;

/// Structs alike.
pub struct Family {
    /// Name of the struct that stands for all.
    pub name: String,
    /// The structs, by number.
    pub members: Vec<StructId>,
}

/// All families, and who belongs to which.
#[derive(Default)]
pub struct Families {
    all: Vec<Family>,
    of: BTreeMap<StructId, (usize, usize)>,
}

/// What members of a family have in common: namespace, and the one field that they have, if any, with its docs.
type Shape<'a> = (NamespaceId, Option<(&'a str, &'a str)>);

impl Families {
    /// Finds the families of a spec.
    pub fn new(api: &Api, facts: &Facts, plan: &Plan, names: &mut Names) -> Self {
        let parents: BTreeSet<_> = api.structs.iter().filter_map(|it| it.extends).collect();
        let mut shapes: BTreeMap<Shape<'_>, Vec<StructId>> = BTreeMap::new();
        for id in api.namespaces.iter().flat_map(|it| &it.structs) {
            let is_free = !parents.contains(id) && !plan.in_argument(*id) && !plan.is_argument(*id);
            if let (true, Some(shape)) = (is_free, shape(api, facts, *id)) {
                shapes.entry(shape).or_default().push(*id);
            }
        }
        let mut families = Self::default();
        for ((namespace, field), members) in shapes {
            if members.len() >= FEWEST {
                let name = match field {
                    Some((field, _)) => format!("Only{}", camel(field)),
                    None => "Empty".to_owned(),
                };
                families.add(names.claim_type(namespace, name), members);
            }
        }
        families
    }

    fn add(&mut self, name: String, members: Vec<StructId>) {
        let family = self.all.len();
        let numbered = members.iter().enumerate();
        self.of
            .extend(numbered.map(|(number, id)| (*id, (family, number))));
        self.all.push(Family { name, members });
    }

    /// The family of a struct and its number there.
    pub fn of(&self, id: StructId) -> Option<(&Family, usize)> {
        let (family, number) = self.of.get(&id)?;
        Some((self.all.get(*family)?, *number))
    }
}

/// The shape of a struct, if it has no more than a string that is always there.
fn shape<'a>(api: &'a Api, facts: &Facts, id: StructId) -> Option<Shape<'a>> {
    let it = &api[id];
    if it.extends.is_some() || it.subtypes.is_some() {
        return None;
    }
    let is_secret = |field: &Field| facts.secret_fields.contains(&(id, field.name.clone()));
    let mut fields = plan::fields(api, id).map(|(_, field)| field);
    let field = match (fields.next(), fields.next()) {
        (None, _) => None,
        (Some(only), None) if is_plain(only) && !is_secret(only) => {
            let docs = only.doc.as_ref().map_or("", |doc| &doc.text);
            Some((only.name.as_str(), docs))
        }
        _ => return None,
    };
    Some((it.namespace, field))
}

fn is_plain(field: &Field) -> bool {
    let is_text = field.ty == Type::String(StringType::default());
    is_text && field.required && field.annotations == FieldAnnotations::default()
}
