//! Which route a path leads to, and what the spec says of it.
//!
//! In: the IR with the attributes of its routes. Out: [`Facts`] by path. A spec whose routes have no such attributes gets
//! what the schema of the real service has as defaults: users, JSON in both directions, the host `api`.

use std::collections::{BTreeSet, HashMap};

use stone_parser::ast::LiteralValue;
use stone_parser::ir::{self, Api, Route, RouteId, Type};

/// How argument and result travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Both are JSON bodies.
    Rpc,
    /// The argument is a header, the body is content.
    Upload,
    /// Argument and result are headers, the body of the answer is content.
    Download,
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    User,
    Team,
    App,
    Noauth,
}

/// What the spec says of a route.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub id: RouteId,
    pub namespace: String,
    pub name: String,
    pub version: u64,
    /// Such as `files/copy_v2`.
    pub path: String,
    pub style: Style,
    pub host: String,
    pub auth: Vec<Auth>,
    pub scope: Option<String>,
    /// Whether an admin may be selected for it.
    pub takes_admin: bool,
}

/// The host of a spec that names none, and of the token endpoint.
pub(crate) const API: &str = "api";

/// The host of pages that people see, which no route has.
pub(crate) const WEB: &str = "web";

/// All routes of a spec.
#[derive(Debug)]
pub(crate) struct Routes {
    facts: Vec<Facts>,
    by_path: HashMap<String, usize>,
}

impl Routes {
    pub fn new(api: &Api) -> Self {
        let ids = (0..).map(RouteId);
        let facts: Vec<_> = ids
            .zip(&api.routes)
            .map(|(id, route)| Facts::new(api, id, route))
            .collect();
        let paths = facts.iter().map(|facts| facts.path.clone());
        let by_path = paths.zip(0..).collect();
        Self { facts, by_path }
    }

    /// The route with this path, such as `files/copy_v2`.
    pub fn find(&self, path: &str) -> Option<&Facts> {
        self.facts.get(*self.by_path.get(path)?)
    }

    /// All of them, by namespace and name.
    pub fn iter(&self) -> impl Iterator<Item = &Facts> {
        self.facts.iter()
    }

    /// The last route by name that a user calls without an argument and that answers something: a first call to try.
    pub fn simplest(&self, api: &Api) -> Option<&Facts> {
        self.facts.iter().rev().find(|facts| {
            let route = &api[facts.id];
            let talks = facts.style == Style::Rpc && facts.auth.contains(&Auth::User);
            let (argument, result) = (api.strip(&route.arg).0, api.strip(&route.result).0);
            talks && *argument == Type::Void && *result != Type::Void && route.deprecated.is_none()
        })
    }

    /// The hosts in alphabetical order, with those that no route has.
    pub fn hosts(&self) -> Vec<String> {
        let named = self.facts.iter().map(|facts| facts.host.as_str());
        let all: BTreeSet<_> = named.chain([API, WEB]).collect();
        all.into_iter().map(str::to_owned).collect()
    }
}

impl Facts {
    fn new(api: &Api, id: RouteId, route: &Route) -> Self {
        let namespace = api[route.namespace].name.clone();
        let auth = text(route, "auth").unwrap_or("user");
        Self {
            id,
            path: api.url_path(id),
            namespace,
            name: route.name.clone(),
            version: route.version,
            style: match text(route, "style") {
                Some("upload") => Style::Upload,
                Some("download") => Style::Download,
                _ => Style::Rpc,
            },
            host: text(route, "host").unwrap_or(API).to_owned(),
            auth: auth
                .split(',')
                .filter_map(|word| kind(word.trim()))
                .collect(),
            scope: text(route, "scope").map(str::to_owned),
            takes_admin: text(route, "select_admin_mode").is_some(),
        }
    }

    /// Whether callers show who they are.
    pub fn is_noauth(&self) -> bool {
        self.auth.contains(&Auth::Noauth)
    }
}

fn kind(word: &str) -> Option<Auth> {
    match word {
        "user" => Some(Auth::User),
        "team" => Some(Auth::Team),
        "app" => Some(Auth::App),
        "noauth" => Some(Auth::Noauth),
        _ => None,
    }
}

fn text<'a>(route: &'a Route, name: &str) -> Option<&'a str> {
    match &route.attrs.get(name)?.value {
        ir::Value::Literal(LiteralValue::String(text)) => Some(text),
        _ => None,
    }
}
