//! Constraints of the specification, which are checked before anything is sent.

use generated_sdk::files::{DeleteArg, DeleteBatchArg, ListFolderArg};
use generated_sdk::testing::{Canned, Reply};
use generated_sdk::{AccessToken, FailureKind, UserClient, ValidationError, files};
use tests::sample::wait;

fn client(canned: &Canned, validate: bool) -> UserClient {
    UserClient::builder()
        .credential(AccessToken::new("t"))
        .transport(canned.clone())
        .validate(validate)
        .build()
        .unwrap()
}

#[test]
fn what_breaks_a_rule_is_not_sent_and_the_message_names_the_field_and_the_rule() {
    let canned = Canned::new();
    let client = client(&canned, true);
    let entries = vec![DeleteArg::new("/a"), DeleteArg::new("b")];
    let call = client.files().delete_batch(DeleteBatchArg::new(entries));
    let error = wait(async { call.await }).unwrap_err();
    let failure = error.failure().unwrap();
    assert_eq!(failure.kind(), FailureKind::InvalidArgument);
    assert!(!failure.is_retryable());
    let line = failure.to_string();
    let rule = "entries[1].path: does not match the pattern";
    assert!(
        line.starts_with("files/delete_batch: ") && line.contains(rule),
        "{line}"
    );
    let source = std::error::Error::source(failure).unwrap();
    let cause = source.downcast_ref::<ValidationError>().unwrap();
    assert_eq!(cause.path(), "entries[1].path");
    assert!(canned.sent().is_empty());
}

#[test]
fn bounds_are_named_too() {
    let canned = Canned::new();
    let arg = ListFolderArg::new("").limit(0_u32);
    let call = client(&canned, true).files().list_folder(arg);
    let error = wait(async { call.await }).unwrap_err();
    let rule = "limit: 0 is less than the minimum 1";
    assert!(error.to_string().contains(rule), "{error}");
}

#[test]
fn one_setting_leaves_the_check_to_the_server() {
    let canned = Canned::new();
    let page = r#"{"entries":[],"cursor":"c","has_more":false}"#;
    canned.answer(&files::LIST_FOLDER, Reply::json(page));
    let call = client(&canned, false).files().list_folder("no slash");
    wait(async { call.await }).unwrap();
    assert_eq!(canned.sent()[0].argument(), r#"{"path":"no slash"}"#);
}
