//! Each fault by itself, and what the SDK makes of it.

use generated_sdk::files::{
    CreateFolderArg, ListFolderContinueError, UploadSessionAppendArg, UploadSessionAppendError,
    UploadSessionCursor, UploadSessionStartArg,
};
use generated_sdk::{Error, FailureKind};
use mock_server::{Fault, MockServer, Rule};
use tests::mocked::spec;

use crate::{renewing, user};

/// A server on which this goes wrong during the first call of a route.
async fn server(route: &str, fault: &str) -> MockServer {
    let fault: Fault = fault.parse().expect("it is the text of a fault");
    let rule = Rule::on(route).call(1).fault(fault);
    let server = MockServer::builder(spec()).rule(rule).start().await;
    server.expect("the server starts")
}

#[tokio::test]
async fn reading_outlasts_what_passes() {
    for (fault, calls) in [
        ("expired-token", 2),
        ("rate-limited header=3 wait=5", 2),
        ("rate-limited body=bare", 2),
        ("rate-limited body=text", 2),
        ("rate-limited body=html header=0", 2),
        ("rate-limited body=none", 2),
        ("status 500", 2),
        ("status 503 retry-after=2", 2),
        ("status-after 502", 2),
        ("reset-before", 2),
        ("lost-answer", 2),
        ("truncated", 2),
        ("truncated keep=0", 2),
        ("wrong-length by=7", 2),
        ("slow pieces=5 pause=2", 1),
        ("cursor-reset", 1),
    ] {
        let server = server("users/get_current_account", fault).await;
        let account = renewing(&server).users().get_current_account().await;
        let account = account.unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert_eq!(account.account_id.as_str(), server.account_id(), "{fault}");
        let exchanges = server.calls("users/get_current_account");
        assert_eq!(exchanges.len(), calls, "{fault}");
        assert_eq!(server.violations(), [], "{fault}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_short_is_no_answer() {
    let server = server("users/get_current_account", "wrong-length by=-7").await;
    let answer = user(&server).users().get_current_account().await;
    let Err(Error::Failed(failure)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(failure.kind(), FailureKind::Decode);
}

#[tokio::test]
async fn what_may_not_happen_twice_is_not_repeated() {
    for (fault, calls, made) in [
        ("rate-limited", 2, true),
        ("lost-answer", 1, true),
        ("status-after 500", 1, true),
        ("reset-before", 1, false),
        ("status 500", 1, false),
    ] {
        let server = server("files/create_folder_v2", fault).await;
        let client = user(&server);
        let outcome = client
            .files()
            .create_folder_v2(CreateFolderArg::new("/a"))
            .await;
        assert_eq!(outcome.is_ok(), calls == 2, "{fault}: {outcome:?}");
        assert_eq!(
            server.calls("files/create_folder_v2").len(),
            calls,
            "{fault}"
        );
        let found = client.files().get_metadata("/a").await;
        assert_eq!(found.is_ok(), made, "{fault}");
    }
}

#[tokio::test]
async fn a_lost_answer_to_an_append_tells_the_offset() {
    let server = server("files/upload_session/append_v2", "lost-answer").await;
    let client = user(&server);
    let start = client
        .files()
        .upload_session_start(UploadSessionStartArg::new(), "abc");
    let session = start.await.expect("the session starts").session_id;
    let arg = UploadSessionAppendArg::new(UploadSessionCursor::new(session, 3));
    let error = client.files().upload_session_append_v2(arg, "defg").await;
    let error = error.expect_err("the content is there already");
    let Some(UploadSessionAppendError::IncorrectOffset(found)) = error.api() else {
        panic!("{error}");
    };
    assert_eq!(found.correct_offset, 7);
    assert_eq!(server.calls("files/upload_session/append_v2").len(), 2);
}

#[tokio::test]
async fn cursors_can_be_reset() {
    let server = server("files/list_folder/continue", "cursor-reset").await;
    let client = user(&server);
    let page = client
        .files()
        .list_folder("")
        .await
        .expect("the root is there");
    let error = client.files().list_folder_continue(page.cursor).await;
    let error = error.expect_err("the cursor is void");
    assert!(
        matches!(error.api(), Some(ListFolderContinueError::Reset)),
        "{error}"
    );
}
