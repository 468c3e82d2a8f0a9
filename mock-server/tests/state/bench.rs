//! A world, and calls to it whose arguments and answers are checked.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use mock_server::check::value::Values;
use mock_server::state::{Answered, Asked, Caller, World};
use serde_json::Value;
use stone_parser::ir::{Api, Route};
use stone_parser::source::SourceMap;

/// The spec of this repository.
pub fn api() -> Arc<Api> {
    static API: OnceLock<Arc<Api>> = OnceLock::new();
    API.get_or_init(|| Arc::new(read())).clone()
}

fn read() -> Api {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let files = std::fs::read_dir(folder).expect("is a folder");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("is readable").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "stone")
    });
    paths.sort();
    let mut sources = SourceMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("is a text");
        sources.add(path.to_string_lossy(), text);
    }
    stone_parser::compile(&sources).api
}

/// The route that is named as in the spec, such as `files/copy:2`.
pub fn route<'a>(api: &'a Api, path: &str) -> &'a Route {
    let (path, version) = path.split_once(':').unwrap_or((path, "1"));
    let (namespace, name) = path.split_once('/').expect("has a namespace");
    let of_name = |route: &&Route| {
        api[route.namespace].name == namespace
            && route.name == name
            && route.version.to_string() == version
    };
    api.routes
        .iter()
        .find(of_name)
        .unwrap_or_else(|| panic!("no route {path}:{version}"))
}

/// A world with a clock that each call moves by a second.
pub struct Bench {
    pub world: World,
    pub api: Arc<Api>,
    pub now: SystemTime,
    values: Values,
}

/// A user who is on no team.
pub const USER: Caller<'static> = Caller::User("dbid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

impl Bench {
    pub fn new() -> Self {
        let api = api();
        Self {
            world: World::new(api.clone(), 7),
            values: Values::new(api.clone()),
            now: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
            api,
        }
    }

    /// Whether the argument is one that the server lets through.
    pub fn is_valid(&self, path: &str, arg: &Value) -> bool {
        self.values.check(&route(&self.api, path).arg, arg).is_ok()
    }

    /// Asks, and checks that the answer is one that the route may give.
    pub fn ask(&mut self, caller: Caller, path: &str, arg: Value, body: &[u8]) -> Answered {
        self.now += Duration::from_secs(1);
        let api = self.api.clone();
        let route = route(&api, path);
        if let Err(misfit) = self.values.check(&route.arg, &arg) {
            panic!("argument of {path}: {misfit}: {arg}");
        }
        let asked = Asked {
            namespace: &api[route.namespace].name,
            route: &route.name,
            version: route.version,
            arg: &arg,
            body: &Bytes::copy_from_slice(body),
            caller,
            now: self.now,
        };
        let answered = self
            .world
            .answer(&asked)
            .unwrap_or_else(|| panic!("{path} has no state"));
        let (ty, value) = match &answered {
            Answered::Result(result) | Answered::Content { result, .. } => (&route.result, result),
            Answered::Pending { otherwise, .. } => (&route.result, otherwise),
            Answered::Error(error) => (&route.error, error),
            Answered::Refused { .. } => return answered,
        };
        if let Err(misfit) = self.values.check(ty, value) {
            panic!("answer of {path} to {arg}: {misfit}: {value}");
        }
        answered
    }

    /// Asks for a result.
    pub fn call(&mut self, caller: Caller, path: &str, arg: Value) -> Value {
        self.send(caller, path, arg, b"")
    }

    /// Sends content and asks for a result.
    pub fn send(&mut self, caller: Caller, path: &str, arg: Value, body: &[u8]) -> Value {
        match self.ask(caller, path, arg, body) {
            Answered::Result(result) => result,
            other => panic!("{path}: {other:?}"),
        }
    }

    /// Asks for an error, whose tags come back as a path.
    pub fn error(&mut self, caller: Caller, path: &str, arg: Value) -> String {
        self.refuse(caller, path, arg, b"")
    }

    /// Sends content and asks for an error.
    pub fn refuse(&mut self, caller: Caller, path: &str, arg: Value, body: &[u8]) -> String {
        match self.ask(caller, path, arg, body) {
            Answered::Error(error) => tags(&error),
            other => panic!("{path}: {other:?}"),
        }
    }

    /// Asks for content.
    pub fn content(&mut self, caller: Caller, path: &str, arg: Value) -> Bytes {
        match self.ask(caller, path, arg, b"") {
            Answered::Content { body, .. } => body,
            other => panic!("{path}: {other:?}"),
        }
    }

    /// Launches a job, polls it to its end and returns what it says then.
    pub fn job(&mut self, caller: Caller, launch: &str, check: &str, arg: Value) -> Value {
        let launched = self.call(caller, launch, arg);
        assert_eq!(launched[".tag"], "async_job_id", "{launched}");
        let poll = serde_json::json!({ "async_job_id": launched["async_job_id"] });
        let first = self.call(caller, check, poll.clone());
        assert_eq!(first[".tag"], "in_progress");
        self.call(caller, check, poll)
    }

    /// Writes a file.
    pub fn upload(&mut self, path: &str, content: &[u8]) -> Value {
        let arg = serde_json::json!({ "path": path, "mode": "overwrite" });
        self.send(USER, "files/upload", arg, content)
    }
}

/// The tags of a union's value from the outside in, such as `path/not_found`.
pub fn tags(value: &Value) -> String {
    let mut tags = Vec::new();
    let mut at = value;
    while let Some(tag) = at[".tag"].as_str() {
        tags.push(tag);
        // A reason is where an upload tells why.
        at = if at[tag].is_object() {
            &at[tag]
        } else {
            &at["reason"]
        };
    }
    tags.join("/")
}

/// The text of a field of each item.
pub fn each<'a>(items: &'a Value, field: &str) -> Vec<&'a str> {
    let items = items.as_array().expect("is a list");
    items
        .iter()
        .map(|item| item[field].as_str().unwrap_or_default())
        .collect()
}
