//! Arbitrary values survive encoding, decoding, cloning and showing.

use generated_sdk::json::{from_slice, from_slice_strict, to_string, to_vec};
use generated_sdk::{Date, Timestamp};
use proptest::prelude::*;

use crate::config;
use crate::shop::{AllOpt, Boat, Child, Coord, Empty, Inner, Raft, S, U, Vessel};

fn coord() -> impl Strategy<Value = Coord> {
    (any::<i64>(), prop_oneof![Just(7), any::<i64>()]).prop_map(|(x, y)| Coord { x, y })
}

fn inner() -> impl Strategy<Value = Inner> {
    prop_oneof![Just(Inner::Pos), any::<i32>().prop_map(Inner::Neg)]
}

fn vessel() -> impl Strategy<Value = Vessel> {
    prop_oneof![
        (any::<String>(), any::<i32>()).prop_map(|(name, oars)| Vessel::Boat(Boat { name, oars })),
        any::<String>().prop_map(|name| Vessel::Raft(Raft { name })),
    ]
}

fn bytes() -> impl Strategy<Value = crate::runtime::Bytes> {
    prop::collection::vec(any::<u8>(), 0..9).prop_map(Into::into)
}

/// Times of whole seconds, as the wire has them.
fn time() -> impl Strategy<Value = Timestamp> {
    (-62_167_219_200..=253_402_300_799_i64)
        .prop_map(|seconds| Timestamp::from_unix(seconds, 0).unwrap())
}

fn s() -> impl Strategy<Value = S> {
    let plain = (
        ".+",
        any::<Option<String>>(),
        prop_oneof![Just(5), any::<i64>()],
        inner(),
        prop::option::of(coord()),
    );
    let rest = (
        prop::option::of(bytes()),
        prop::option::of(time()),
        prop::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO),
        prop::option::of(prop::collection::vec(any::<i32>(), 0..3)),
        prop::option::of(prop::collection::btree_map(any::<String>(), coord(), 0..3)),
    );
    (plain, rest).prop_map(
        |((req, opt, def_int, def_u, nested), (blob, time, f, l, m))| S {
            req,
            opt,
            def_int,
            def_u,
            nested,
            blob,
            time,
            f,
            l,
            m,
        },
    )
}

fn u() -> impl Strategy<Value = U> {
    prop_oneof![
        Just(U::VoidTag),
        any::<i64>().prop_map(U::Num),
        any::<Option<i64>>().prop_map(U::MaybeNum),
        coord().prop_map(U::Coord),
        prop::option::of(coord()).prop_map(U::MaybeCoord),
        // A set but empty payload cannot be told from null.
        Just(U::MaybeEmpty(None::<Empty>)),
        inner().prop_map(U::Inner),
        prop::option::of(inner()).prop_map(U::MaybeInner),
        vessel().prop_map(U::Vessel),
        prop::option::of(vessel()).prop_map(U::MaybeVessel),
        prop::collection::vec(coord(), 0..3).prop_map(U::Items),
        any::<Option<Vec<String>>>().prop_map(U::MaybeItems),
        prop::collection::btree_map(any::<String>(), inner(), 0..3).prop_map(U::Table),
        bytes().prop_map(U::Blob),
        time().prop_map(U::Time),
        (any::<i64>(), any::<Option<String>>()).prop_map(|(a, b)| U::Allopt(AllOpt { a, b })),
    ]
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn structs(value in s()) {
        let json = to_vec(&value);
        prop_assert_eq!(&from_slice::<S>(&json).unwrap(), &value);
        prop_assert_eq!(&from_slice_strict::<S>(&json).unwrap(), &value);
        prop_assert_eq!(&value.clone(), &value);
        prop_assert_eq!(format!("{:?}", value.clone()), format!("{value:?}"));
    }

    #[test]
    fn unions(value in u()) {
        let json = to_vec(&value);
        prop_assert_eq!(&from_slice::<U>(&json).unwrap(), &value);
        prop_assert_eq!(&from_slice_strict::<U>(&json).unwrap(), &value);
        prop_assert_eq!(&value.clone(), &value);
        // The child knows all tags of its parent, and writes them alike.
        let child = from_slice::<Child>(&json).unwrap();
        prop_assert_eq!(to_string(&child).into_bytes(), json);
    }

    #[test]
    fn tags_may_come_last(value in u()) {
        let json: serde_json::Value = serde_json::from_slice(&to_vec(&value)).unwrap();
        let mut members: Vec<String> = json.as_object().unwrap().iter()
            .map(|(key, value)| format!("{}:{value}", serde_json::Value::from(key.as_str())))
            .collect();
        members.reverse();
        let json = format!("{{{}}}", members.join(","));
        prop_assert_eq!(from_slice::<U>(json.as_bytes()).unwrap(), value);
    }

    #[test]
    fn times(time in time(), nanos in 0..1_000_000_000_u32, days in -719_528..=2_932_896_i32) {
        let exact = Timestamp::from_unix(time.unix_seconds(), nanos).unwrap();
        prop_assert_eq!(exact.to_string().parse::<Timestamp>().unwrap(), exact);
        let date = Date::from_days(days).unwrap();
        prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
    }
}
