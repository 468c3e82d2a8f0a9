//! What an application does, step by step: acting as others, path roots, refresh, uploads in parts, downloads, pages.

use generated_sdk::files::{
    CommitInfo, ListFolderArg, ListFolderContinueArg, UploadSessionAppendArg, UploadSessionCursor,
    UploadSessionFinishArg, UploadSessionStartArg, WriteMode,
};
use generated_sdk::{PathRoot, UserClient};
use mock_server::{Exchange, MockServer};
use serde_json::json;
use tests::harness::CONTENT;
use tests::mocked::{client, clients, refresh, spec};
use tests::sample::wait;

use crate::ask::{ask, python};
use crate::difference::{differences, request};

#[test]
fn an_application_asks_for_the_same() {
    let Some(python) = python() else { return };
    let theirs = MockServer::builder(spec()).tls().start_blocking();
    let theirs = theirs.expect("the server starts");
    let more = json!({ "member": member(&theirs), "namespace": namespace(&theirs) });
    ask(&python, &theirs, "scenario", more);

    let ours = MockServer::builder(spec()).start_blocking();
    let ours = ours.expect("the server starts");
    wait(application(&ours)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((theirs.violations(), ours.violations()), (vec![], vec![]));
    let (theirs, ours) = (theirs.exchanges(), ours.exchanges());
    let paths = |exchanges: &[Exchange]| -> Vec<String> {
        exchanges
            .iter()
            .map(|one| one.request.path.clone())
            .collect()
    };
    assert_eq!(paths(&theirs), paths(&ours));
    let api = spec();
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let found = differences(&request(&api, theirs), &request(&api, ours));
        assert_eq!(found, [""; 0], "{}", ours.request.path);
    }
    println!("{} requests are alike", ours.len());
}

fn member(server: &MockServer) -> String {
    server
        .world(|world| world.members().next().map(|(member, _)| member.to_owned()))
        .expect("the team has members")
}

/// The namespace of the user, for the header that says what paths are relative to.
fn namespace(server: &MockServer) -> String {
    server.world(|world| world.root_of(server.account_id()).to_owned())
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The same steps as in `official_sdk.py`.
async fn application(server: &MockServer) -> Outcome {
    let everyone = clients(server);
    let member = member(server);
    everyone
        .team
        .as_user(&*member)
        .files()
        .list_folder("")
        .await?;
    everyone
        .team
        .as_admin(&*member)
        .files()
        .list_folder("")
        .await?;
    let root = PathRoot::Namespace(namespace(server));
    everyone
        .user
        .with_path_root(root)
        .files()
        .list_folder("")
        .await?;

    let user = client(server, UserClient::builder().credential(refresh(server)));
    user.users().get_current_account().await?;

    let name = "/résumé 😀.txt";
    user.files().upload(name, CONTENT).await?;
    let download = user.files().download(name).await?;
    assert_eq!(download.body.bytes(1 << 20).await?, CONTENT);
    in_parts(&user).await?;

    let mut page = user
        .files()
        .list_folder(ListFolderArg::new("").limit(1u32))
        .await?;
    while page.has_more {
        let next = ListFolderContinueArg::new(page.cursor);
        page = user.files().list_folder_continue(next).await?;
    }
    user.files().delete_v2("/long.txt").await?;
    Ok(())
}

async fn in_parts(user: &UserClient) -> Outcome {
    let length = CONTENT.len() as u64;
    let started = user
        .files()
        .upload_session_start(UploadSessionStartArg::new(), CONTENT)
        .await?;
    let id = started.session_id;
    let append = UploadSessionAppendArg::new(UploadSessionCursor::new(id.clone(), length));
    user.files()
        .upload_session_append_v2(append, CONTENT)
        .await?;
    let commit = CommitInfo::new("/long.txt").mode(WriteMode::Overwrite);
    let cursor = UploadSessionCursor::new(id, 2 * length);
    let finish = UploadSessionFinishArg::new(cursor, commit);
    user.files().upload_session_finish(finish, CONTENT).await?;
    let download = user.files().download("/long.txt").await?;
    assert_eq!(download.body.bytes(1 << 20).await?, CONTENT.repeat(3));
    Ok(())
}
