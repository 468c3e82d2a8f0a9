//! Allocations and peaks on the heap, of pages and of large transfers. The program must have [`dhat::Alloc`] as its
//! global allocator; it counts for all threads, the loopback server's included, which is the same on both sides.

use std::path::Path;

use dhat::{HeapStats, Profiler};

use crate::codec::{self, Codec};
use crate::http::{Sdk, file_to_send, serve};
use crate::server::LARGE;
use crate::{Outcome, report};

/// Counts what decoding each page and sending and receiving a large file allocate.
pub fn run<S: Sdk>(folder: &Path, codecs: &[Codec]) -> Outcome {
    for codec in codecs.iter().filter(|codec| codec.way.is_empty()) {
        let text = codec::read(folder, codec.page, "plain")?;
        let stats = count(|| (codec.decode)(&text).map(drop))?;
        report(
            &format!("allocations.{}", codec.page),
            stats.total_blocks as f64,
        );
        report(&format!("peak.{}", codec.page), mebibytes(&stats));
    }
    serve(LARGE, |runtime, sdk: &S, _| {
        let file = file_to_send(folder, LARGE)?;
        let stats = count(|| runtime.block_on(sdk.upload(&file)))?;
        report("upload.peak", mebibytes(&stats));
        let stats = count(|| runtime.block_on(sdk.download()).map(drop))?;
        report("download.peak", mebibytes(&stats));
        if S::HELPS {
            let stats = count(|| runtime.block_on(sdk.upload_hashed(&file)))?;
            report("upload.hashed.peak", mebibytes(&stats));
            let saved = folder.join("download");
            let stats = count(|| runtime.block_on(sdk.save(&saved)))?;
            report("save.peak", mebibytes(&stats));
            std::fs::remove_file(saved)?;
        }
        Ok(())
    })
}

fn count(work: impl FnOnce() -> Outcome) -> Outcome<HeapStats> {
    let profiler = Profiler::builder().testing().build();
    work()?;
    let stats = HeapStats::get();
    drop(profiler);
    Ok(stats)
}

fn mebibytes(stats: &HeapStats) -> f64 {
    stats.max_bytes as f64 / f64::from(1 << 20)
}
