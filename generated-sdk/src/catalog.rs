//! Routes by name, for programs that learn only at run time what to call.

use crate::generated::NAMESPACES;
use crate::runtime::Route;

/// All routes that are compiled in, in the order of the specification.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    NAMESPACES.iter().flat_map(|(_, routes)| *routes).copied()
}

/// A route by the name that stands in its URL, such as `files/list_folder/continue` or `files/copy_v2`; nothing for
/// one that does not exist, or whose feature is off.
///
/// ```
/// # #[cfg(feature = "files")] {
/// let route = generated_sdk::route("files/copy_v2").ok_or("no such route")?;
/// assert_eq!(route, &generated_sdk::files::COPY_V2);
/// # }
/// # Ok::<(), &str>(())
/// ```
pub fn route(name: &str) -> Option<&'static Route> {
    for (_, routes) in NAMESPACES {
        for route in *routes {
            if route.path.strip_prefix("/2/") == Some(name) {
                return Some(route);
            }
        }
    }
    None
}
