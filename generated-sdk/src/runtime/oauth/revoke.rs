//! The end of access: the token is revoked at the server, and the credential is emptied.

use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::route::{Auth, Host, RepeatSafety, Route, Style};

/// Written down here, as OAuth belongs to the runtime and not to a namespace that may be left out.
static REVOKE: Route = Route {
    namespace: "auth",
    name: "token/revoke",
    version: 1,
    path: "/2/auth/token/revoke",
    style: Style::Rpc,
    host: Host::Api,
    auth: &[Auth::User, Auth::Team],
    scope: None,
    select_admin: None,
    app_folder: true,
    preview: false,
    deprecated: false,
    content_hash: false,
    repeat: RepeatSafety::Once,
    try_again: &[],
};

impl Client {
    /// Ends the access that the client's token stands for: the token, the refresh token that it came from and all
    /// others of that authorization stop working. Clients that share a credential which renews itself fail from then
    /// on with a message that says why.
    pub async fn revoke(&self) -> Result<(), Error<()>> {
        Call::<(), ()>::rpc(self, &REVOKE, ()).await?;
        self.core.credential.revoke();
        Ok(())
    }
}
