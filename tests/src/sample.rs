//! Routes and types in the shape that the emitter writes, for tests of the client that need none of a real namespace.

use generated_sdk::runtime::wire::{
    self as w, Blank, Decoder, Encoder, StructMeta, UnionMeta, Unknown, Wire,
};
use generated_sdk::runtime::{Auth, Host, RepeatSafety, Route, SelectAdmin, Style};
use generated_sdk::{BaseUrls, RetryPolicy, UserClient};

use crate::server::Server;

/// A route that users call: JSON in, JSON out.
pub static READ: Route = Route {
    namespace: "sample",
    name: "read",
    version: 1,
    path: "/2/sample/read",
    style: Style::Rpc,
    host: Host::Api,
    auth: &[Auth::User],
    scope: Some("sample.read"),
    select_admin: None,
    app_folder: false,
    preview: false,
    deprecated: false,
    content_hash: false,
    repeat: RepeatSafety::Read,
    try_again: &["busy", "path/too_many_write_operations"],
};

/// A route that sends content.
pub static SEND: Route = Route {
    name: "send",
    version: 2,
    path: "/2/sample/send_v2",
    style: Style::Upload,
    host: Host::Content,
    select_admin: Some(SelectAdmin::WholeTeam),
    repeat: RepeatSafety::Once,
    ..READ
};

/// A route that receives content.
pub static FETCH: Route = Route {
    name: "fetch",
    path: "/2/sample/fetch",
    style: Style::Download,
    host: Host::Content,
    ..READ
};

/// A route that teams call.
pub static MEMBERS: Route = Route {
    name: "members",
    path: "/2/sample/members",
    auth: &[Auth::Team],
    ..READ
};

/// A route that apps and users call.
pub static SHARED: Route = Route {
    name: "shared",
    path: "/2/sample/shared",
    auth: &[Auth::App, Auth::User],
    ..READ
};

/// A route that waits, without authentication.
pub static WATCH: Route = Route {
    name: "watch",
    path: "/2/sample/watch",
    host: Host::Notify,
    auth: &[Auth::Noauth],
    scope: None,
    ..READ
};

/// An argument and a result.
#[non_exhaustive]
pub struct Note {
    /// Where it is.
    pub path: String,
    /// What it says.
    pub text: Option<String>,
    /// How long it is.
    pub size: u64,
}

impl Note {
    /// A note without text.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: None,
            size: 0,
        }
    }
}

static NOTE: StructMeta = StructMeta::new(
    "Note",
    &["\"path\":", "\"text\":", "\"size\":"],
    b"SOD\0\0\0",
);

impl Blank for Note {
    const BLANK: Self = Self {
        path: String::new(),
        text: None,
        size: 0,
    };
}

impl Wire for Note {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.object(&NOTE, &[&self.path], &[&self.text], &[&self.size]);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.object(
            &NOTE,
            &mut [&mut self.path],
            &mut [&mut self.text],
            &mut [&mut self.size],
        );
    }
}

/// An error that routes declare.
#[non_exhaustive]
pub enum NoteError {
    /// There is no such note.
    NotFound,
    /// Something is wrong with the path.
    Path(PathError),
    /// A newer error.
    Other(Unknown),
}

static NOTE_ERROR: UnionMeta = UnionMeta {
    name: "NoteError",
    tags: &["path", "not_found"],
    kinds: b"kv",
    open: true,
    root: false,
    rules: &[],
};

impl Blank for NoteError {
    const BLANK: Self = Self::Other(Unknown::BLANK);
}

impl Wire for NoteError {
    fn encode(&self, out: &mut Encoder<'_>) {
        let (index, payload): (u16, &dyn Wire) = match self {
            Self::Path(error) => (0, error),
            Self::NotFound => (1, &()),
            Self::Other(unknown) => return out.unknown(unknown),
        };
        out.variant(&NOTE_ERROR, index, payload);
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&NOTE_ERROR) {
            0 => Self::Path(Blank::BLANK),
            1 => Self::NotFound,
            _ => Self::Other(inp.unknown()),
        };
        if let Self::Path(error) = self {
            inp.payload(error);
        }
    }
}

/// A closed union.
#[derive(Copy, Eq)]
pub enum PathError {
    /// There is nothing at the path.
    NotFound,
    /// Something else is at the path.
    Conflict,
}

static PATH_ERROR: UnionMeta = UnionMeta {
    name: "PathError",
    tags: &["conflict", "not_found"],
    kinds: b"vv",
    open: false,
    root: false,
    rules: &[],
};

impl Blank for PathError {
    const BLANK: Self = Self::NotFound;
}

impl Wire for PathError {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.variant(&PATH_ERROR, u16::from(*self == Self::NotFound), &());
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = match inp.variant(&PATH_ERROR) {
            0 => Self::Conflict,
            1 => Self::NotFound,
            _ => return,
        };
    }
}

generated_sdk::wire_traits!(Note, NoteError, PathError);

/// A client of users for this server, with the token `secret-token`, that makes every call once.
pub fn user(server: &Server) -> UserClient {
    UserClient::builder()
        .credential(generated_sdk::AccessToken::new("secret-token"))
        .base_urls(BaseUrls::single(server.url()))
        .retry(RetryPolicy::off())
        .build()
        .expect("the settings are right")
}

/// Runs a future to its end on a runtime of one thread.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime can be set up").block_on(future)
}
