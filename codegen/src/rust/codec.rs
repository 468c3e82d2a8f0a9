//! Tables and codecs: what a user never reads.
//!
//! In: the model. Out: the text of `codec.rs`. There, `w` is the runtime's module `wire`. These files are more than
//! half of all that is generated, and so regular that they are written as text: through tokens, a parser and a
//! formatter they would take longer than everything else together.

use super::file::HEADER;
use super::model::{
    Class, Openness, Payload, RustAlias, RustField, RustStruct, RustUnion, RustVariant, Types,
};

/// Lines are filled up to this column.
const WIDTH: usize = 100;

/// The whole file.
pub fn codec(types: &Types) -> String {
    let mut out = format!("{HEADER}use super::types::*;\nuse crate::runtime::wire as w;\n");
    out.extend(types.aliases.iter().filter_map(rule));
    out.extend(types.structs.iter().map(structure));
    out.extend(types.unions.iter().map(union));
    out.push_str(&macro_call("wire_traits", &names(types, |_| true)));
    out.push_str(&macro_call(
        "validate_methods",
        &names(types, |in_argument| in_argument),
    ));
    out
}

fn names(types: &Types, wanted: fn(bool) -> bool) -> Vec<String> {
    let structs = types
        .structs
        .iter()
        .filter(|it| wanted(it.in_argument))
        .map(|it| &it.name);
    let unions = types
        .unions
        .iter()
        .filter(|it| wanted(it.in_argument))
        .map(|it| &it.name);
    structs.chain(unions).map(ToString::to_string).collect()
}

fn macro_call(name: &str, types: &[String]) -> String {
    if types.is_empty() {
        return String::new();
    }
    format!("\ncrate::runtime::{name}!({});\n", list(types, 1))
}

fn rule(alias: &RustAlias) -> Option<String> {
    let (name, rule) = alias.rule.as_ref()?;
    Some(format!("\npub(crate) static {name}: w::Rule = {rule};\n"))
}

fn structure(it: &RustStruct) -> String {
    let RustStruct {
        name,
        table,
        spec_name,
        fields,
        ..
    } = it;
    let keys: Vec<_> = fields
        .iter()
        .map(|field| format!("{:?}", format!("\"{}\":", field.spec_name)))
        .collect();
    let kinds: Vec<u8> = fields.iter().map(|field| field.kind).collect();
    let blanks = fields
        .iter()
        .map(|RustField { name, blank, .. }| format!("        {name}: {blank},\n"));
    let slices = |borrow: &str| {
        let slice = |class| {
            let fields = fields.iter().filter(|field| field.class == class);
            let places: Vec<_> = fields
                .map(|field| format!("{borrow}self.{}", field.name))
                .collect();
            format!("{borrow}[{}]", list(&places, 3))
        };
        [Class::Text, Class::OptionalText, Class::Other]
            .map(slice)
            .join(", ")
    };
    format!(
        r#"
static {table}: w::StructMeta = w::StructMeta {{
    name: "{spec_name}",
    keys: &[{keys}],
    kinds: b"{kinds}",
    slots: &{slots:?},
    defaults: &[{defaults}],
    rules: &[{rules}],
}};

impl w::Blank for {name} {{
    const BLANK: Self = Self {{
{blanks}    }};
}}

impl w::Wire for {name} {{
    #[inline]
    fn encode(&self, out: &mut w::Encoder<'_>) {{
        out.object(&{table}, {shared})
    }}

    #[inline]
    fn decode(&mut self, inp: &mut w::Decoder<'_>) {{
        inp.object(&{table}, {unique})
    }}
}}
"#,
        keys = list(&keys, 2),
        kinds = String::from_utf8_lossy(&kinds),
        slots = slots(fields),
        defaults = entries(fields.iter().map(|field| field.default.as_ref())),
        rules = entries(fields.iter().map(|field| field.rule.as_ref())),
        blanks = blanks.collect::<String>(),
        shared = slices("&"),
        unique = slices("&mut "),
    )
}

/// The place of each field among those of its class.
fn slots(fields: &[RustField]) -> Vec<u8> {
    let mut next = [0; 3];
    let take = |field: &RustField| {
        let slot = &mut next[field.class as usize];
        *slot += 1;
        *slot - 1
    };
    fields.iter().map(take).collect()
}

fn union(it: &RustUnion) -> String {
    let RustUnion {
        name,
        table,
        spec_name,
        blank,
        ..
    } = it;
    let mut sorted: Vec<&RustVariant> = it.variants.iter().collect();
    sorted.sort_by_key(|variant| variant.number);
    let tags: Vec<_> = sorted
        .iter()
        .map(|variant| format!("{:?}", variant.tag))
        .collect();
    let kinds: Vec<u8> = sorted.iter().map(|variant| variant.kind).collect();
    format!(
        r#"
static {table}: w::UnionMeta = w::UnionMeta {{
    name: "{spec_name}",
    tags: &[{tags}],
    kinds: b"{kinds}",
    open: {open},
    root: {root},
    rules: &[{rules}],
}};

impl w::Blank for {name} {{
    const BLANK: Self = {blank};
}}

impl w::Wire for {name} {{
    {inline}
    fn encode(&self, out: &mut w::Encoder<'_>) {{
{encode}
    }}

    {inline}
    fn decode(&mut self, inp: &mut w::Decoder<'_>) {{
{decode}
    }}
}}
"#,
        tags = list(&tags, 2),
        kinds = String::from_utf8_lossy(&kinds),
        open = !matches!(it.openness, Openness::Closed),
        root = it.accessors.is_some(),
        rules = entries(sorted.iter().map(|variant| variant.rule.as_ref())),
        inline = if it.hub {
            "#[inline(never)]"
        } else {
            "#[inline]"
        },
        encode = encode(it),
        decode = decode(it),
    )
}

/// Unions without any payload spare the compiler a reference in each arm.
fn encode(it: &RustUnion) -> String {
    let table = &it.table;
    let unknown = match &it.openness {
        Openness::Closed => None,
        Openness::Open => Some("x"),
        Openness::OpenRoot(..) => Some("&x.unknown"),
    };
    let unknown = unknown.map(|unknown| format!("out.unknown({unknown})"));
    if it.variants.is_empty() {
        let other = unknown.unwrap_or_default();
        return format!(
            "        match self {{\n            Self::Other(x) => {other},\n        }}"
        );
    }
    let plain = it.is_plain();
    let mut arms: String = it
        .variants
        .iter()
        .map(|variant| encode_arm(variant, plain))
        .collect();
    arms.extend(
        unknown.map(|unknown| format!("            Self::Other(x) => return {unknown},\n")),
    );
    let (pattern, payload) = if plain {
        ("number: u16", "&()")
    } else {
        ("(number, payload): (u16, &dyn w::Wire)", "payload")
    };
    format!(
        "        let {pattern} = match self {{\n{arms}        }};\n        out.variant(&{table}, number, {payload})"
    )
}

fn encode_arm(variant: &RustVariant, plain: bool) -> String {
    let RustVariant {
        name,
        number,
        payload,
        ..
    } = variant;
    match payload {
        Some(_) => format!("            Self::{name}(x) => ({number}, x),\n"),
        None if plain => format!("            Self::{name} => {number},\n"),
        None => format!("            Self::{name} => ({number}, &()),\n"),
    }
}

fn decode(it: &RustUnion) -> String {
    let table = &it.table;
    let other = match &it.openness {
        Openness::Closed => "return".into(),
        Openness::Open => "Self::Other(inp.unknown())".into(),
        Openness::OpenRoot(base, unknown) => format!(
            "{{
                let mut base = <{base} as w::Blank>::BLANK;
                let unknown = inp.unknown_with_base(&mut base);
                Self::Other({unknown} {{ base, unknown }})
            }}"
        ),
    };
    if it.variants.is_empty() {
        return format!("        inp.variant(&{table});\n        *self = {other};");
    }
    let arms: String = it.variants.iter().map(decode_arm).collect();
    format!(
        "        *self = match inp.variant(&{table}) {{\n{arms}            _ => {other},\n        }};"
    )
}

fn decode_arm(
    RustVariant {
        name,
        number,
        payload,
        ..
    }: &RustVariant,
) -> String {
    let value = match payload {
        None => "",
        Some(Payload { boxed: false, .. }) => "(inp.payload())",
        Some(Payload { boxed: true, .. }) => "(::std::boxed::Box::new(inp.payload()))",
    };
    format!("            {number} => Self::{name}{value},\n")
}

/// Pairs of number and entry where there is one.
fn entries<'a>(entries: impl Iterator<Item = Option<&'a String>>) -> String {
    let numbered = entries
        .enumerate()
        .filter_map(|(number, entry)| Some((number, entry?)));
    let entries: Vec<_> = numbered
        .map(|(number, entry)| format!("({number}, {entry})"))
        .collect();
    list(&entries, 2)
}

/// Items separated by commas: behind each other if they are few, else filling lines of their own.
fn list(items: &[String], depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let total: usize = items.iter().map(|item| item.len() + 2).sum();
    if total + indent.len() < WIDTH - 24 {
        return items.join(", ");
    }
    let mut out = String::with_capacity(total + total / 8);
    let mut column = WIDTH;
    for item in items {
        if column + item.len() + 2 > WIDTH {
            out.push('\n');
            out.push_str(&indent);
            column = indent.len();
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(item);
        out.push(',');
        column += item.len() + 1;
    }
    out.push('\n');
    out.push_str("    ".repeat(depth.saturating_sub(1)).as_str());
    out
}
