//! `cargo xtask mock`: the mock server on this machine, until it is stopped.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;

use mock_server::rules::file;
use mock_server::{Exchange, MockServer, Rule};

use crate::Verdict;
use crate::files::{self, FileError};
use crate::spec::{Depth, Paths, Spec};

/// Serves a spec offline: prints URLs, tokens and a first call, and then a line for each request.
#[derive(clap::Args)]
pub struct Args {
    /// A folder or a file; the project's own spec/ if none is named.
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,
    /// Where to listen for all hosts; the ports of the single hosts follow. With port 0, the system chooses.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8800")]
    addr: SocketAddr,
    /// Speak HTTPS, with a certificate made at start.
    #[arg(long)]
    tls: bool,
    /// A TOML file of rules (docs/mock-server.md).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// The share of calls during which something goes wrong, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    fault_rate: f64,
    /// What goes wrong then; may be given several times.
    #[arg(long, value_name = "FAULT", value_parser = parse_fault, default_values = ["reset-after", "status 503", "rate-limited header=1"])]
    fault: Vec<mock_server::Fault>,
    /// What everything follows that is left to chance.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

fn parse_fault(text: &str) -> Result<mock_server::Fault, mock_server::FaultError> {
    text.parse()
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Verdict, FileError> {
    let spec = Spec::load(args.spec.as_slice(), Paths::AsGiven, Depth::Errors)?;
    if spec.has_errors() {
        spec.report();
        return Ok(Verdict::Findings);
    }
    let mut builder = MockServer::builder(spec.api)
        .seed(args.seed)
        .port(args.addr.port())
        .address(args.addr.ip())
        .remembered(0)
        .log(|exchange| files::complain(&line(exchange)));
    if args.fault_rate > 0.0 {
        let chance = Rule::everywhere().probability(args.fault_rate);
        builder = builder.rule(chance.faults(args.fault.iter().cloned()));
    }
    if let Some(path) = &args.rules {
        let rules = file::parse(&files::read_text(path)?);
        builder = builder.rules(rules.map_err(|error| FileError::new("use", path, error))?);
    }
    if args.tls {
        builder = builder.tls();
    }
    let server = builder.start_blocking();
    let server = server.map_err(|error| FileError::new("serve", Path::new("the spec"), error))?;
    files::print(&greeting(&server)?)?;
    loop {
        thread::park();
    }
}

/// Where everything is, and a first call.
fn greeting(server: &MockServer) -> Result<String, FileError> {
    let mut text = format!("all hosts    {}\n", server.url());
    for (host, url) in server.hosts() {
        text += &format!("{host:<12} {url}\n");
    }
    let ((key, secret), (team_key, team_secret)) = (server.app(), server.team_app());
    text += &format!("user token   {}\n", server.user_token());
    text += &format!("team token   {}\n", server.team_token());
    text += &format!(
        "app          {key} {secret}, refresh token {}\n",
        server.user_refresh_token()
    );
    text += &format!(
        "team's app   {team_key} {team_secret}, refresh token {}\n",
        server.team_refresh_token()
    );
    let mut trust = String::new();
    if let Some(pem) = server.ca_pem() {
        let path = std::env::temp_dir().join(format!("mock-server-{}.pem", std::process::id()));
        files::write(&path, pem)?;
        text += &format!("certificate  {}\n", path.display());
        trust = format!("--cacert {} ", path.display());
    }
    if let Some(url) = server.first_call() {
        let token = server.user_token();
        text += &format!("\ncurl {trust}-X POST {url} -H 'Authorization: Bearer {token}'\n\n");
    }
    Ok(text)
}

/// A request and what became of it.
fn line(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let mut line = format!(
        "{:>5} {} {} {}",
        request.number, request.method, request.path, exchange.status
    );
    if let Some(fault) = &exchange.fault {
        line += &format!(" [{}]", fault.name());
    }
    if let Some(violation) = &exchange.violation {
        line += &format!(": {}", violation.replace(['\r', '\n'], " "));
    }
    line
}
