//! Types in the dump.
//!
//! In: a type as used somewhere. Out: the object that stands for it, aliases spelled out.

use super::Dump;
use super::build::{bounds, kind};
use crate::ir::{FloatKind, IntKind, Json, StringType, Type};

/// Types that nest deeper, which takes a chain of aliases, end in `{"kind": "truncated"}`.
const MAX_DEPTH: usize = 256;

/// An alias counts for several levels: what it stands for is repeated at every use, so that long chains of aliases
/// would make the document far larger than the spec.
const ALIAS_DEPTH: usize = 8;

impl Dump<'_> {
    pub(super) fn ty(&self, ty: &Type) -> Json {
        self.nested_ty(ty, 0)
    }

    fn nested_ty(&self, ty: &Type, depth: usize) -> Json {
        if depth >= MAX_DEPTH {
            return kind("truncated", []);
        }
        match ty {
            Type::Boolean => kind("boolean", []),
            Type::Bytes => kind("bytes", []),
            Type::Void => kind("void", []),
            Type::Int(int) => kind(
                int_kind(int.kind),
                bounds(["min_value", "max_value"], [&int.min, &int.max]),
            ),
            Type::Float(float) => kind(
                float_kind(float.kind),
                bounds(["min_value", "max_value"], [&float.min, &float.max]),
            ),
            Type::String(string) => self.string(string),
            Type::Timestamp(format) => kind("timestamp", [("format", format.into())]),
            Type::List(list) => {
                let item = ("item", self.nested_ty(&list.item, depth + 1));
                let bounds = bounds(
                    ["min_items", "max_items"],
                    [&list.min_items, &list.max_items],
                );
                kind("list", [item].into_iter().chain(bounds))
            }
            Type::Map(map) => kind(
                "map",
                [
                    ("key", self.string(&map.key)),
                    ("value", self.nested_ty(&map.value, depth + 1)),
                ],
            ),
            Type::Nullable(inner) => kind("nullable", [("type", self.nested_ty(inner, depth + 1))]),
            Type::Struct(id) => kind("struct", [("name", self.struct_name(*id))]),
            Type::Union(id) => kind("union", [("name", self.union_name(*id))]),
            Type::Alias(id) => {
                let alias = &self.api[*id];
                let to = self.nested_ty(&alias.ty, depth + ALIAS_DEPTH);
                kind(
                    "alias",
                    [
                        ("name", self.name(alias.namespace, &alias.name)),
                        ("to", to),
                    ],
                )
            }
        }
    }

    fn string(&self, it: &StringType) -> Json {
        let pattern = it
            .pattern
            .as_ref()
            .map(|pattern| ("pattern", pattern.into()));
        kind(
            "string",
            bounds(
                ["min_length", "max_length"],
                [&it.min_length, &it.max_length],
            )
            .chain(pattern),
        )
    }
}

fn int_kind(kind: IntKind) -> &'static str {
    match kind {
        IntKind::Int32 => "int32",
        IntKind::Int64 => "int64",
        IntKind::UInt32 => "uint32",
        IntKind::UInt64 => "uint64",
    }
}

fn float_kind(kind: FloatKind) -> &'static str {
    match kind {
        FloatKind::Float32 => "float32",
        FloatKind::Float64 => "float64",
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::to_json;
    use crate::source::SourceMap;

    #[test]
    fn cuts_long_chains_of_aliases() {
        let chain = (0..1000).map(|i| format!("alias A{i} = A{}\n", i + 1));
        let text = format!(
            "namespace a\n\n{}alias A1000 = String\n",
            chain.collect::<String>()
        );
        let mut sources = SourceMap::new();
        sources.add("a.stone", text);
        let dump = to_json(&crate::compile(&sources).api).to_string();
        let truncated = dump.matches("\"kind\": \"truncated\"").count();
        assert_eq!(truncated, 1000 - super::MAX_DEPTH / super::ALIAS_DEPTH + 1);
    }
}
