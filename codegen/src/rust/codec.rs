//! Tables and codecs: what a user never reads.
//!
//! In: the model. Out: the text of `codec.rs`. There, `w` is the runtime's module `wire`. These files are more than
//! half of all that is generated, and so regular that they are written as text: through tokens, a parser and a
//! formatter they would take longer than everything else together.

use super::file::HEADER;
use super::model::{
    Class, Openness, Payload, RustAlias, RustField, RustStruct, RustUnion, RustVariant, TextStruct,
    Types,
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
        .map(|it| format!("{}{}", it.name, generics(it)));
    let unions = types
        .unions
        .iter()
        .filter(|it| wanted(it.in_argument))
        .map(|it| it.name.to_string());
    structs.chain(unions).collect()
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
    let fields = &it.fields;
    let (generics, number) = match it.is_family() {
        true => (generics(it), "<N>"),
        false => ("", ""),
    };
    let blanks = fields
        .iter()
        .map(|RustField { name, blank, .. }| format!("        {name}: {blank},\n"));
    let (tables, table) = tables(it);
    format!(
        r#"
{tables}
impl{generics} w::Blank for {name}{number} {{
    const BLANK: Self = Self {{
{blanks}    }};
}}

impl{generics} w::Wire for {name}{number} {{
{inline}    fn encode(&self, out: &mut w::Encoder<'_>) {{
        out.{entry}({table}{shared})
    }}

{inline}    fn decode(&mut self, inp: &mut w::Decoder<'_>) {{
        inp.{entry}({table}{unique})
    }}
}}
"#,
        name = it.name,
        blanks = blanks.collect::<String>(),
        inline = inline(it.is_inline),
        entry = entry(fields),
        shared = slices(fields, "&"),
        unique = slices(fields, "&mut "),
    )
}

/// The parameter of a struct that stands for several types.
fn generics(it: &RustStruct) -> &'static str {
    if it.is_family() {
        "<const N: usize>"
    } else {
        ""
    }
}

/// The table of a struct or the tables of a family, and how methods refer to their own. A number that no type has is an
/// error when a program is compiled.
fn tables(it: &RustStruct) -> (String, String) {
    let RustStruct { name, table, .. } = it;
    if !it.is_family() {
        let value = table_of(&name.to_string(), &it.fields);
        let text = format!("static {table}: w::StructMeta = {value};\n");
        return (text, format!("&{table}"));
    }
    let count = it.members.len();
    let members = it.members.iter();
    let values = members.map(|member| table_of(&member.name.to_string(), &it.fields));
    let values: String = values.map(|value| format!("    {value},\n")).collect();
    let text = format!(
        "static {table}: [w::StructMeta; {count}] = [
{values}];

impl<const N: usize> {name}<N> {{
    const META: &'static w::StructMeta = &{table}[N];
}}
"
    );
    (text, "Self::META".to_owned())
}

fn table_of(name: &str, fields: &[RustField]) -> String {
    let keys: Vec<_> = fields
        .iter()
        .map(|field| format!("{:?}", format!("\"{}\":", field.spec_name)))
        .collect();
    let kinds: Vec<u8> = fields.iter().map(|field| field.kind).collect();
    let defaults = fields.iter().map(|field| field.default.as_ref());
    let rules = fields.iter().map(|field| field.rule.as_ref());
    format!(
        r#"w::StructMeta::new("{name}", &[{keys}], b"{kinds}{slots}"){defaults}{rules}"#,
        keys = list(&keys, 1),
        kinds = String::from_utf8_lossy(&kinds),
        slots = slots(fields),
        defaults = with("defaults", defaults),
        rules = with("rules", rules),
    )
}

/// The line above a method that others may have to compile.
fn inline(is_inline: bool) -> &'static str {
    if is_inline { "    #[inline]\n" } else { "" }
}

const CLASSES: [(Class, &str); 3] = [
    (Class::Text, "texts"),
    (Class::OptionalText, "options"),
    (Class::Other, "others"),
];

/// What takes fields of just these classes: slices that are empty would cost the compiler as much as others.
fn entry(fields: &[RustField]) -> String {
    let occurs = |class| fields.iter().any(|field| field.class == class);
    let names: Vec<_> = CLASSES
        .into_iter()
        .filter(|(class, _)| occurs(*class))
        .map(|(_, name)| name)
        .collect();
    match names.len() {
        0 => "nothing".to_owned(),
        3 => "object".to_owned(),
        _ => names.join("_"),
    }
}

/// The fields, split by class.
fn slices(fields: &[RustField], borrow: &str) -> String {
    let slice = |(class, _)| {
        let fields = fields.iter().filter(|field| field.class == class);
        let places: Vec<_> = fields
            .map(|field| format!("{borrow}self.{}", field.name))
            .collect();
        (!places.is_empty()).then(|| format!(", {borrow}[{}]", list(&places, 3)))
    };
    CLASSES.into_iter().filter_map(slice).collect()
}

/// The place of each field among those of its class, as the inside of a byte string.
fn slots(fields: &[RustField]) -> String {
    let mut next = [0_u8; 3];
    let take = |field: &RustField| {
        let slot = &mut next[field.class as usize];
        *slot += 1;
        format!("\\x{:02x}", *slot - 1)
    };
    fields.iter().map(take).collect()
}

fn union(it: &RustUnion) -> String {
    let RustUnion {
        name, table, blank, ..
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
static {table}: w::UnionMeta = w::UnionMeta::new("{name}", &[{tags}], b"{kinds}"){open}{root}{rules};

impl w::Blank for {name} {{
    const BLANK: Self = {blank};
}}

impl w::Wire for {name} {{
{inline}    fn encode(&self, out: &mut w::Encoder<'_>) {{
{encode}
    }}

{inline}    fn decode(&mut self, inp: &mut w::Decoder<'_>) {{
{decode}
    }}
}}
"#,
        tags = list(&tags, 1),
        kinds = String::from_utf8_lossy(&kinds),
        open = if matches!(it.openness, Openness::Closed) {
            ""
        } else {
            ".open()"
        },
        root = if it.accessors.is_some() {
            ".root()"
        } else {
            ""
        },
        rules = with("rules", sorted.iter().map(|variant| variant.rule.as_ref())),
        inline = match it.hub {
            true => "    #[inline(never)]\n",
            false => inline(it.is_inline),
        },
        encode = encode(it),
        decode = decode(it),
    ) + &discard(it)
}

/// What drops a hub, once for all users.
fn discard(it: &RustUnion) -> String {
    if !it.hub || it.is_plain() {
        return String::new();
    }
    format!(
        "
impl w::Hub for {} {{
    #[inline(never)]
    fn discard(self) {{}}
}}
",
        it.name
    )
}

/// Unions without any payload spare the compiler a reference in each arm, and those whose payloads are all one string
/// a table of functions.
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
    let (head, pattern, payload) = if it.is_plain() {
        ("", "number: u16", "&()")
    } else if it.text.is_some() {
        ("", "(number, payload): (u16, w::OneText<'_>)", "&payload")
    } else if it.variants.iter().all(|variant| variant.payload.is_some()) {
        ("", "(number, payload): (u16, &dyn w::Wire)", "payload")
    } else {
        let void = "        let void: &dyn w::Wire = &();\n";
        (void, "(number, payload): (u16, &dyn w::Wire)", "payload")
    };
    let mut arms: String = it
        .variants
        .iter()
        .map(|variant| encode_arm(it, variant))
        .collect();
    arms.extend(
        unknown.map(|unknown| format!("            Self::Other(x) => return {unknown},\n")),
    );
    format!(
        "{head}        let {pattern} = match self {{\n{arms}        }};
        out.variant(&{table}, number, {payload})"
    )
}

fn encode_arm(it: &RustUnion, variant: &RustVariant) -> String {
    let RustVariant {
        name,
        number,
        payload,
        ..
    } = variant;
    let text = payload
        .as_ref()
        .and_then(|payload| payload.text.as_ref())
        .filter(|_| it.text.is_some());
    let value = match (payload, text) {
        (_, Some(TextStruct { table, field })) => {
            format!("(x) => ({number}, w::OneText::new(&{table}, &x.{field}))")
        }
        (Some(_), None) => format!("(x) => ({number}, x)"),
        (None, None) if it.is_plain() => format!(" => {number}"),
        (None, None) => format!(" => ({number}, void)"),
    };
    format!("            Self::{name}{value},\n")
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
    let arms: String = it.variants.iter().map(blank_arm).collect();
    let payload = decode_payload(it).unwrap_or_default();
    format!(
        "        *self = match inp.variant(&{table}) {{\n{arms}            _ => {other},\n        }};{payload}"
    )
}

/// The variant of a number with a blank payload, which a constant is.
fn blank_arm(variant: &RustVariant) -> String {
    let RustVariant { name, number, .. } = variant;
    let payload = match &variant.payload {
        None => "",
        Some(Payload { boxed: false, .. }) => "(w::Blank::BLANK)",
        Some(Payload { boxed: true, .. }) => "(w::Blank::fresh())",
    };
    format!("            {number} => Self::{name}{payload},\n")
}

/// Fills the payload in its place: one call for all variants, whose payloads none has to be moved or dropped.
fn decode_payload(it: &RustUnion) -> Option<String> {
    let mut payloads = it
        .variants
        .iter()
        .filter_map(|variant| Some((&variant.name, variant.payload.as_ref()?)))
        .peekable();
    let text = it.text.as_ref().zip(payloads.peek()?.1.text.as_ref());
    let (ty, place, payload) = match text {
        // All payloads read like the first one.
        Some((field, TextStruct { table, .. })) => (
            "::std::string::String",
            format!("&mut x.{field}"),
            format!("&mut w::OneTextMut::new(&{table}, payload)"),
        ),
        None => ("dyn w::Wire", "x".into(), "payload".into()),
    };
    let mut arms: String = payloads
        .map(|(name, _)| format!("            Self::{name}(x) => {place},\n"))
        .collect();
    let all = it.variants.iter().all(|variant| variant.payload.is_some());
    if !all || !matches!(it.openness, Openness::Closed) {
        arms.push_str("            _ => return,\n");
    }
    Some(format!(
        "
        let payload: &mut {ty} = match self {{\n{arms}        }};
        inp.payload({payload})"
    ))
}

/// What few tables have: pairs of number and entry where there is one.
fn with<'a>(method: &str, entries: impl Iterator<Item = Option<&'a String>>) -> String {
    let numbered = entries
        .enumerate()
        .filter_map(|(number, entry)| Some((number, entry?)));
    let entries: Vec<_> = numbered
        .map(|(number, entry)| format!("({number}, {entry})"))
        .collect();
    if entries.is_empty() {
        return String::new();
    }
    format!("\n    .{method}(&[{}])", list(&entries, 2))
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
