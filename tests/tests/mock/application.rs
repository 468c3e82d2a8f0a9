//! An application against the mock server, as its own tests would run it.

use std::process::{Command, Output};

use generated_sdk::files::{UploadArg, WriteMode};
use mock_server::{Fault, MockServer, Rule};
use tests::mocked::spec;
use tests::program::example;

use crate::{team, user};

fn run(server: &MockServer, args: &[&str]) -> Output {
    Command::new(example("team_member_files"))
        .args(args)
        .env("DROPBOX_TEAM_TOKEN", server.team_token())
        .env("DROPBOX_API_URL", server.url())
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .output()
        .expect("the example starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn the_example_lists_what_a_member_has() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let (member, members) = server.world(|world| {
        let first = world.members().next().map(|(id, _)| id.to_owned());
        (
            first.expect("the team has members"),
            world.members().count(),
        )
    });
    let files = team(&server).as_user(member);
    let content = "forty-two bytes of a plan, more or less …";
    let upload = files.files().upload(UploadArg::new("/plan.txt"), content);
    let size = upload.await.expect("the file is uploaded").size;
    // One fault that passes makes no difference to an application.
    let busy = Rule::on("team/members/list_v2")
        .call(1)
        .fault(Fault::rate_limited(0));
    server.add(busy).expect("the rule is right");
    let output = run(&server, &[]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(said.starts_with(&format!("{members} members\n")), "{said}");
    assert!(said.ends_with(&format!("{size:>12}  plan.txt\n")), "{said}");
    assert_eq!(server.violations(), []);
    assert_eq!(server.calls("team/members/list_v2").len(), 2);
}

#[tokio::test]
async fn content_is_transferred_again_only_when_it_has_changed() {
    let server = MockServer::start(spec()).await.expect("the server starts");
    let client = user(&server);
    let files = client.files();
    let write = |content: &'static str| {
        let arg = UploadArg::new("/a.txt").mode(WriteMode::Overwrite);
        files.upload(arg, content)
    };
    write("one").await.expect("the file is uploaded");
    let first = files.download("/a.txt").await.expect("it is there");
    let tag = first.etag.expect("the server gives tags");
    let again = files.download("/a.txt").if_none_match(&tag).await;
    assert!(again.expect_err("it has not changed").is_not_modified());
    write("two").await.expect("the file is replaced");
    let changed = files.download("/a.txt").if_none_match(&tag).await;
    let changed = changed.expect("it has changed");
    let content = changed.body.bytes(100).await.expect("all of it comes");
    assert_eq!(&content[..], b"two");
    assert_eq!(server.violations(), []);
}

#[test]
fn the_example_says_what_went_wrong() {
    let rule = Rule::on("files/list_folder").error("path/not_found");
    let server = MockServer::builder(spec()).rule(rule).start_blocking();
    let server = server.expect("the server starts");
    let output = run(&server, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("NotFound"), "{said}");
    assert_eq!(server.violations(), []);
}
