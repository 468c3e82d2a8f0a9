//! Paths that begin at the space of a team: the root of the user is looked up, and set.

use crate::runtime::{Error, PathRoot, UserClient};

impl UserClient {
    /// A client whose paths begin at the root of the user, which for members of a team with a team space is that space
    /// and not their own folder. Asks the server which root that is.
    ///
    /// Roots change when a user joins or leaves a team. Calls fail then with
    /// [`FailureKind::PathRoot`](crate::FailureKind::PathRoot), unless the client was built to
    /// [`follow_root`](crate::ClientBuilder::follow_root).
    ///
    /// ```no_run
    /// # async fn example(team: generated_sdk::TeamClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let member = team.as_user("dbmid:AAA").at_team_space().await?;
    /// let page = member.files().list_folder("").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn at_team_space(&self) -> Result<Self, Error<()>> {
        let account = self.users().get_current_account();
        // The client may have had a root that is out of date.
        let account = account.path_root(PathRoot::Home).await?;
        let root = account.root_info.root_namespace_id();
        Ok(self.with_path_root(PathRoot::Root(root.to_owned())))
    }
}
