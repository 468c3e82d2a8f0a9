//! The examples that a spec declares.

use stone_parser::ir::{Api, Example, StructId, Type, UnionId};

/// The declared examples with the qualified names of their types.
pub fn examples(api: &Api) -> Vec<(String, Type, &Example)> {
    let structs = api.structs.iter().enumerate().flat_map(|(index, item)| {
        let name = api.qualified(item.namespace, &item.name);
        let ty = Type::Struct(StructId(index as u32));
        item.examples
            .iter()
            .map(move |example| (name.clone(), ty.clone(), example))
    });
    let unions = api.unions.iter().enumerate().flat_map(|(index, item)| {
        let name = api.qualified(item.namespace, &item.name);
        let ty = Type::Union(UnionId(index as u32));
        item.examples
            .iter()
            .map(move |example| (name.clone(), ty.clone(), example))
    });
    structs.chain(unions).collect()
}
