//! Calls three routes, the audit log among them, and prints what comes back.

use generated_sdk::files::ListFolderArg;
use generated_sdk::{AccessToken, TeamClient, UserClient};

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    let user = UserClient::new(AccessToken::new(token.clone()));
    let team = TeamClient::new(AccessToken::new(token));
    let page = user.files().list_folder(ListFolderArg::new("")).await;
    println!("{page:?}");
    println!("{:?}", team.team().members_list_v2(()).await);
    println!("{:?}", team.team_log().get_events(()).await);
}
