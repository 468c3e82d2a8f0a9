//! Runs the official SDK: a job goes in, its report comes out.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Stdio};

use mock_server::MockServer;
use serde_json::{Value, json};
use tests::harness::CONTENT;
use tests::snapshots;

/// The Python that has the official SDK; `None`, with a word on standard error, when there is none.
pub fn python() -> Option<OsString> {
    let python = std::env::var_os("OFFICIAL_SDK_PYTHON");
    if python.is_none() {
        eprintln!("skipped: OFFICIAL_SDK_PYTHON names no Python with the package dropbox");
    }
    python
}

/// Lets the official SDK do something against a server that speaks HTTPS. `more` is added to the job.
pub fn ask(python: &OsString, server: &MockServer, what: &str, more: Value) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let certificate = folder.path().join("ca.pem");
    let pem = server.ca_pem().expect("the server speaks HTTPS");
    std::fs::write(&certificate, pem).expect("the certificate is written");
    let host = |name: &str| {
        server
            .host_url(name)
            .trim_start_matches("https://")
            .to_owned()
    };
    let mut job = json!({
        "do": what,
        "hosts": {"api": host("api"), "content": host("content"), "notify": host("notify"), "web": host("web")},
        "ca": certificate,
        "user_token": server.user_token(),
        "team_token": server.team_token(),
        "refresh_token": server.user_refresh_token(),
        "app": server.app(),
        "content": CONTENT,
    });
    if let (Value::Object(job), Value::Object(more)) = (&mut job, more) {
        job.extend(more);
    }
    run(python, &job)
}

fn run(python: &OsString, job: &Value) -> Value {
    let mut child = Command::new(python)
        .arg(snapshots::root().join("tests/clients/official_sdk.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    let mut input = child.stdin.take().expect("standard input is a pipe");
    input
        .write_all(job.to_string().as_bytes())
        .expect("Python reads its job");
    drop(input);
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "the script fails, see above");
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}
