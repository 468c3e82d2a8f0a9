//! Calls three routes, the audit log among them, and prints what comes back.

use std::sync::Arc;

use dropbox_sdk::async_routes::{files, team, team_log};
use dropbox_sdk::default_async_client::{TeamAuthDefaultClient, UserAuthDefaultClient};
use dropbox_sdk::oauth2::{Authorization, TokenCache};

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    #[allow(deprecated)]
    let authorization = Authorization::from_long_lived_access_token(token);
    let user = UserAuthDefaultClient::new(authorization.clone());
    let team = TeamAuthDefaultClient::new(Arc::new(TokenCache::new(authorization)));
    let arg = files::ListFolderArg::new("".to_owned());
    println!("{:?}", files::list_folder(&user, &arg).await);
    let arg = team::MembersListArg::default();
    println!("{:?}", team::members_list_v2(&team, &arg).await);
    let arg = team_log::GetTeamEventsArg::default();
    println!("{:?}", team_log::get_events(&team, &arg).await);
}
