//! `cargo xtask mock` as its users meet it: what it prints is enough for a first call.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A program that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_line_for_curl_is_a_first_call() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["mock", "--addr", "127.0.0.1:0"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running(command.spawn().expect("xtask starts"));
    let out = running.0.stdout.take().expect("it is piped");
    let lines = BufReader::new(out).lines().map_while(Result::ok);
    let curl = lines.into_iter().find(|line| line.starts_with("curl "));
    let curl = curl.expect("a first call is printed");
    let words: Vec<_> = curl.split(' ').collect();
    assert_eq!(words[..3], ["curl", "-X", "POST"]);
    let rest = words[3].strip_prefix("http://").expect("a URL");
    let (address, path) = rest.split_once('/').expect("a path");
    let header = curl.split('\'').nth(1).expect("a header in quotes");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let request = format!(
        "POST /{path} HTTP/1.1\r\nHost: {address}\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream
        .write_all(request.as_bytes())
        .expect("the server reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"used\""), "{answer}");
    let mut log = BufReader::new(running.0.stderr.take().expect("it is piped"));
    let mut line = String::new();
    log.read_line(&mut line).expect("the call is logged");
    assert_eq!(line, "    1 POST /2/users/get_space_usage 200\n");
}

#[test]
fn rules_that_cannot_be_are_refused() {
    let rules = tempfile::NamedTempFile::new().expect("temporary file");
    let text = "[[rule]]\nroute = \"files/get_metadata\"\nerror = \"path/lost\"\n";
    std::fs::write(rules.path(), text).expect("temporary file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .args(["mock", "--addr", "127.0.0.1:0", "--rules"])
        .arg(rules.path());
    let output = command.output().expect("xtask starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("there is no tag \"lost\""), "{said}");
}
