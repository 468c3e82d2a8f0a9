//! Calls and transfers through the SDK beside the same over plain reqwest.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use tokio::io::AsyncWriteExt;
use tokio::runtime::Runtime;
use tokio_util::io::ReaderStream;

use crate::server::{self, Content, LARGE, SHORT};
use crate::{Outcome, clock, median, report};

/// What an SDK does with its client.
#[allow(async_fn_in_trait)] // Nothing here leaves its thread.
pub trait Sdk: Sized {
    /// A client for this server, such as `http://127.0.0.1:80`, over this HTTP client.
    fn new(base: &str, client: reqwest::Client) -> Outcome<Self>;
    /// The HTTP client that the SDK would set up for itself.
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
        S::decode(LARGE.metadata.as_bytes())
    }

    async fn upload<S: Sdk>(&self, file: &Path) -> Outcome {
        let file = tokio::fs::File::open(file).await?;
        let size = file.metadata().await?.len();
        let pieces = ReaderStream::with_capacity(file, 256 << 10);
        let request = self
            .request("upload")
            .header("dropbox-api-arg", r#"{"path":"/projects/plan.bin"}"#)
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_LENGTH, size)
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

/// Starts a server and runs something with both clients for it. Both send over the same client of reqwest, and so over
/// the same connection: the kernel finds a window and a rate for each connection, which can make one twice as fast as
/// another for many transfers.
pub fn serve<S: Sdk>(
    content: Content,
    work: impl FnOnce(&Runtime, &S, &Plain) -> Outcome,
) -> Outcome {
    let base = format!("http://{}", server::start(content)?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = S::reqwest()?;
    let sdk = S::new(&base, client.clone())?;
    work(&runtime, &sdk, &Plain { client, base })
}

/// A file of zeros to send, which takes no room on most file systems.
pub fn file_to_send(folder: &Path, content: Content) -> Outcome<PathBuf> {
    let path = folder.join("upload");
    File::create(&path)?.set_len(content.size)?;
    Ok(path)
}

/// Measures what a call costs beyond plain reqwest, and how quickly files go through.
pub fn run<S: Sdk>(folder: &Path) -> Outcome {
    clock::stay_on_one_core()?;
    serve(SHORT, |runtime, sdk: &S, plain| {
        report("call.network", calls(runtime, sdk, plain)?);
        if let Some(overhead) = alone::<S>(runtime, plain)? {
            report("call.overhead", overhead);
        }
        let file = file_to_send(folder, SHORT)?;
        transfers(runtime, sdk, plain, &file)?;
        if S::HELPS {
            help(runtime, sdk, plain, &file)?;
        }
        Ok(())
    })
}

/// Measures sending and receiving alone.
fn transfers<S: Sdk>(runtime: &Runtime, sdk: &S, plain: &Plain, file: &Path) -> Outcome {
    const TURNS: usize = 64;
    let share = compare(
        TURNS,
        || runtime.block_on(sdk.upload(file)),
        || runtime.block_on(plain.upload::<S>(file)),
    )?;
    report("upload.speed", share.speed);
    let share = compare(
        TURNS,
        || whole(runtime.block_on(sdk.download())?),
        || whole(runtime.block_on(plain.download())?),
    )?;
    report("download.speed", share.speed);
    report("download.cpu", share.cpu);
    Ok(())
}

/// Measures what is done beyond sending and receiving.
fn help<S: Sdk>(runtime: &Runtime, sdk: &S, plain: &Plain, file: &Path) -> Outcome {
    const TURNS: usize = 24;
    let saved = file.with_file_name("download");
    let share = compare(
        TURNS,
        || runtime.block_on(sdk.upload_hashed(file)),
        || runtime.block_on(plain.upload::<S>(file)),
    )?;
    report("upload.hashed.speed", share.speed);
    let share = compare(
        TURNS,
        || runtime.block_on(sdk.save(&saved)),
        || runtime.block_on(plain.save(&saved)),
    )?;
    report("save.speed", share.speed);
    Ok(std::fs::remove_file(saved)?)
}

fn whole(size: u64) -> Outcome {
    if size == SHORT.size {
        return Ok(());
    }
    Err(format!("{size} bytes arrived instead of {}", SHORT.size).into())
}

/// Microseconds of CPU time that a call takes longer than the same request over reqwest, in turns.
fn calls<S: Sdk>(runtime: &Runtime, sdk: &S, plain: &Plain) -> Outcome<f64> {
    const TURNS: usize = 240;
    const CALLS: u32 = 50;
    let mut beyond = Vec::new();
    for turn in 0..TURNS {
        let (ours, theirs) = pair(
            turn,
            || batch(CALLS, || runtime.block_on(sdk.call())),
            || batch(CALLS, || runtime.block_on(plain.call::<S>())),
        )?;
        beyond.push((ours.as_secs_f64() - theirs.as_secs_f64()) * 1e6 / f64::from(CALLS));
    }
    Ok(median(&mut beyond))
}

/// CPU time of a call beyond plain reqwest, without what is sent and received, after which caches are cold.
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

/// What the first takes beside the second.
struct Share {
    /// Its speed by the clock, which the server's thread needs, too.
    speed: f64,
    /// The CPU time of the client's thread, which other work on the machine hardly disturbs.
    cpu: f64,
}

/// Compares pairs, whose halves find the machine in the same state, and takes the pair in the middle.
fn compare(
    turns: usize,
    mut first: impl FnMut() -> Outcome,
    mut second: impl FnMut() -> Outcome,
) -> Outcome<Share> {
    // The connection is made, and its windows grow.
    for _ in 0..2 {
        first()?;
        second()?;
    }
    let (mut speed, mut cpu) = (Vec::new(), Vec::new());
    for turn in 0..turns {
        let (ours, theirs) = pair(turn, || Taken::by(&mut first), || Taken::by(&mut second))?;
        speed.push(theirs.time.as_secs_f64() / ours.time.as_secs_f64());
        cpu.push(ours.cpu.as_secs_f64() / theirs.cpu.as_secs_f64());
    }
    Ok(Share {
        speed: median(&mut speed),
        cpu: median(&mut cpu),
    })
}

/// Does both, now the one and now the other first, as the one that comes later finds a warmer machine.
fn pair<T>(
    turn: usize,
    first: impl FnOnce() -> Outcome<T>,
    second: impl FnOnce() -> Outcome<T>,
) -> Outcome<(T, T)> {
    if turn.is_multiple_of(2) {
        let first = first()?;
        Ok((first, second()?))
    } else {
        let second = second()?;
        Ok((first()?, second))
    }
}

/// What a piece of work took.
struct Taken {
    time: Duration,
    cpu: Duration,
}

impl Taken {
    fn by(work: &mut impl FnMut() -> Outcome) -> Outcome<Self> {
        let (start, cpu) = (Instant::now(), clock::cpu());
        work()?;
        Ok(Self {
            time: start.elapsed(),
            cpu: clock::cpu() - cpu,
        })
    }
}
