//! Calls and transfers through the SDK beside the same over plain reqwest.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use tokio::io::AsyncWriteExt;
use tokio::runtime::Runtime;
use tokio_util::io::ReaderStream;

use crate::server::{self, CONTENT};
use crate::{Outcome, clock, median, report};

/// What an SDK does with its client.
#[allow(async_fn_in_trait)] // Nothing here leaves its thread.
pub trait Sdk: Sized {
    /// A client for this server, such as `http://127.0.0.1:80`.
    fn new(base: &str) -> Outcome<Self>;
    /// The HTTP client that the SDK stands on.
    fn reqwest() -> Outcome<reqwest::Client>;
    /// Decodes the metadata of a file.
    fn decode(text: &[u8]) -> Outcome;
    /// Asks for the metadata of a file.
    async fn call(&self) -> Outcome;
    /// Sends a file.
    async fn upload(&self, file: &Path) -> Outcome;
    /// Receives a file and returns its size.
    async fn download(&self) -> Outcome<u64>;
    /// Makes calls over a transport that makes a request of reqwest and answers at once, if the SDK can be given one.
    async fn call_without_network(_: u32) -> Outcome<bool> {
        Ok(false)
    }
    /// Whether the SDK does what follows by itself.
    const HELPS: bool = false;
    /// Sends a file with the hash of its content.
    async fn upload_hashed(&self, _: &Path) -> Outcome {
        Ok(())
    }
    /// Receives a file, checks its hash and saves it.
    async fn save(&self, _: &Path) -> Outcome {
        Ok(())
    }
}

/// The same over reqwest alone.
pub struct Plain {
    client: reqwest::Client,
    base: String,
}

impl Plain {
    fn request(&self, route: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/2/files/{route}", self.base);
        self.client.post(url).header(AUTHORIZATION, "Bearer token")
    }

    fn metadata(&self) -> reqwest::RequestBuilder {
        self.request("get_metadata")
            .header(CONTENT_TYPE, "application/json")
            .body(r#"{"path":"/projects/plan.bin"}"#)
    }

    async fn call<S: Sdk>(&self) -> Outcome {
        let response = self.metadata().send().await?.error_for_status()?;
        S::decode(&response.bytes().await?)
    }

    /// All of a call but the network.
    fn call_without_network<S: Sdk>(&self) -> Outcome {
        drop(self.metadata().build()?);
        S::decode(server::METADATA.as_bytes())
    }

    async fn upload<S: Sdk>(&self, file: &Path) -> Outcome {
        let file = tokio::fs::File::open(file).await?;
        let pieces = ReaderStream::with_capacity(file, 256 << 10);
        let request = self
            .request("upload")
            .header("dropbox-api-arg", r#"{"path":"/projects/plan.bin"}"#)
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("content-length", CONTENT)
            .body(reqwest::Body::wrap_stream(pieces));
        S::decode(&request.send().await?.error_for_status()?.bytes().await?)
    }

    async fn download(&self) -> Outcome<u64> {
        let request = self
            .request("download")
            .header("dropbox-api-arg", r#"{"path":"/projects/plan.bin"}"#);
        let mut response = request.send().await?.error_for_status()?;
        let mut size = 0;
        while let Some(piece) = response.chunk().await? {
            size += piece.len() as u64;
        }
        Ok(size)
    }

    /// Saves without a look at what is saved.
    async fn save(&self, file: &Path) -> Outcome {
        let request = self
            .request("download")
            .header("dropbox-api-arg", r#"{"path":"/projects/plan.bin"}"#);
        let mut response = request.send().await?.error_for_status()?;
        let mut file = tokio::fs::File::create(file).await?;
        while let Some(piece) = response.chunk().await? {
            file.write_all(&piece).await?;
        }
        Ok(file.sync_all().await?)
    }
}

/// Starts a server and runs something with both clients for it.
pub fn serve<S: Sdk>(work: impl FnOnce(&Runtime, &S, &Plain) -> Outcome) -> Outcome {
    let base = format!("http://{}", server::start()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = S::reqwest()?;
    let sdk = S::new(&base)?;
    work(&runtime, &sdk, &Plain { client, base })
}

/// Measures what a call costs beyond plain reqwest, and how quickly large files go through.
pub fn run<S: Sdk>(folder: &Path) -> Outcome {
    let file = folder.join("upload");
    serve::<S>(|runtime, sdk, plain| {
        let overhead = calls(runtime, sdk, plain)?;
        report("call.network", overhead);
        if let Some(overhead) = alone::<S>(runtime, plain)? {
            report("call.overhead", overhead);
        }
        let share = compare(
            || runtime.block_on(sdk.upload(&file)),
            || runtime.block_on(plain.upload::<S>(&file)),
        )?;
        report("upload.speed", share);
        let share = compare(
            || whole(runtime.block_on(sdk.download())?),
            || whole(runtime.block_on(plain.download())?),
        )?;
        report("download.speed", share);
        if S::HELPS {
            help(runtime, sdk, plain, folder)?;
        }
        Ok(())
    })
}

/// Measures what is done beyond sending and receiving.
fn help<S: Sdk>(runtime: &Runtime, sdk: &S, plain: &Plain, folder: &Path) -> Outcome {
    let (file, saved) = (folder.join("upload"), folder.join("download"));
    let share = compare(
        || runtime.block_on(sdk.upload_hashed(&file)),
        || runtime.block_on(plain.upload::<S>(&file)),
    )?;
    report("upload.hashed.speed", share);
    let share = compare(
        || runtime.block_on(sdk.save(&saved)),
        || runtime.block_on(plain.save(&saved)),
    )?;
    report("save.speed", share);
    Ok(std::fs::remove_file(saved)?)
}

fn whole(size: u64) -> Outcome {
    if size == CONTENT {
        return Ok(());
    }
    Err(format!("{size} bytes arrived instead of {CONTENT}").into())
}

/// Microseconds of CPU time that a call takes longer than the same request over reqwest, in turns.
fn calls<S: Sdk>(runtime: &Runtime, sdk: &S, plain: &Plain) -> Outcome<f64> {
    const TURNS: usize = 60;
    const CALLS: u32 = 200;
    let mut beyond = Vec::new();
    for _ in 0..TURNS {
        let ours = batch(CALLS, || runtime.block_on(sdk.call()))?;
        let theirs = batch(CALLS, || runtime.block_on(plain.call::<S>()))?;
        beyond.push((ours.as_secs_f64() - theirs.as_secs_f64()) * 1e6 / f64::from(CALLS));
    }
    Ok(median(&mut beyond))
}

/// CPU time of a call beyond plain reqwest, without what is sent and received, whose noise is a hundred times as much.
fn alone<S: Sdk>(runtime: &Runtime, plain: &Plain) -> Outcome<Option<f64>> {
    const TURNS: usize = 60;
    const CALLS: u32 = 1000;
    let mut beyond = Vec::new();
    for _ in 0..TURNS {
        let start = clock::cpu();
        if !runtime.block_on(S::call_without_network(CALLS))? {
            return Ok(None);
        }
        let calls = clock::cpu() - start;
        let theirs = batch(CALLS, || plain.call_without_network::<S>())?;
        beyond.push((calls.as_secs_f64() - theirs.as_secs_f64()) * 1e6 / f64::from(CALLS));
    }
    Ok(Some(median(&mut beyond)))
}

fn batch(calls: u32, mut call: impl FnMut() -> Outcome) -> Outcome<Duration> {
    let start = clock::cpu();
    for _ in 0..calls {
        call()?;
    }
    Ok(clock::cpu() - start)
}

/// Speed of the first as a share of the speed of the second, by the clock, which the server's thread needs, too. They take
/// turns in going first, as the one that comes later finds a warmer machine.
fn compare(
    mut first: impl FnMut() -> Outcome,
    mut second: impl FnMut() -> Outcome,
) -> Outcome<f64> {
    const TURNS: usize = 10;
    let (mut of_first, mut of_second) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        if turn % 2 == 0 {
            of_first.push(seconds(&mut first)?);
            of_second.push(seconds(&mut second)?);
        } else {
            of_second.push(seconds(&mut second)?);
            of_first.push(seconds(&mut first)?);
        }
    }
    Ok(median(&mut of_second) / median(&mut of_first))
}

fn seconds(work: &mut impl FnMut() -> Outcome) -> Outcome<f64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}
