//! The folder that paths are relative to: in goes a choice, out comes the value of its header.

/// The namespace that the paths of a call are relative to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathRoot {
    /// The home folder of the user, which is the default.
    Home,
    /// The root of the user, given by its id: the call fails when the user has another root by now.
    Root(String),
    /// Any namespace that the user can reach, given by its id.
    Namespace(String),
}

impl PathRoot {
    /// The JSON of the path root, fit for a header.
    pub(crate) fn to_header(&self) -> String {
        match self {
            PathRoot::Home => r#"{".tag":"home"}"#.to_owned(),
            PathRoot::Root(id) => tagged("root", id),
            PathRoot::Namespace(id) => tagged("namespace_id", id),
        }
    }

    /// Whether a header says that paths begin at the root of the user.
    pub(crate) fn is_root(header: &str) -> bool {
        header.starts_with(r#"{".tag":"root""#)
    }
}

fn tagged(tag: &str, id: &str) -> String {
    let mut json = format!(r#"{{".tag":"{tag}","{tag}":"#);
    json.push_str(&crate::runtime::wire::header_safe(&id.to_owned()));
    json.push('}');
    json
}
