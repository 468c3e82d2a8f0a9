//! What the attributes of routes mean.
//!
//! In: a route with the attributes that `stone_cfg` declares; a spec that declares fewer gets the usual values. Out:
//! typed [`Attributes`], and a diagnostic for each value that the runtime has no way to act on.

use std::collections::BTreeMap;

use stone_parser::ast::LiteralValue;
use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::{Api, Route, Value};

use super::plan::Client;

/// How argument and result travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Both in bodies.
    Rpc,
    /// The argument in a header beside a body.
    Upload,
    /// Both in headers, the result beside a body.
    Download,
}

/// The attributes of a route.
#[derive(Debug, Clone)]
pub struct Attributes {
    /// `style`
    pub style: Style,
    /// `host`, a variant of the runtime's enum.
    pub host: &'static str,
    /// `auth`, in the order of the spec.
    pub auth: Vec<Client>,
    /// `scope`
    pub scope: Option<String>,
    /// `select_admin_mode`, as in the spec and as a variant of the runtime's enum.
    pub select_admin: Option<(&'static str, &'static str)>,
    /// `allow_app_folder_app`
    pub app_folder: bool,
    /// `is_preview`
    pub preview: bool,
}

const HOSTS: &[(&str, &str)] = &[("api", "Api"), ("content", "Content"), ("notify", "Notify")];
const SELECT_ADMIN: &[(&str, &str)] = &[("team_admin", "TeamAdmin"), ("whole_team", "WholeTeam")];
const STYLES: &[(&str, Style)] = &[
    ("rpc", Style::Rpc),
    ("upload", Style::Upload),
    ("download", Style::Download),
];

impl Attributes {
    /// The attributes of all routes, by id.
    pub fn all(api: &Api, found: &mut Diagnostics) -> Vec<Self> {
        api.routes
            .iter()
            .map(|route| Reader { route, found }.read())
            .collect()
    }

    /// Whether handles of a client have the route: what needs no authentication, all of them do.
    pub fn callable_by(&self, client: Client) -> bool {
        self.auth.contains(&client) || self.auth.contains(&Client::Noauth)
    }
}

struct Reader<'a> {
    route: &'a Route,
    found: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(&mut self) -> Attributes {
        Attributes {
            style: self
                .choice("style", STYLES)
                .map_or(Style::Rpc, |(_, style)| style),
            host: self.choice("host", HOSTS).map_or("Api", |(_, host)| host),
            auth: self.auth(),
            scope: self.text("scope").map(str::to_owned),
            select_admin: self.choice("select_admin_mode", SELECT_ADMIN),
            app_folder: self.flag("allow_app_folder_app"),
            preview: self.flag("is_preview"),
        }
    }

    fn literal(&self, name: &str) -> Option<&LiteralValue> {
        match &self.route.attrs.get(name)?.value {
            Value::Literal(literal) => Some(literal),
            Value::Tag { .. } => None,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.literal(name)? {
            LiteralValue::String(text) => Some(text),
            _ => None,
        }
    }

    fn flag(&self, name: &str) -> bool {
        self.literal(name) == Some(&LiteralValue::Bool(true))
    }

    fn choice<T: Copy>(
        &mut self,
        name: &str,
        known: &[(&'static str, T)],
    ) -> Option<(&'static str, T)> {
        let text = self.text(name)?.to_owned();
        let choice = known.iter().find(|(value, _)| *value == text).copied();
        if choice.is_none() {
            let values: Vec<_> = known.iter().map(|(value, _)| *value).collect();
            self.unknown(name, &text, &values);
        }
        choice
    }

    /// Kinds of authentication, separated by commas.
    fn auth(&mut self) -> Vec<Client> {
        let Some(text) = self.text("auth").map(str::to_owned) else {
            return vec![Client::User];
        };
        let mut clients = Vec::new();
        for name in text.split(',').map(str::trim) {
            match Client::ALL
                .into_iter()
                .find(|client| client.attribute() == name)
            {
                Some(client) if clients.contains(&client) => {}
                Some(client) => clients.push(client),
                None => self.unknown("auth", name, &Client::ALL.map(Client::attribute)),
            }
        }
        clients
    }

    fn unknown(&mut self, name: &str, value: &str, known: &[&str]) {
        let written = self.route.attrs.get(name).and_then(|attr| attr.span);
        let message = format!("the SDK cannot act on the {name} `{value}`");
        let help = format!("use one of {}", known.join(", "));
        let span = written.unwrap_or(self.route.span);
        self.found
            .push(Diagnostic::error(Code::RouteAttribute, span, message).help(help));
    }
}

/// Reports routes that a URL cannot tell apart, such as `x_v2` beside `x:2`.
pub fn check_urls(api: &Api, found: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for namespace in &api.namespaces {
        for id in &namespace.routes {
            let path = api.url_path(*id);
            let message = format!("two routes have the URL `{path}`");
            if let Some(first) = seen.insert(path, *id) {
                let diagnostic = Diagnostic::error(Code::RouteUrl, api[*id].span, message)
                    .also(api[first].span, "the other one")
                    .help("rename one of them");
                found.push(diagnostic);
            }
        }
    }
}
