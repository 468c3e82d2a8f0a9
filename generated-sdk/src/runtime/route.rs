//! What is known of a route before it is called: constants that the generated code hands to [`Call`](super::Call).

use std::fmt;

/// The facts of one route of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// The namespace that declares the route, such as `files`.
    pub namespace: &'static str,
    /// The name within the namespace, such as `list_folder/continue`.
    pub name: &'static str,
    /// The version; 1 is not written in the path.
    pub version: u32,
    /// The path of the URL, such as `/2/files/list_folder/continue`.
    pub path: &'static str,
    /// Where argument and result travel.
    pub style: Style,
    /// Which of the API's hosts answers.
    pub host: Host,
    /// Who may call it, in the order of the specification.
    pub auth: &'static [Auth],
    /// The OAuth scope that the token needs.
    pub scope: Option<&'static str>,
    /// What a team administrator reaches through [`TeamClient::as_admin`](super::TeamClient::as_admin).
    pub select_admin: Option<SelectAdmin>,
    /// Whether apps that see only their own folder may call it.
    pub app_folder: bool,
    /// Whether the route is a preview and may change without notice.
    pub preview: bool,
    /// Whether the route is deprecated.
    pub deprecated: bool,
}

impl Route {
    /// Whether the route refuses an `Authorization` header.
    pub const fn is_noauth(&self) -> bool {
        matches!(self.auth, [Auth::Noauth])
    }

    /// Whether a client of this kind may call the route.
    pub(crate) fn accepts(&self, auth: Auth) -> bool {
        self.is_noauth() || self.auth.contains(&auth)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)?;
        match self.version {
            1 => Ok(()),
            version => write!(f, ":{version}"),
        }
    }
}

/// Where the argument and the result of a route travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Both are JSON bodies.
    Rpc,
    /// The argument is a header, the request body is content, the result is a JSON body.
    Upload,
    /// Argument and result are headers, the response body is content.
    Download,
}

/// The host that serves a route. It does not follow from the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Host {
    /// `api.dropboxapi.com`
    Api,
    /// `content.dropboxapi.com`
    Content,
    /// `notify.dropboxapi.com`, which holds a request until something happens.
    Notify,
}

/// A kind of authentication, and so a kind of client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// The access token of a user.
    User,
    /// The access token of a team.
    Team,
    /// Key and secret of the app.
    App,
    /// No authentication at all.
    Noauth,
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Auth::User => "user",
            Auth::Team => "team",
            Auth::App => "app",
            Auth::Noauth => "noauth",
        })
    }
}

/// What a team administrator reaches when acting through a user route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SelectAdmin {
    /// Folders that the team owns.
    TeamAdmin,
    /// The folders of the team and the files of its members.
    WholeTeam,
}
