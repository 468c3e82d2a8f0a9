//! Calls whose path root went out of date: the server names the new one.

use super::Pending;
use crate::runtime::client::PathRoot;
use crate::runtime::error::FailureKind;
use crate::runtime::retry::Trouble;

impl Pending {
    /// Moves the call to the root that the user has now, if the server says that it is another one, and if the client
    /// follows it. Whether that was so; it can be only once.
    pub(super) fn follow_root(&mut self, trouble: Trouble<'_>) -> bool {
        let root = match trouble {
            Trouble::Failed(failure) if failure.kind() == FailureKind::PathRoot => {
                failure.root_namespace_id()
            }
            _ => None,
        };
        let own = self.settings.path_root.as_deref();
        let is_root = own
            .or(self.client.path_root.as_deref())
            .is_some_and(PathRoot::is_root);
        let follows = self.client.core.config.follow_root && is_root && !self.settings.moved;
        match root {
            Some(id) if follows => {
                self.settings.path_root = Some(PathRoot::Root(id).to_header());
                self.settings.moved = true;
                true
            }
            _ => false,
        }
    }
}
