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
    /// Whether a field `content_hash` of the argument of an upload, or of the result of a download, has the
    /// [`ContentHash`](super::ContentHash) of exactly the content that travels with it.
    pub content_hash: bool,
    /// What a second call does when nobody knows whether the first one got through.
    pub repeat: RepeatSafety,
    /// Declared errors that say that the same call may succeed later, as [`Error::tag_path`](super::Error::tag_path)
    /// spells them, such as `path/too_many_write_operations`; sorted.
    pub try_again: &'static [&'static str],
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

/// The scopes that a token needs for all of these routes: sorted, each of them once.
///
/// An application that asks for these scopes when it is authorized asks for no more than it needs.
///
/// ```
/// # #[cfg(feature = "files")] {
/// use generated_sdk::{files, scopes};
///
/// let needed = scopes(&[&files::UPLOAD, &files::LIST_FOLDER, &files::LIST_FOLDER_CONTINUE]);
/// assert_eq!(needed, ["files.content.write", "files.metadata.read"]);
/// # }
/// ```
pub fn scopes(routes: &[&Route]) -> Vec<&'static str> {
    let mut needed = Vec::new();
    for route in routes {
        if let Some(scope) = route.scope
            && let Err(place) = needed.binary_search(&scope)
        {
            needed.insert(place, scope);
        }
    }
    needed
}

/// What a second call of a route does when nobody knows whether the first one got through: the connection was lost,
/// the answer did not come in time, or the server failed half-way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepeatSafety {
    /// The call changes nothing. Repeat it.
    Read,
    /// A second call leaves things as the first one did, and its answer is true of them. Repeat it.
    Repeatable,
    /// A second call does no harm, but if the first one got through, the second fails with an error that says so, such
    /// as `not_found` after something was deleted. Repeat it where that error is taken for success.
    Recoverable,
    /// A second call may do the same once more, such as send another invitation, or it fails and leaves unknown what
    /// the first one made. Look at what there is before repeating it.
    Once,
}

impl RepeatSafety {
    /// Whether a call that got through after all may be made again without harm.
    pub(crate) fn is_harmless(self) -> bool {
        matches!(self, Self::Read | Self::Repeatable)
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

impl Auth {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Auth::User => "user",
            Auth::Team => "team",
            Auth::App => "app",
            Auth::Noauth => "noauth",
        }
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
