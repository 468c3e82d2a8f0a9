//! The tables that generated code writes, one per type: data without bodies.

use super::scan::same;

/// What a struct looks like on the wire.
#[derive(Debug)]
pub struct StructMeta {
    /// The Rust name of the type.
    pub name: &'static str,
    /// Keys in declared order, ancestors first, with their quotes and colon: `"path":`.
    pub keys: &'static [&'static str],
    /// The kinds of all fields, then their slots: one slice, as each costs every program a relocation.
    ///
    /// The kind is a letter. `S` is a required string, `s` a defaulted one, `O` an optional one; `X`, `x` and `Y` are the
    /// same for secrets. `D` is a required value of any other type, `d` a defaulted and `o` an optional one. The slot is
    /// the index in the slice of its class: strings, optional strings, or others.
    pub places: &'static [u8],
    /// Defaults by field index, ascending.
    pub defaults: &'static [(u8, DefaultValue)],
    /// Constraints by field index, ascending.
    pub rules: &'static [(u8, &'static Rule)],
    /// One bit for each field that something has to be done about if it is not there: required ones, and strings with
    /// a default, which no blank holds.
    pub(super) missed: u128,
}

/// What a union or a set of enumerated subtypes looks like on the wire.
#[derive(Debug)]
pub struct UnionMeta {
    /// The Rust name of the type.
    pub name: &'static str,
    /// Tags sorted by length, then by bytes. The index is the variant number.
    pub tags: &'static [&'static str],
    /// One letter per tag: `v` void, `f` a struct flattened beside the tag, `k` a value under the tag's own key;
    /// `F` and `K` are the same for payloads that may be null, `x` and `X` are `k` and `K` for secrets.
    pub kinds: &'static [u8],
    /// Whether unknown tags are kept, as variant number `tags.len()`.
    pub open: bool,
    /// Whether the type enumerates subtypes of a struct, so that a bare string cannot stand for a value.
    pub root: bool,
    /// Constraints of payloads by variant number, ascending.
    pub rules: &'static [(u16, &'static Rule)],
}

/// The default of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DefaultValue {
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Str(&'static str),
    /// A void tag of a union.
    Tag(&'static str),
}

/// Constraints of one value; all limits are inclusive.
#[derive(Debug)]
pub struct Rule {
    /// The least number of code points.
    pub min_length: u32,
    /// The greatest number of code points.
    pub max_length: u32,
    /// A regular expression for `regex-lite`, anchored at both ends.
    pub pattern: Option<&'static str>,
    /// What begins with one of these and has no line break is known to match the pattern.
    pub starts: &'static [&'static str],
    /// The least number.
    pub min: Option<Bound>,
    /// The greatest number.
    pub max: Option<Bound>,
    /// The least number of items.
    pub min_items: u32,
    /// The greatest number of items.
    pub max_items: u32,
    /// Constraints of list items and map values.
    pub item: Option<&'static Rule>,
    /// Constraints of map keys.
    pub key: Option<&'static Rule>,
}

/// A limit of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// For signed integers.
    Int(i64),
    /// For unsigned integers.
    Uint(u64),
    /// For floating-point numbers.
    Float(f64),
}

impl Rule {
    /// No constraint at all.
    pub const NONE: Self = Self {
        min_length: 0,
        max_length: u32::MAX,
        pattern: None,
        starts: &[],
        min: None,
        max: None,
        min_items: 0,
        max_items: u32::MAX,
        item: None,
        key: None,
    };
}

impl StructMeta {
    /// The table of a struct without defaults and constraints. Most are so, and a call costs the compiler less than all
    /// fields of a literal.
    pub const fn new(
        name: &'static str,
        keys: &'static [&'static str],
        places: &'static [u8],
    ) -> Self {
        Self {
            name,
            keys,
            places,
            defaults: &[],
            rules: &[],
            missed: missed(places, keys.len()),
        }
    }

    /// The same table with defaults.
    pub const fn defaults(self, defaults: &'static [(u8, DefaultValue)]) -> Self {
        Self { defaults, ..self }
    }

    /// The same table with constraints.
    pub const fn rules(self, rules: &'static [(u8, &'static Rule)]) -> Self {
        Self { rules, ..self }
    }

    /// The kind letter of a field and its index in the slice of its class.
    #[inline]
    pub(super) fn place(&self, index: usize) -> (u8, usize) {
        let halves = self.places.split_at_checked(self.keys.len());
        let (kinds, slots) = halves.unwrap_or_default();
        match (kinds.get(index), slots.get(index)) {
            (Some(&kind), Some(&slot)) => (kind, usize::from(slot)),
            _ => (0, 0),
        }
    }

    /// The plain name of a field, as it is on the wire.
    pub(super) fn field_name(&self, index: usize) -> &'static str {
        let key = self.keys.get(index).copied().unwrap_or_default();
        key.get(1..key.len().saturating_sub(2)).unwrap_or_default()
    }

    /// The default of a field.
    pub(super) fn default_of(&self, index: usize) -> Option<&'static DefaultValue> {
        for (field, default) in self.defaults {
            if usize::from(*field) == index {
                return Some(default);
            }
        }
        None
    }
}

/// The bits of the fields whose kinds stand at the beginning of `places`.
const fn missed(mut places: &[u8], fields: usize) -> u128 {
    let (mut bits, mut index) = (0, 0);
    while let [kind, rest @ ..] = places
        && index < fields
    {
        if matches!(kind, b'S' | b'X' | b'D' | b's' | b'x') {
            bits |= 1 << (index % 128);
        }
        (places, index) = (rest, index + 1);
    }
    bits
}

impl UnionMeta {
    /// The table of a closed union without constraints.
    pub const fn new(
        name: &'static str,
        tags: &'static [&'static str],
        kinds: &'static [u8],
    ) -> Self {
        Self {
            name,
            tags,
            kinds,
            open: false,
            root: false,
            rules: &[],
        }
    }

    /// The same table of an open union.
    pub const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// The same table of enumerated subtypes.
    pub const fn root(self) -> Self {
        Self { root: true, ..self }
    }

    /// The same table with constraints.
    pub const fn rules(self, rules: &'static [(u16, &'static Rule)]) -> Self {
        Self { rules, ..self }
    }

    /// The variant number of a tag.
    pub(super) fn find(&self, tag: &str) -> Option<u16> {
        let mut index = self.tags.partition_point(|known| known.len() < tag.len());
        while let Some(known) = self.tags.get(index)
            && known.len() == tag.len()
        {
            if same(known.as_bytes(), tag.as_bytes()) {
                return u16::try_from(index).ok();
            }
            index += 1;
        }
        None
    }

    /// The tag of a variant number; empty for the catch-all.
    pub(super) fn tag(&self, index: u16) -> &'static str {
        self.tags
            .get(usize::from(index))
            .copied()
            .unwrap_or_default()
    }

    /// The kind letter of a variant number, that of a plain payload for a secret one; 0 for the catch-all.
    pub(super) fn kind(&self, index: u16) -> u8 {
        match self.kinds.get(usize::from(index)) {
            Some(b'x') => b'k',
            Some(b'X') => b'K',
            Some(kind) => *kind,
            None => 0,
        }
    }

    /// Whether the payload of a variant must not be shown.
    pub(super) fn is_secret(&self, index: u16) -> bool {
        matches!(self.kinds.get(usize::from(index)), Some(b'x' | b'X'))
    }

    /// The variant number of the catch-all.
    pub(super) fn catch_all(&self) -> u16 {
        u16::try_from(self.tags.len()).unwrap_or(u16::MAX)
    }
}
