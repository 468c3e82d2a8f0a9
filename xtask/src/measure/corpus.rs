//! Pages of the API for the codec, made from the IR by a seeded generator: same spec, same pages.
//!
//! In: the IR. Out: JSON text of a page in one of three forms. Each value follows its type; names of fields decide what
//! strings look like, and unions that matter take their tags in turn.

mod text;

use fastrand::Rng;
use stone_parser::ir::{Api, Field, IntType, StructId, Type, UnionId};

/// A page to make.
pub struct Page {
    /// Name in the names of files and figures.
    pub name: &'static str,
    /// Namespace and struct.
    ty: (&'static str, &'static str),
    /// The list in it, and how long it is.
    list: (&'static str, usize),
    /// Unions and structs with subtypes that take these tags in turn.
    turns: fn(&Api) -> Vec<Turn>,
}

/// A union or struct with subtypes under its name, and the tags that it takes in turn.
type Turn = (&'static str, Vec<String>);

/// All pages.
pub const PAGES: &[Page] = &[
    Page {
        name: "list_folder",
        ty: ("files", "ListFolderResult"),
        list: ("entries", 2000),
        turns: |_| {
            vec![(
                "Metadata",
                ["file", "file", "folder", "file", "deleted"]
                    .map(str::to_owned)
                    .to_vec(),
            )]
        },
    },
    Page {
        name: "members",
        ty: ("team", "MembersListV2Result"),
        list: ("members", 1000),
        turns: |_| Vec::new(),
    },
    Page {
        name: "events",
        ty: ("team_log", "GetTeamEventsResult"),
        list: ("events", 1000),
        turns: events,
    },
];

/// Sixty types of events, spread over all there are, each with its details.
fn events(api: &Api) -> Vec<Turn> {
    let all: Vec<_> = struct_or_union(api, "team_log", "EventType")
        .map(|id| api.all_tags(id).map(|tag| tag.name.clone()).collect())
        .unwrap_or_default();
    let types: Vec<String> = all
        .iter()
        .step_by((all.len() / 60).max(1))
        .take(60)
        .cloned()
        .collect();
    let details = types.iter().map(|name| format!("{name}_details")).collect();
    vec![("EventType", types), ("EventDetails", details)]
}

fn struct_or_union(api: &Api, namespace: &str, name: &str) -> Option<UnionId> {
    let namespace = api
        .namespaces
        .iter()
        .find(|found| found.name == namespace)?;
    namespace
        .unions
        .iter()
        .copied()
        .find(|id| api[*id].name == name)
}

/// How a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As the service does.
    Plain,
    /// With a field in each entry that nobody knows, an object with more in it.
    Unknown,
    /// With the tag at the end of every object that has one.
    TagLast,
}

impl Form {
    /// All forms with their names in names of files.
    pub const ALL: [(&'static str, Form); 3] = [
        ("plain", Form::Plain),
        ("unknown", Form::Unknown),
        ("tag_last", Form::TagLast),
    ];
}

const UNKNOWN: &str = r#""added_later":{"kind":"new","at":[{"line":1,"text":"a \"b\""},{"line":2.5,"text":null}],"ok":true}"#;

/// Deeper than this, nothing optional is written.
const DEEP: usize = 5;

impl Page {
    /// The page as JSON; `None` if the IR has no such type.
    pub fn json(&self, api: &Api, form: Form) -> Option<String> {
        let namespace = api
            .namespaces
            .iter()
            .find(|found| found.name == self.ty.0)?;
        let id = namespace
            .structs
            .iter()
            .copied()
            .find(|id| api[*id].name == self.ty.1)?;
        let mut writer = Writer {
            api,
            form,
            turns: (self.turns)(api),
            list: self.list,
            entry: 0,
            rng: Rng::with_seed(0x5EED),
            out: String::new(),
        };
        writer.object(None, |writer| writer.fields(id, 0));
        Some(writer.out)
    }
}

struct Writer<'a> {
    api: &'a Api,
    form: Form,
    turns: Vec<Turn>,
    list: (&'static str, usize),
    /// Number of the entry that is being written.
    entry: usize,
    rng: Rng,
    out: String,
}

impl Writer<'_> {
    fn value(&mut self, ty: &Type, name: &str, depth: usize) {
        let api = self.api;
        match api.unalias(ty) {
            Type::Nullable(inner) => self.value(inner, name, depth),
            Type::Boolean => {
                let value = self.rng.bool();
                self.push(value);
            }
            Type::Int(int) => self.integer(int),
            Type::Float(float) => {
                let value = float.min.unwrap_or(0.0) + f64::from(self.rng.u16(..)) / 100.0;
                self.push(value.min(float.max.unwrap_or(f64::MAX)));
            }
            Type::String(string) => {
                let text = text::string(&mut self.rng, name, string);
                self.quote(&text);
            }
            Type::Timestamp(format) => {
                let text = text::timestamp(&mut self.rng, format);
                self.quote(&text);
            }
            Type::Bytes => self.out.push_str("\"AAECAwQFBgc=\""),
            Type::List(list) => self.items(&list.item, name, depth),
            Type::Map(map) => self.object(None, |writer| {
                for key in ["first", "second"] {
                    writer.key(key);
                    writer.value(&map.value, name, depth + 1);
                }
            }),
            Type::Struct(id) => self.structure(*id, depth),
            Type::Union(id) => self.union(*id, depth),
            Type::Void | Type::Alias(_) => self.out.push_str("null"),
        }
    }

    fn integer(&mut self, int: &IntType) {
        let bound = |bound: &Option<num_bigint::BigInt>, default: i64| {
            bound
                .as_ref()
                .and_then(|bound| i64::try_from(bound).ok())
                .unwrap_or(default)
        };
        let min = bound(&int.min, 0);
        let max = bound(&int.max, 10_000_000).clamp(min, min.saturating_add(10_000_000));
        let value = self.rng.i64(min..=max);
        self.push(value);
    }

    fn items(&mut self, item: &Type, name: &str, depth: usize) {
        let entries = depth == 0 && name == self.list.0;
        let count = if entries {
            self.list.1
        } else {
            self.rng.usize(1..=2)
        };
        self.out.push('[');
        for number in 0..count {
            if number > 0 {
                self.out.push(',');
            }
            if entries {
                self.entry = number;
            }
            self.value(item, name, depth + 1);
            if entries && self.form == Form::Unknown && self.out.pop() == Some('}') {
                self.out.push(',');
                self.out.push_str(UNKNOWN);
                self.out.push('}');
            }
        }
        self.out.push(']');
    }

    fn structure(&mut self, id: StructId, depth: usize) {
        let Some(subtypes) = &self.api[id].subtypes else {
            return self.object(None, |writer| writer.fields(id, depth));
        };
        let names: Vec<_> = subtypes
            .tags
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let at = self.choose(&self.api[id].name, &names);
        if let Some((tag, subtype)) = subtypes.tags.get(at) {
            self.object(Some(tag), |writer| writer.fields(*subtype, depth));
        }
    }

    fn union(&mut self, id: UnionId, depth: usize) {
        let api = self.api;
        let mut tags: Vec<_> = api.all_tags(id).collect();
        tags.retain(|tag| tag.annotations.omitted.is_none());
        let flat: Vec<_> = tags
            .iter()
            .copied()
            .filter(|tag| tag.ty == Type::Void)
            .collect();
        if depth > DEEP && !flat.is_empty() {
            tags = flat;
        }
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        let at = self.choose(&api[id].name, &names);
        let Some(tag) = tags.get(at) else {
            return self.object(Some("other"), |_| ());
        };
        self.object(Some(&tag.name), |writer| match api.strip(&tag.ty).0 {
            Type::Void => (),
            Type::Struct(id) if api[*id].subtypes.is_none() => writer.fields(*id, depth + 1),
            payload => {
                writer.key(&tag.name);
                writer.value(payload, &tag.name, depth + 1);
            }
        });
    }

    /// Which of these tags comes next: the one whose turn it is, else any.
    fn choose(&mut self, union: &str, names: &[&str]) -> usize {
        let turn = self
            .turns
            .iter()
            .find(|(name, tags)| *name == union && !tags.is_empty());
        let due = turn.and_then(|(_, tags)| tags.get(self.entry % tags.len()));
        let due = due.and_then(|tag| names.iter().position(|name| name == tag));
        due.unwrap_or_else(|| self.rng.usize(..names.len().max(1)))
    }

    fn fields(&mut self, id: StructId, depth: usize) {
        for field in self.api.all_fields(id) {
            if self.wanted(field, depth) {
                self.key(&field.name);
                self.value(&field.ty, &field.name, depth);
            }
        }
    }

    /// Whether to write a field; of those that may be left out, three of four are written.
    fn wanted(&mut self, field: &Field, depth: usize) -> bool {
        let optional = depth <= DEEP && self.rng.u8(..4) > 0;
        field.annotations.omitted.is_none() && (field.required || optional)
    }

    /// An object with its tag at one end.
    fn object(&mut self, tag: Option<&str>, body: impl FnOnce(&mut Self)) {
        self.out.push('{');
        let last = self.form == Form::TagLast;
        if !last {
            self.tag(tag);
        }
        body(self);
        if last {
            self.tag(tag);
        }
        self.out.push('}');
    }

    fn tag(&mut self, tag: Option<&str>) {
        if let Some(tag) = tag {
            self.key(".tag");
            self.quote(tag);
        }
    }

    fn key(&mut self, name: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.quote(name);
        self.out.push(':');
    }

    fn quote(&mut self, text: &str) {
        self.out.push('"');
        self.out
            .push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
        self.out.push('"');
    }

    fn push(&mut self, value: impl std::fmt::Display) {
        self.out.push_str(&value.to_string());
    }
}

#[cfg(test)]
mod tests;
