//! Calls one route and prints what comes back.

use generated_sdk::files::ListFolderArg;
use generated_sdk::{AccessToken, UserClient};

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    let user = UserClient::new(AccessToken::new(token));
    let page = user.files().list_folder(ListFolderArg::new("")).await;
    println!("{page:?}");
}
