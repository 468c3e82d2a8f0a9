//! The rows of the report: heading, what is measured, name of the figure, unit, which way is better, and what it must
//! reach. A figure's name is the one under which a part of this command reports it.

use super::rows::Better::{Higher, Lower};
use super::rows::Limit::{AtLeast, AtMost, Share, Times};
use super::rows::Row;

macro_rules! rows {
    ($($group:literal {$(
        $what:literal $key:literal $unit:literal $better:ident $(, must $must:expr)? $(, aim $aim:expr)?;
    )*})*) => {
        &[$($(Row {
            group: $group,
            what: $what,
            key: $key,
            unit: $unit,
            better: $better,
            must: [$(Some($must),)? None][0],
            aim: [$(Some($aim),)? None][0],
        },)*)*]
    };
}

/// All rows.
#[rustfmt::skip]
pub const ROWS: &[Row] = rows! {
    "Building the crate" {
        "check" "check.cpu" "s" Lower, must Times(4.0), aim Times(5.5);
        // 800 in units of 1,024,000 bytes, which the budget was measured in: its 2,104 for the peer's release build are
        // 2,155 MB.
        "check, peak memory" "check.memory" "MB" Lower, must AtMost(819.2);
        "dev build" "dev.cpu" "s" Lower, must Times(3.5), aim Times(4.5);
        "dev build, peak memory" "dev.memory" "MB" Lower;
        "dev build, rlib" "dev.rlib" "MB" Lower;
        "release build" "release.cpu" "s" Lower, must Times(2.8), aim Times(4.0);
        "release build, peak memory" "release.memory" "MB" Lower;
        "release build, rlib" "release.rlib" "MB" Lower;
        "check with default features (without `team_log`)" "check.default.cpu" "s" Lower, must Share(0.55, "check.cpu");
        "check with `serde`, which the peer always has" "check.serde.cpu" "s" Lower, must Times(3.2), aim Times(4.2);
    }
    "Building parts of it" {
        "check, generated part" "check.generated.cpu" "s" Lower;
        "check, hand-written runtime" "check.runtime.cpu" "s" Lower;
        "dev build, generated part" "dev.generated.cpu" "s" Lower;
        "dev build, hand-written runtime" "dev.runtime.cpu" "s" Lower;
        "release build, generated part" "release.generated.cpu" "s" Lower;
        "release build, hand-written runtime" "release.runtime.cpu" "s" Lower;
        "release rlib, generated part" "release.generated.rlib" "MB" Lower;
        "release rlib, hand-written runtime" "release.runtime.rlib" "MB" Lower;
    }
    "Rebuilding an application" {
        "dev, one route" "rebuild.dev.one" "s" Lower;
        "dev, three routes" "rebuild.dev.three" "s" Lower, must Times(3.0), aim Times(4.0);
        "dev, 60 routes of 10 namespaces" "rebuild.dev.sixty" "s" Lower;
        "release, one route" "rebuild.release.one" "s" Lower;
        "release, three routes" "rebuild.release.three" "s" Lower, must Times(20.0), aim Times(28.0);
        "release, 60 routes of 10 namespaces" "rebuild.release.sixty" "s" Lower, must Times(4.0), aim Times(8.0);
    }
    "Executables beyond the HTTP stack" {
        "one route" "size.one" "MB" Lower;
        "three routes" "size.three" "MB" Lower, must AtMost(1.6), aim AtMost(1.2);
        "60 routes of 10 namespaces" "size.sixty" "MB" Lower;
        "the HTTP stack itself (one plain request)" "size.plain" "MB" Lower;
    }
    "First build of an application" {
        "with all dependencies, dev" "first.cpu" "s" Lower;
    }
    "Decoding" {
        "`files/list_folder`, 2,000 entries" "decode.list_folder.plain" "MB/s" Higher, must Times(1.6), aim Times(2.0);
        "`team/members/list_v2`, 1,000 members" "decode.members.plain" "MB/s" Higher, must Times(1.6), aim Times(2.0);
        "`team_log/get_events`, 1,000 events of 60 types" "decode.events.plain" "MB/s" Higher, must Times(1.6), aim Times(2.0);
        "entries, an unknown field in each" "decode.list_folder.unknown" "MB/s" Higher;
        "members, an unknown field in each" "decode.members.unknown" "MB/s" Higher;
        "events, an unknown field in each" "decode.events.unknown" "MB/s" Higher;
        "entries, `.tag` last" "decode.list_folder.tag_last" "MB/s" Higher;
        "members, `.tag` last" "decode.members.tag_last" "MB/s" Higher;
        "events, `.tag` last" "decode.events.tag_last" "MB/s" Higher;
    }
    "Encoding" {
        "2,000 entries" "encode.list_folder" "MB/s" Higher, must Times(1.2), aim Times(1.6);
        "1,000 members" "encode.members" "MB/s" Higher, must Times(1.2), aim Times(1.6);
        "1,000 events" "encode.events" "MB/s" Higher, must Times(1.2), aim Times(1.6);
    }
    "Through serde" {
        "decoding 2,000 entries" "serde_decode.list_folder.plain" "MB/s" Higher, must Times(0.9), aim Times(1.0);
        "decoding 1,000 members" "serde_decode.members.plain" "MB/s" Higher, must Times(0.9), aim Times(1.0);
        "decoding 1,000 events" "serde_decode.events.plain" "MB/s" Higher, must Times(0.9), aim Times(1.0);
        "decoding entries, an unknown field in each" "serde_decode.list_folder.unknown" "MB/s" Higher;
        "decoding members, an unknown field in each" "serde_decode.members.unknown" "MB/s" Higher;
        "decoding events, an unknown field in each" "serde_decode.events.unknown" "MB/s" Higher;
        "decoding entries, `.tag` last" "serde_decode.list_folder.tag_last" "MB/s" Higher;
        "decoding members, `.tag` last" "serde_decode.members.tag_last" "MB/s" Higher;
        "decoding events, `.tag` last" "serde_decode.events.tag_last" "MB/s" Higher;
        "encoding 2,000 entries" "serde_encode.list_folder" "MB/s" Higher;
        "encoding 1,000 members" "serde_encode.members" "MB/s" Higher;
        "encoding 1,000 events" "serde_encode.events" "MB/s" Higher;
    }
    "Instructions for a page, which neighbours on the machine do not disturb" {
        "decoding 2,000 entries" "instructions.decode.list_folder.plain" "million" Lower;
        "decoding 1,000 members" "instructions.decode.members.plain" "million" Lower;
        "decoding 1,000 events" "instructions.decode.events.plain" "million" Lower;
        "encoding 2,000 entries" "instructions.encode.list_folder" "million" Lower;
        "encoding 1,000 members" "instructions.encode.members" "million" Lower;
        "encoding 1,000 events" "instructions.encode.events" "million" Lower;
        "decoding 2,000 entries through serde" "instructions.serde_decode.list_folder.plain" "million" Lower;
        "decoding 1,000 members through serde" "instructions.serde_decode.members.plain" "million" Lower;
        "decoding 1,000 events through serde" "instructions.serde_decode.events.plain" "million" Lower;
    }
    "Memory of decoding a page" {
        "2,000 entries, allocations" "allocations.list_folder" "" Lower, must Times(1.0), aim Times(1.25);
        "1,000 members, allocations" "allocations.members" "" Lower, must Times(1.0), aim Times(1.25);
        "1,000 events, allocations" "allocations.events" "" Lower, must Times(1.0), aim Times(1.25);
        "2,000 entries, peak" "peak.list_folder" "MiB" Lower;
        "1,000 members, peak" "peak.members" "MiB" Lower;
        "1,000 events, peak" "peak.events" "MiB" Lower;
    }
    "Calls and transfers" {
        "a call beyond plain reqwest with the same decoding, all but the network" "call.overhead" "µs" Lower, must AtMost(1.0);
        "a call beyond plain reqwest with the same decoding, over loopback" "call.network" "µs" Lower;
        "upload of 256 MiB, peak on the heap" "upload.peak" "MiB" Lower, must AtMost(10.0);
        "upload, speed beside plain reqwest over the same connection" "upload.speed" "×" Higher, must AtLeast(0.95);
        "download of 256 MiB, peak on the heap" "download.peak" "MiB" Lower, must AtMost(10.0);
        "download, speed beside plain reqwest over the same connection" "download.speed" "×" Higher, must AtLeast(0.95);
        "download, CPU time of the client's thread beside plain reqwest" "download.cpu" "×" Lower;
        "upload with its content hash, peak on the heap" "upload.hashed.peak" "MiB" Lower, must AtMost(10.0);
        "upload with its content hash, speed beside plain reqwest without" "upload.hashed.speed" "×" Higher;
        "download to a file, verified, peak on the heap" "save.peak" "MiB" Lower, must AtMost(10.0);
        "download to a file, verified, speed beside plain reqwest to a file, not verified" "save.speed" "×" Higher;
    }
    "The generator, beside PyPI stone" {
        "spec to IR" "ir.cpu" "s" Lower, must AtMost(0.15), aim AtMost(0.10);
        "spec to IR, peak memory" "ir.memory" "MiB" Lower, must AtMost(100.0);
        "ten times the spec to IR" "ir10.cpu" "s" Lower, must Share(12.0, "ir.cpu");
        "ten times the spec to IR, peak memory" "ir10.memory" "MiB" Lower, must Share(12.0, "ir.memory");
        "spec to code" "code.cpu" "s" Lower, must AtMost(1.0), aim AtMost(0.7);
        "spec to code, peak memory" "code.memory" "MiB" Lower;
        "ten times the spec to code" "code10.cpu" "s" Lower, must Share(12.0, "code.cpu");
        "ten times the spec to code, peak memory" "code10.memory" "MiB" Lower, must Share(12.0, "code.memory");
    }
};
