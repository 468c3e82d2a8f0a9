//! Calls one route and prints what comes back.

use dropbox_sdk::async_routes::files;
use dropbox_sdk::default_async_client::UserAuthDefaultClient;
use dropbox_sdk::oauth2::Authorization;

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    #[allow(deprecated)]
    let user = UserAuthDefaultClient::new(Authorization::from_long_lived_access_token(token));
    let arg = files::ListFolderArg::new("".to_owned());
    println!("{:?}", files::list_folder(&user, &arg).await);
}
