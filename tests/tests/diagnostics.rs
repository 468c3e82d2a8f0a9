//! What a program prints for a bug report.

use std::time::Duration;

use generated_sdk::testing::Canned;
use generated_sdk::{
    AccessToken, BaseUrls, NoauthClient, PathRoot, RetryPolicy, TeamClient, UserClient, routes,
};
use tests::snapshots;

fn member() -> UserClient {
    let team = TeamClient::builder()
        .credential(AccessToken::new("s3cret-token"))
        .base_urls(BaseUrls::default().api("http://127.0.0.1:1"))
        .header("X-Key", "s3cret-header")
        .read_timeout(Duration::from_secs(5))
        .connect_timeout(None)
        .retry(RetryPolicy::off())
        .validate(false)
        .transport(Canned::new())
        .build()
        .unwrap();
    let member = team.as_user("dbmid:s3cret-member");
    member.with_path_root(PathRoot::Namespace("s3cret-root".to_owned()))
}

#[test]
fn diagnostics_tell_how_a_client_is_set_up_and_nothing_secret() {
    let text = member().core().diagnostics().to_string();
    assert!(!text.contains("s3cret"), "{text}");
    let (head, settings) = text.split_once("client: ").unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        head.starts_with(&format!("generated-sdk {version} on ")),
        "{head}"
    );
    let expected = "\
user, for a member
path root: set
locale: not set
hosts: http://127.0.0.1:1 https://content.dropboxapi.com https://notify.dropboxapi.com https://www.dropbox.com
connect timeout: none
read timeout: 5s
attempt timeout: none
total timeout: none
retries: RetryPolicy { max_attempts: 1, base: 500ms, cap: 30s, max_server_wait: 120s, classifier: false }
headers of one's own: 1
validation: off
content hashes: on
admin check: on
follows roots: off
hooks: not set
";
    assert_eq!(settings, expected);
}

#[test]
fn diagnostics_name_every_feature() {
    let manifest = snapshots::root().join("generated-sdk/Cargo.toml");
    let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let client = NoauthClient::builder()
        .transport(Canned::new())
        .build()
        .unwrap();
    let text = client.core().diagnostics().to_string();
    // Those that the tests leave off.
    let off = ["chrono", "jiff"];
    for name in features.keys() {
        let is_told = text.split_whitespace().any(|word| word == name);
        let is_on = !off.contains(&name.as_str()) && !["default", "full"].contains(&name.as_str());
        assert_eq!(is_told, is_on, "{name} in {text}");
    }
    let namespaces: std::collections::BTreeSet<_> = routes().map(|route| route.namespace).collect();
    assert_eq!(namespaces.len(), 14);
}
