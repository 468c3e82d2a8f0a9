//! The types of `shop.stone`, in the shape that the emitter writes.

use std::collections::BTreeMap;

use crate::runtime::wire::{
    Blank, Decoder, DefaultValue, Encoder, Rule, StructMeta, UnionMeta, Wire,
};

pub struct Coord {
    pub x: i64,
    pub y: i64,
}

static COORD: StructMeta = StructMeta {
    name: "Coord",
    keys: &["\"x\":", "\"y\":"],
    kinds: b"Dd",
    slots: b"\x00\x01",
    defaults: &[(1, DefaultValue::Int(7))],
    rules: &[],
};

impl Blank for Coord {
    const BLANK: Self = Self { x: 0, y: 7 };
}

impl Wire for Coord {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&COORD, &[], &[], &[&self.x, &self.y])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&COORD, &mut [], &mut [], &mut [&mut self.x, &mut self.y])
    }
}

pub struct Empty {}

static EMPTY: StructMeta = StructMeta {
    name: "Empty",
    keys: &[],
    kinds: b"",
    slots: b"",
    defaults: &[],
    rules: &[],
};

impl Blank for Empty {
    const BLANK: Self = Self {};
}

impl Wire for Empty {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&EMPTY, &[], &[], &[])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&EMPTY, &mut [], &mut [], &mut [])
    }
}

pub struct AllOpt {
    pub a: i64,
    pub b: Option<String>,
}

static ALL_OPT: StructMeta = StructMeta {
    name: "AllOpt",
    keys: &["\"a\":", "\"b\":"],
    kinds: b"dO",
    slots: b"\x00\x00",
    defaults: &[(0, DefaultValue::Int(1))],
    rules: &[],
};

impl Blank for AllOpt {
    const BLANK: Self = Self { a: 1, b: None };
}

impl Wire for AllOpt {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&ALL_OPT, &[], &[&self.b], &[&self.a])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&ALL_OPT, &mut [], &mut [&mut self.b], &mut [&mut self.a])
    }
}

pub struct VesselBase {
    pub name: String,
}

static VESSEL_BASE: StructMeta = StructMeta {
    name: "VesselBase",
    keys: &["\"name\":"],
    kinds: b"S",
    slots: b"\x00",
    defaults: &[],
    rules: &[],
};

impl Blank for VesselBase {
    const BLANK: Self = Self {
        name: String::new(),
    };
}

impl Wire for VesselBase {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&VESSEL_BASE, &[&self.name], &[], &[])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&VESSEL_BASE, &mut [&mut self.name], &mut [], &mut [])
    }
}

pub struct Boat {
    pub name: String,
    pub oars: i32,
}

static BOAT: StructMeta = StructMeta {
    name: "Boat",
    keys: &["\"name\":", "\"oars\":"],
    kinds: b"SD",
    slots: b"\x00\x00",
    defaults: &[],
    rules: &[],
};

impl Blank for Boat {
    const BLANK: Self = Self {
        name: String::new(),
        oars: 0,
    };
}

impl Wire for Boat {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&BOAT, &[&self.name], &[], &[&self.oars])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&BOAT, &mut [&mut self.name], &mut [], &mut [&mut self.oars])
    }
}

pub struct Raft {
    pub name: String,
}

static RAFT: StructMeta = StructMeta {
    name: "Raft",
    keys: &["\"name\":"],
    kinds: b"S",
    slots: b"\x00",
    defaults: &[],
    rules: &[],
};

impl Blank for Raft {
    const BLANK: Self = Self {
        name: String::new(),
    };
}

impl Wire for Raft {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&RAFT, &[&self.name], &[], &[])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&RAFT, &mut [&mut self.name], &mut [], &mut [])
    }
}

pub struct One {
    pub n: i32,
    pub m: Option<i32>,
}

static ONE: StructMeta = StructMeta {
    name: "One",
    keys: &["\"n\":", "\"m\":"],
    kinds: b"Do",
    slots: b"\x00\x01",
    defaults: &[],
    rules: &[],
};

impl Blank for One {
    const BLANK: Self = Self { n: 0, m: None };
}

impl Wire for One {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&ONE, &[], &[], &[&self.n, &self.m])
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(&ONE, &mut [], &mut [], &mut [&mut self.n, &mut self.m])
    }
}

pub struct S {
    pub req: String,
    pub opt: Option<String>,
    pub def_int: i64,
    pub def_u: Inner,
    pub nested: Option<Coord>,
    pub blob: Option<crate::runtime::Bytes>,
    pub time: Option<crate::runtime::Timestamp>,
    pub f: Option<f64>,
    pub l: Option<Vec<i32>>,
    pub m: Option<BTreeMap<String, Coord>>,
}

static S: StructMeta = StructMeta {
    name: "S",
    keys: &[
        "\"req\":",
        "\"opt\":",
        "\"def_int\":",
        "\"def_u\":",
        "\"nested\":",
        "\"blob\":",
        "\"time\":",
        "\"f\":",
        "\"l\":",
        "\"m\":",
    ],
    kinds: b"SOddoooooo",
    slots: b"\x00\x00\x00\x01\x02\x03\x04\x05\x06\x07",
    defaults: &[(2, DefaultValue::Int(5)), (3, DefaultValue::Tag("pos"))],
    rules: &[
        (
            0,
            &Rule {
                min_length: 1,
                ..Rule::NONE
            },
        ),
        (
            8,
            &Rule {
                max_items: 2,
                ..Rule::NONE
            },
        ),
    ],
};

impl Blank for S {
    const BLANK: Self = Self {
        req: String::new(),
        opt: None,
        def_int: 5,
        def_u: Inner::Pos,
        nested: None,
        blob: None,
        time: None,
        f: None,
        l: None,
        m: None,
    };
}

impl Wire for S {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(
            &S,
            &[&self.req],
            &[&self.opt],
            &[
                &self.def_int,
                &self.def_u,
                &self.nested,
                &self.blob,
                &self.time,
                &self.f,
                &self.l,
                &self.m,
            ],
        )
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(
            &S,
            &mut [&mut self.req],
            &mut [&mut self.opt],
            &mut [
                &mut self.def_int,
                &mut self.def_u,
                &mut self.nested,
                &mut self.blob,
                &mut self.time,
                &mut self.f,
                &mut self.l,
                &mut self.m,
            ],
        )
    }
}

pub enum Inner {
    Pos,
    Neg(i32),
    Other(crate::runtime::Unknown),
}

static INNER: UnionMeta = UnionMeta {
    name: "Inner",
    tags: &["neg", "pos"],
    kinds: b"kv",
    open: true,
    root: false,
    rules: &[],
};

impl Blank for Inner {
    const BLANK: Self = Self::Other(crate::runtime::Unknown::BLANK);
}

impl Wire for Inner {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::Pos => (1, &()),
            Self::Neg(x) => (0, x),
            Self::Other(x) => return out.unknown(x),
        };
        out.variant(&INNER, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&INNER) {
            1 => Self::Pos,
            0 => Self::Neg(inp.payload()),
            _ => Self::Other(inp.unknown()),
        };
    }
}

pub enum U {
    VoidTag,
    Num(i64),
    MaybeNum(Option<i64>),
    Coord(Coord),
    MaybeCoord(Option<Coord>),
    MaybeEmpty(Option<Empty>),
    Inner(Inner),
    MaybeInner(Option<Inner>),
    Vessel(Vessel),
    MaybeVessel(Option<Vessel>),
    Items(Vec<Coord>),
    MaybeItems(Option<Vec<String>>),
    Table(BTreeMap<String, Inner>),
    Blob(crate::runtime::Bytes),
    Time(crate::runtime::Timestamp),
    Allopt(AllOpt),
    Other(crate::runtime::Unknown),
}

static U: UnionMeta = UnionMeta {
    name: "U",
    tags: &[
        "num",
        "blob",
        "time",
        "coord",
        "inner",
        "items",
        "table",
        "allopt",
        "vessel",
        "void_tag",
        "maybe_num",
        "maybe_coord",
        "maybe_empty",
        "maybe_inner",
        "maybe_items",
        "maybe_vessel",
    ],
    kinds: b"kkkfkkkfkvKFFKKK",
    open: true,
    root: false,
    rules: &[],
};

impl Blank for U {
    const BLANK: Self = Self::Other(crate::runtime::Unknown::BLANK);
}

impl Wire for U {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::VoidTag => (9, &()),
            Self::Num(x) => (0, x),
            Self::MaybeNum(x) => (10, x),
            Self::Coord(x) => (3, x),
            Self::MaybeCoord(x) => (11, x),
            Self::MaybeEmpty(x) => (12, x),
            Self::Inner(x) => (4, x),
            Self::MaybeInner(x) => (13, x),
            Self::Vessel(x) => (8, x),
            Self::MaybeVessel(x) => (15, x),
            Self::Items(x) => (5, x),
            Self::MaybeItems(x) => (14, x),
            Self::Table(x) => (6, x),
            Self::Blob(x) => (1, x),
            Self::Time(x) => (2, x),
            Self::Allopt(x) => (7, x),
            Self::Other(x) => return out.unknown(x),
        };
        out.variant(&U, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&U) {
            9 => Self::VoidTag,
            0 => Self::Num(inp.payload()),
            10 => Self::MaybeNum(inp.payload()),
            3 => Self::Coord(inp.payload()),
            11 => Self::MaybeCoord(inp.payload()),
            12 => Self::MaybeEmpty(inp.payload()),
            4 => Self::Inner(inp.payload()),
            13 => Self::MaybeInner(inp.payload()),
            8 => Self::Vessel(inp.payload()),
            15 => Self::MaybeVessel(inp.payload()),
            5 => Self::Items(inp.payload()),
            14 => Self::MaybeItems(inp.payload()),
            6 => Self::Table(inp.payload()),
            1 => Self::Blob(inp.payload()),
            2 => Self::Time(inp.payload()),
            7 => Self::Allopt(inp.payload()),
            _ => Self::Other(inp.unknown()),
        };
    }
}

pub enum C {
    A,
    B(i32),
}

static C: UnionMeta = UnionMeta {
    name: "C",
    tags: &["a", "b"],
    kinds: b"vk",
    open: false,
    root: false,
    rules: &[],
};

impl Blank for C {
    const BLANK: Self = Self::A;
}

impl Wire for C {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::A => (0, &()),
            Self::B(x) => (1, x),
        };
        out.variant(&C, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&C) {
            0 => Self::A,
            1 => Self::B(inp.payload()),
            _ => return,
        };
    }
}

pub enum Child {
    VoidTag,
    Num(i64),
    MaybeNum(Option<i64>),
    Coord(Coord),
    MaybeCoord(Option<Coord>),
    MaybeEmpty(Option<Empty>),
    Inner(Inner),
    MaybeInner(Option<Inner>),
    Vessel(Vessel),
    MaybeVessel(Option<Vessel>),
    Items(Vec<Coord>),
    MaybeItems(Option<Vec<String>>),
    Table(BTreeMap<String, Inner>),
    Blob(crate::runtime::Bytes),
    Time(crate::runtime::Timestamp),
    Allopt(AllOpt),
    Extra,
    Other(crate::runtime::Unknown),
}

static CHILD: UnionMeta = UnionMeta {
    name: "Child",
    tags: &[
        "num",
        "blob",
        "time",
        "coord",
        "extra",
        "inner",
        "items",
        "table",
        "allopt",
        "vessel",
        "void_tag",
        "maybe_num",
        "maybe_coord",
        "maybe_empty",
        "maybe_inner",
        "maybe_items",
        "maybe_vessel",
    ],
    kinds: b"kkkfvkkkfkvKFFKKK",
    open: true,
    root: false,
    rules: &[],
};

impl Blank for Child {
    const BLANK: Self = Self::Other(crate::runtime::Unknown::BLANK);
}

impl Wire for Child {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::VoidTag => (10, &()),
            Self::Num(x) => (0, x),
            Self::MaybeNum(x) => (11, x),
            Self::Coord(x) => (3, x),
            Self::MaybeCoord(x) => (12, x),
            Self::MaybeEmpty(x) => (13, x),
            Self::Inner(x) => (5, x),
            Self::MaybeInner(x) => (14, x),
            Self::Vessel(x) => (9, x),
            Self::MaybeVessel(x) => (16, x),
            Self::Items(x) => (6, x),
            Self::MaybeItems(x) => (15, x),
            Self::Table(x) => (7, x),
            Self::Blob(x) => (1, x),
            Self::Time(x) => (2, x),
            Self::Allopt(x) => (8, x),
            Self::Extra => (4, &()),
            Self::Other(x) => return out.unknown(x),
        };
        out.variant(&CHILD, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&CHILD) {
            10 => Self::VoidTag,
            0 => Self::Num(inp.payload()),
            11 => Self::MaybeNum(inp.payload()),
            3 => Self::Coord(inp.payload()),
            12 => Self::MaybeCoord(inp.payload()),
            13 => Self::MaybeEmpty(inp.payload()),
            5 => Self::Inner(inp.payload()),
            14 => Self::MaybeInner(inp.payload()),
            9 => Self::Vessel(inp.payload()),
            16 => Self::MaybeVessel(inp.payload()),
            6 => Self::Items(inp.payload()),
            15 => Self::MaybeItems(inp.payload()),
            7 => Self::Table(inp.payload()),
            1 => Self::Blob(inp.payload()),
            2 => Self::Time(inp.payload()),
            8 => Self::Allopt(inp.payload()),
            4 => Self::Extra,
            _ => Self::Other(inp.unknown()),
        };
    }
}

pub enum Vessel {
    Boat(Boat),
    Raft(Raft),
    Other(UnknownVessel),
}

static VESSEL: UnionMeta = UnionMeta {
    name: "Vessel",
    tags: &["boat", "raft"],
    kinds: b"ff",
    open: true,
    root: true,
    rules: &[],
};

impl Blank for Vessel {
    const BLANK: Self = Self::Other(UnknownVessel {
        base: VesselBase::BLANK,
        unknown: crate::runtime::Unknown::BLANK,
    });
}

impl Wire for Vessel {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::Boat(x) => (0, x),
            Self::Raft(x) => (1, x),
            Self::Other(x) => return out.unknown(&x.unknown),
        };
        out.variant(&VESSEL, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&VESSEL) {
            0 => Self::Boat(inp.payload()),
            1 => Self::Raft(inp.payload()),
            _ => {
                let mut base = VesselBase::BLANK;
                let unknown = inp.unknown_with_base(&mut base);
                Self::Other(UnknownVessel { base, unknown })
            }
        };
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnknownVessel {
    pub base: VesselBase,
    pub unknown: crate::runtime::Unknown,
}

pub enum Closed {
    One(One),
}

static CLOSED: UnionMeta = UnionMeta {
    name: "Closed",
    tags: &["one"],
    kinds: b"f",
    open: false,
    root: true,
    rules: &[],
};

impl Blank for Closed {
    const BLANK: Self = Self::One(One::BLANK);
}

impl Wire for Closed {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::One(x) => (0, x),
        };
        out.variant(&CLOSED, index, payload)
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&CLOSED) {
            0 => Self::One(inp.payload()),
            _ => return,
        };
    }
}

crate::runtime::wire_traits!(
    Coord, Empty, AllOpt, VesselBase, Boat, Raft, One, S, Inner, U, C, Child, Vessel, Closed
);

crate::runtime::validate_methods!(S, U);
