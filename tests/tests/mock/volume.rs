//! Ten thousand requests of which one in twenty goes wrong: everything that was sent is there in the end, byte for byte,
//! and nothing was sent twice that may not be.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use generated_sdk::files::{
    CommitInfo, CreateFolderArg, FileMetadata, ListFolderArg, ListFolderContinueError, Metadata,
    UploadArg, UploadSessionAppendArg, UploadSessionAppendError, UploadSessionCursor,
    UploadSessionFinishArg, UploadSessionFinishError, UploadSessionLookupError,
    UploadSessionStartArg,
};
use generated_sdk::runtime::wire::{Blank, Wire};
use generated_sdk::runtime::{Output, RepeatSafety};
use generated_sdk::{Call, ContentHash, Error, UserClient};
use mock_server::{Exchange, Fault, MockServer, Rule};
use tests::generated::calls::CALLS;
use tests::mocked::spec;

use crate::renewing;

const REQUESTS: u64 = 10_000;
const TASKS: u64 = 8;
const SHARE: f64 = 0.05;
const FAULTS: [&str; 11] = [
    "expired-token",
    "rate-limited header=0 wait=0",
    "rate-limited body=text",
    "status 500",
    "status 503",
    "status-after 502",
    "reset-before",
    "lost-answer",
    "truncated",
    "wrong-length by=10",
    "slow pieces=3 pause=1",
];
/// What the token endpoint suffers from.
const FAULTS_OF_TOKENS: [&str; 3] = ["rate-limited", "status 503", "reset-before"];

/// More than anybody has to try anything.
const TRIES: u32 = 12;

fn faults(texts: &[&str]) -> Vec<Fault> {
    let parse = |text: &&str| text.parse().expect("it is the text of a fault");
    texts.iter().map(parse).collect()
}

/// A program that uploads by hand, one file after the other, as if the network were its only worry.
struct Program {
    client: UserClient,
    /// How many calls were made, each of which has a number of its own, however often it is sent.
    calls: Arc<AtomicU64>,
    rng: fastrand::Rng,
    /// What has to be there in the end.
    sent: BTreeMap<String, ContentHash>,
}

impl Program {
    /// Makes a call that is told apart from all others.
    async fn one<T, E>(&self, call: Call<T, E>) -> Result<T, Error<E>>
    where
        T: Output,
        E: Wire + Blank,
    {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        call.header("x-call", &number.to_string()).await
    }

    /// Makes a call that may be made again until it gives something.
    async fn insist<T, E>(&self, call: impl Fn() -> Call<T, E>) -> Result<T, Error<E>>
    where
        T: Output,
        E: Wire + Blank,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.one(call()).await {
                Err(Error::Failed(_)) if tries < TRIES => {}
                outcome => return outcome,
            }
        }
    }

    /// The file that is at a path.
    async fn found(&self, path: &str) -> Option<FileMetadata> {
        let call = || self.client.files().get_metadata(path);
        match self.insist(call).await {
            Ok(Metadata::File(file)) => Some(file),
            Ok(other) => panic!("{path} is {other:?}"),
            Err(error) => {
                assert_eq!(error.tag_path(), "path/not_found", "{path}: {error}");
                None
            }
        }
    }

    /// Whether the file with this content is at a path.
    async fn is_there(&self, path: &str, hash: ContentHash) -> bool {
        let found = self.found(path).await.and_then(|file| file.content_hash);
        found.is_some_and(|found| found.as_str() == hash.to_string())
    }

    async fn create_folder(&self, path: &str) {
        for _ in 0..TRIES {
            let call = self
                .client
                .files()
                .create_folder_v2(CreateFolderArg::new(path));
            match self.one(call).await {
                Ok(_) => return,
                // It was made by a call whose answer was lost.
                Err(Error::Api(error)) => {
                    return assert_eq!(error.tag_path(), "path/conflict/folder");
                }
                Err(_) => {}
            }
        }
        panic!("there is no folder {path}");
    }

    async fn file(&mut self, path: String) {
        let mut content = vec![0; self.rng.usize(0..30_000)];
        self.rng.fill(&mut content);
        let content = Bytes::from(content);
        let hash = ContentHash::of(&content);
        if self.rng.u8(0..3) == 0 {
            self.upload(&path, &content, hash).await;
        } else {
            self.upload_in_session(&path, &content, hash).await;
        }
        self.download(&path, hash).await;
        self.sent.insert(path, hash);
    }

    async fn upload(&self, path: &str, content: &Bytes, hash: ContentHash) {
        for _ in 0..TRIES {
            let call = self
                .client
                .files()
                .upload(UploadArg::new(path), content.clone());
            match self.one(call).await {
                Ok(_) => return,
                Err(Error::Api(error)) => panic!("{path}: {error}"),
                Err(_) if self.is_there(path, hash).await => return,
                Err(_) => {}
            }
        }
        panic!("{path} is not uploaded");
    }

    async fn upload_in_session(&mut self, path: &str, content: &Bytes, hash: ContentHash) {
        let count = self.rng.usize(2..6);
        let size = content.len().div_ceil(count).max(1);
        let mut pieces: Vec<Bytes> = (0..content.len())
            .step_by(size)
            .map(|start| content.slice(start..(start + size).min(content.len())))
            .collect();
        let last = pieces.pop().unwrap_or_default();
        let start = || {
            self.client
                .files()
                .upload_session_start(UploadSessionStartArg::new(), Bytes::new())
        };
        let session = self
            .insist(start)
            .await
            .expect("the session starts")
            .session_id;
        let mut offset = 0;
        for piece in pieces {
            self.append(&session, offset, &piece).await;
            offset += piece.len() as u64;
        }
        self.finish(path, hash, &session, offset, &last).await;
    }

    async fn append(&self, session: &str, offset: u64, piece: &Bytes) {
        let call = || {
            let arg = UploadSessionAppendArg::new(UploadSessionCursor::new(session, offset));
            self.client
                .files()
                .upload_session_append_v2(arg, piece.clone())
        };
        let Err(error) = self.insist(call).await else {
            return;
        };
        match error.api() {
            // It got through, and its answer was lost.
            Some(UploadSessionAppendError::IncorrectOffset(found)) => {
                assert_eq!(found.correct_offset, offset + piece.len() as u64);
            }
            _ => panic!("{session} at {offset}: {error}"),
        }
    }

    async fn finish(
        &self,
        path: &str,
        hash: ContentHash,
        session: &str,
        mut offset: u64,
        last: &Bytes,
    ) {
        let end = offset + last.len() as u64;
        let mut last = last.clone();
        for _ in 0..TRIES {
            let cursor = UploadSessionCursor::new(session, offset);
            let arg = UploadSessionFinishArg::new(cursor, CommitInfo::new(path));
            let error = match self
                .one(self.client.files().upload_session_finish(arg, last.clone()))
                .await
            {
                Ok(_) => return,
                Err(error) => error,
            };
            if self.is_there(path, hash).await {
                return;
            }
            let lookup = match error.api() {
                None => continue,
                Some(UploadSessionFinishError::LookupFailed(lookup)) => lookup,
                Some(_) => panic!("{path}: {error}"),
            };
            let UploadSessionLookupError::IncorrectOffset(found) = lookup else {
                panic!("{path}: {error}");
            };
            assert_eq!(found.correct_offset, end);
            (offset, last) = (end, Bytes::new());
        }
        panic!("{path} is not finished");
    }

    async fn download(&self, path: &str, hash: ContentHash) {
        for _ in 0..TRIES {
            let call = || self.client.files().download(path);
            let download = self.insist(call).await.expect("the file is there");
            if let Ok(content) = download.body.bytes(1 << 20).await {
                return assert_eq!(ContentHash::of(content), hash, "{path}");
            }
        }
        panic!("{path} does not arrive");
    }

    /// All files below a folder, page by page, with their hashes.
    async fn list(&self, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let first = || {
            self.client
                .files()
                .list_folder(ListFolderArg::new(folder).limit(20))
        };
        let mut page = self.insist(first).await.expect("the folder is there");
        loop {
            for entry in &page.entries {
                if let Metadata::File(file) = entry {
                    let path = file.path_display.clone().unwrap_or_default();
                    let hash = file
                        .content_hash
                        .as_ref()
                        .map(|hash| hash.as_str().to_owned());
                    files.insert(path, hash.unwrap_or_default());
                }
            }
            if !page.has_more {
                return files;
            }
            let next = || {
                self.client
                    .files()
                    .list_folder_continue(page.cursor.as_str())
            };
            page = match self.insist(next).await {
                Ok(page) => page,
                Err(error) => {
                    let is_reset = matches!(error.api(), Some(ListFolderContinueError::Reset));
                    assert!(is_reset, "{error}");
                    self.insist(first).await.expect("the folder is there")
                }
            };
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_is_done_twice() {
    let received = Arc::new(AtomicU64::new(0));
    let counter = received.clone();
    let server = MockServer::builder(spec())
        .seed(5)
        .rule(
            Rule::on("files/*")
                .probability(SHARE)
                .faults(faults(&FAULTS)),
        )
        .rule(
            Rule::on("files/list_folder/continue")
                .times(5)
                .fault(Fault::CursorReset),
        )
        .rule(
            Rule::on("oauth2/*")
                .probability(SHARE)
                .faults(faults(&FAULTS_OF_TOKENS)),
        )
        .log(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
    let server = server.start().await.expect("the server starts");
    let (client, calls) = (renewing(&server), Arc::new(AtomicU64::new(0)));
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let mut program = Program {
            client: client.clone(),
            calls: calls.clone(),
            rng: fastrand::Rng::with_seed(task),
            sent: BTreeMap::new(),
        };
        let received = received.clone();
        tasks.push(tokio::spawn(async move {
            let folder = format!("/task {task}");
            program.create_folder(&folder).await;
            let mut number = 0;
            while received.load(Ordering::Relaxed) < REQUESTS {
                program.file(format!("{folder}/{number} é.bin")).await;
                number += 1;
            }
            let sent = program.sent.iter();
            let sent: BTreeMap<_, _> = sent
                .map(|(path, hash)| (path.clone(), hash.to_string()))
                .collect();
            assert_eq!(program.list(&folder).await, sent);
            sent.len()
        }));
    }
    let mut files = 0;
    for task in tasks {
        files += task.await.expect("every file is there");
    }
    judge(&server, files);
}

/// Looks at what the server saw.
fn judge(server: &MockServer, files: usize) {
    let exchanges = server.exchanges();
    assert!(
        exchanges.len() as u64 >= REQUESTS && files > 500,
        "{files} files"
    );
    assert_eq!(server.violations(), []);
    let faulty = exchanges
        .iter()
        .filter(|exchange| exchange.fault.is_some())
        .count();
    let share = faulty as f64 / exchanges.len() as f64;
    assert!(
        (share - SHARE).abs() < 0.02,
        "{faulty} of {}",
        exchanges.len()
    );
    let mut seen: Vec<&str> = exchanges
        .iter()
        .filter_map(|exchange| Some(exchange.fault.as_ref()?.name()))
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 10, "{seen:?}");
    let mut by_call: BTreeMap<&str, Vec<&Exchange>> = BTreeMap::new();
    for exchange in &exchanges {
        if let Some(call) = exchange.request.header("x-call") {
            by_call.entry(call).or_default().push(exchange);
        }
    }
    let mut repeated = 0;
    for attempts in by_call.values() {
        repeated += attempts.len() - 1;
        let (_, before) = attempts.split_last().expect("a call has an attempt");
        if !is_harmless(attempts[0]) {
            // The server said that it did nothing, which is true.
            let told = |exchange: &&Exchange| matches!(exchange.status, 401 | 429 | 503);
            assert!(before.iter().all(told), "{before:?}");
            assert!(before.iter().all(|exchange| !exchange.done), "{before:?}");
        }
    }
    assert!(repeated > 200, "{repeated} repetitions");
    println!(
        "{} requests, {faulty} with faults, {} calls, {repeated} repetitions, {files} files",
        exchanges.len(),
        by_call.len()
    );
}

/// Whether the spec says that a call may be made twice.
fn is_harmless(exchange: &Exchange) -> bool {
    let route = exchange.route.as_deref().unwrap_or_default();
    let mut cases = CALLS
        .iter()
        .filter(|case| case.route.path.trim_start_matches("/2/") == route);
    let repeat = cases.next().map(|case| case.route.repeat);
    matches!(repeat, Some(RepeatSafety::Read | RepeatSafety::Repeatable))
}
