//! What is made of every status and every form of body that the service and what stands before it answer with.

use std::error::Error as _;
use std::time::Duration;

use generated_sdk::runtime::wire::{Blank, Wire};
use generated_sdk::{Call, Error, FailureKind};
use tests::sample::{Note, NoteError, PathError, READ, user, wait};
use tests::server::{Reply, Server};

/// The error that an answer leads to.
fn error<E: Wire + Blank + std::fmt::Debug>(reply: Reply) -> Error<E> {
    let server = Server::start([reply]);
    let client = user(&server);
    let call: Call<Note, E> = Call::rpc(client.core(), &READ, Note::new("/a"));
    wait(async { call.await }).unwrap_err()
}

fn json(status: u16, body: &str) -> Reply {
    Reply::with(
        status,
        &[
            ("Content-Type", "application/json"),
            ("X-Dropbox-Request-Id", "42"),
        ],
        body,
    )
}

#[track_caller]
fn check(error: &Error<NoteError>, kind: FailureKind, line: &str) {
    assert_eq!(
        error.failure().map(|failure| failure.kind()),
        Some(kind),
        "{error:?}"
    );
    assert_eq!(error.to_string(), line);
}

#[test]
fn a_declared_error_is_typed_and_keeps_what_the_server_said() {
    let body = r#"{"error":{".tag":"path","path":{".tag":"not_found"}},"error_summary":"path/not_found/..",
        "user_message":{"text":"Not there.","locale":"en"}}"#;
    let error = error::<NoteError>(json(409, body));
    assert!(matches!(
        error.api(),
        Some(NoteError::Path(PathError::NotFound))
    ));
    assert_eq!(error.status().unwrap(), 409);
    assert_eq!(error.request_id(), Some("42"));
    assert_eq!(error.summary(), "path/not_found/..");
    assert_eq!(error.user_message(), Some("Not there."));
    assert_eq!(error.tag_path(), "path/not_found");
    assert_eq!(error.raw(), body);
    assert!(error.is_not_found() && !error.is_conflict() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "sample/read: path/not_found: Not there. (request 42)"
    );
}

#[test]
fn an_unknown_declared_error_can_be_looked_into() {
    let error = error::<NoteError>(json(
        409,
        r#"{"error":{".tag":"brand_new","why":{".tag":"because"}}}"#,
    ));
    let Some(NoteError::Other(unknown)) = error.api() else {
        panic!("{error:?}")
    };
    assert_eq!(unknown.tag(), "brand_new");
    assert_eq!(error.tag_path(), "brand_new/because");
    assert_eq!(
        error.error_json(),
        Some(r#"{".tag":"brand_new","why":{".tag":"because"}}"#)
    );
}

#[test]
fn busy_tags_ask_to_try_again() {
    let body = r#"{"error":{".tag":"path","reason":{".tag":"too_many_write_operations"}}}"#;
    assert!(error::<()>(json(409, body)).is_retryable());
}

#[test]
fn routes_without_declared_errors_still_refuse() {
    for body in [
        r#"{"error":{".tag":"oops"},"error_summary":"oops/."}"#,
        "{}",
        "",
        "no JSON",
        "<html>Conflict</html>",
    ] {
        let error = error::<()>(json(409, body));
        assert_eq!(error.api(), Some(&()), "{body}: {error:?}");
        assert_eq!(error.raw(), body);
    }
}

#[test]
fn declared_errors_may_be_structs() {
    let error = error::<Note>(json(
        409,
        r#"{"error":{"path":"/a","size":3},"error_summary":"x/."}"#,
    ));
    assert_eq!(error.api().map(|note| note.size), Some(3));
    assert_eq!(error.to_string(), "sample/read: x/. (request 42)");
}

#[test]
fn a_declared_error_that_cannot_be_decoded_says_where() {
    let error = error::<NoteError>(json(
        409,
        r#"{"error":{".tag":"path","path":{".tag":"strange"}}}"#,
    ));
    check(
        &error,
        FailureKind::Decode,
        "sample/read: the answer cannot be decoded (request 42)",
    );
    assert!(
        error.source().unwrap().to_string().contains("strange"),
        "{:?}",
        error.source()
    );
    assert_eq!(error.tag_path(), "path/strange");
}

#[test]
fn a_conflict_without_json_is_unexpected() {
    let error = error::<NoteError>(Reply::text(409, "range/not_satisfiable"));
    check(
        &error,
        FailureKind::Unexpected,
        "sample/read: unexpected answer (409 Conflict): range/not_satisfiable",
    );
}

#[test]
fn bad_input_is_told_in_one_line() {
    let long = format!(
        "Error in call to API function\n \"sample/read\":\t{}",
        "x".repeat(500)
    );
    let error = error::<NoteError>(Reply::text(400, &long));
    assert_eq!(error.failure().unwrap().kind(), FailureKind::BadInput);
    let line = error.to_string();
    assert!(
        line.contains(r#"Error in call to API function "sample/read": xxx"#),
        "{line}"
    );
    assert!(line.ends_with("x…") && line.len() < 300, "{line}");
    assert_eq!(error.raw(), long);

    let oauth = Reply::json(
        400,
        r#"{"error":"invalid_grant","error_description":"refresh token is invalid"}"#,
    );
    let error = self::error::<NoteError>(oauth);
    assert_eq!(
        (error.tag_path(), error.summary()),
        ("invalid_grant", "refresh token is invalid")
    );
}

#[test]
fn a_refused_credential_says_what_to_do() {
    let cases = [
        ("", "sample/read: the server does not accept the credential"),
        (
            r#"{"error":{".tag":"expired_access_token"}}"#,
            "sample/read: the access token has expired, get a new one",
        ),
        (
            r#"{"error":{".tag":"invalid_access_token"}}"#,
            "sample/read: the access token is not valid, authorize the app again",
        ),
        (
            r#"{"error":{".tag":"missing_scope","required_scope":"files.write"}}"#,
            "sample/read: the access token lacks the scope `files.write`, authorize the app for it",
        ),
        (
            r#"{"error":{".tag":"missing_scope"}}"#,
            "sample/read: the access token lacks the scope `sample.read`, authorize the app for it",
        ),
        (
            r#"{"error":{".tag":"brand_new"}}"#,
            "sample/read: the server does not accept the credential: brand_new",
        ),
    ];
    for (body, line) in cases {
        let error = error::<NoteError>(Reply::json(401, body));
        check(&error, FailureKind::Auth, line);
        assert_eq!(error.is_auth_expired(), body.contains("expired"), "{body}");
        let scope = body
            .contains("required_scope")
            .then(|| "files.write".to_owned());
        assert_eq!(error.failure().unwrap().required_scope(), scope);
    }
}

#[test]
fn access_and_path_root_have_kinds_of_their_own() {
    let body =
        r#"{"error":{".tag":"invalid_account_type","invalid_account_type":{".tag":"feature"}}}"#;
    let error = error::<NoteError>(json(403, body));
    check(
        &error,
        FailureKind::Access,
        "sample/read: access denied: invalid_account_type/feature (request 42)",
    );

    let body = r#"{"error":{".tag":"invalid_root","invalid_root":{".tag":"user","root_namespace_id":"7","home_namespace_id":"8"}}}"#;
    let error = self::error::<NoteError>(json(422, body));
    let line = "sample/read: the path root is out of date, the user's root is namespace 7 now (request 42)";
    check(&error, FailureKind::PathRoot, line);
    assert_eq!(
        error.failure().unwrap().root_namespace_id().as_deref(),
        Some("7")
    );

    let error = self::error::<NoteError>(json(422, r#"{"error":{".tag":"no_permission"}}"#));
    check(
        &error,
        FailureKind::PathRoot,
        "sample/read: the path root cannot be used: no_permission (request 42)",
    );
}

#[test]
fn too_many_calls_come_in_many_forms() {
    let body = r#"{"error":{"reason":{".tag":"too_many_requests"},"retry_after":300}}"#;
    let bare = r#"{"error_summary":"too_many_write_operations/.","error":{"reason":{".tag":"too_many_write_operations"}}}"#;
    let cases = [
        (Some("1"), bare, Some(1), "too_many_write_operations"),
        (Some("10"), body, Some(300), "too_many_requests"),
        (Some("400"), body, Some(400), "too_many_requests"),
        (None, body, Some(300), "too_many_requests"),
        (None, bare, None, "too_many_write_operations"),
        (Some("0"), "slow down", Some(0), ""),
        (
            Some("soon"),
            "<html><body>slow down</body></html>",
            None,
            "",
        ),
        (Some("Sun, 06 Nov 1994 08:49:37 GMT"), "", Some(0), ""),
        (Some("99999999999"), "", Some(99_999_999_999), ""),
        (None, "", None, ""),
    ];
    for (header, body, seconds, tags) in cases {
        let headers: Vec<(&str, &str)> = header
            .map(|value| ("Retry-After", value))
            .into_iter()
            .collect();
        let error = error::<NoteError>(Reply::with(429, &headers, body));
        assert_eq!(error.failure().unwrap().kind(), FailureKind::RateLimited);
        assert_eq!(
            error.retry_after(),
            seconds.map(Duration::from_secs),
            "{header:?} {body}"
        );
        assert_eq!(error.tag_path(), tags);
        assert!(error.is_retryable());
    }
    let error = error::<NoteError>(Reply::with(429, &[("Retry-After", "7")], "slow down"));
    assert_eq!(
        error.to_string(),
        "sample/read: too many calls, try again in 7 s: slow down"
    );
}

#[test]
fn servers_in_trouble_are_worth_another_try() {
    for status in [500, 502, 503, 504, 599] {
        for body in ["", "oops", "<html></html>", r#"{"error":"internal"}"#] {
            let error = error::<NoteError>(Reply::text(status, body));
            assert_eq!(
                error.failure().unwrap().kind(),
                FailureKind::Server,
                "{status} {body}"
            );
            assert!(error.is_retryable());
        }
    }
}

#[test]
fn other_statuses_are_unexpected() {
    for status in [201, 204, 206, 302, 304, 404, 410, 418] {
        let reply = Reply::with(status, &[("Location", "http://127.0.0.1:1/")], "");
        let error = error::<NoteError>(reply);
        assert_eq!(
            error.failure().unwrap().kind(),
            FailureKind::Unexpected,
            "{status}"
        );
        assert_eq!(error.status().unwrap(), status);
        assert!(!error.is_retryable());
    }
}

#[test]
fn no_more_than_64_kib_of_an_error_are_kept() {
    let error = error::<NoteError>(Reply::text(500, &"é".repeat(100_000)));
    assert_eq!(error.raw().len(), 64 * 1024);
}

#[test]
fn an_error_that_breaks_off_keeps_its_status() {
    let error = error::<NoteError>(Reply::text(503, "maintenance").without_last(3).then_close());
    assert_eq!(error.failure().unwrap().kind(), FailureKind::Server);
    assert_eq!(error.raw(), "maintena");
}

/// What a status means whatever its body is.
fn kind_of(status: u16) -> FailureKind {
    match status {
        400 => FailureKind::BadInput,
        401 => FailureKind::Auth,
        403 => FailureKind::Access,
        422 => FailureKind::PathRoot,
        429 => FailureKind::RateLimited,
        500.. => FailureKind::Server,
        _ => FailureKind::Unexpected,
    }
}

#[test]
fn every_status_is_understood_with_every_body() {
    let bodies = [
        r#"{"error_summary":"odd/..","error":{".tag":"odd","odd":{".tag":"thing"}}}"#,
        r#"{"error":"odd","error_description":"odd thing"}"#,
        r#"{"error":{"reason":{".tag":"odd"}},"user_message":{"text":"Odd.","locale":"en"}}"#,
        r#"{"error":"#,
        "[]",
        "null",
        "plain text",
        "<!DOCTYPE html>\n<html><body>Bad gateway</body></html>",
        "\u{0}\u{1}",
        "",
    ];
    let statuses = [400, 401, 403, 404, 405, 410, 422, 429, 500, 502, 503, 504];
    for status in statuses {
        for body in bodies {
            let error = error::<NoteError>(json(status, body));
            let failure = error
                .failure()
                .unwrap_or_else(|| panic!("{status} {body}: {error:?}"));
            assert_eq!(failure.kind(), kind_of(status), "{body}");
            assert_eq!(failure.status().unwrap(), status);
            assert_eq!((failure.request_id(), failure.raw()), (Some("42"), body));
            let line = error.to_string();
            assert!(line.starts_with("sample/read: ") && line.ends_with(" (request 42)"));
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}

#[test]
fn a_cause_can_be_followed_to_its_root() {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let client = generated_sdk::UserClient::builder()
        .credential(generated_sdk::AccessToken::new("t"))
        .base_urls(generated_sdk::BaseUrls::single(url))
        .retry(generated_sdk::RetryPolicy::off())
        .build()
        .unwrap();
    let call: Call<Note, NoteError> = Call::rpc(client.core(), &READ, Note::new("/a"));
    let error = wait(async { call.await }).unwrap_err();
    let chain = std::iter::successors(error.source(), |&error| error.source());
    let root = chain.last().unwrap().downcast_ref::<std::io::Error>();
    assert_eq!(root.unwrap().kind(), std::io::ErrorKind::ConnectionRefused);
}

#[test]
fn failures_have_the_types_of_the_specification() {
    use generated_sdk::auth::{AccessError, AuthError, RateLimitReason};
    use generated_sdk::common::PathRootError;

    let failed = |status, json: &str| {
        let body = format!(r#"{{"error_summary":"x/.","error":{json}}}"#);
        let error = error::<NoteError>(self::json(status, &body));
        match error {
            Error::Failed(failure) => failure,
            other => panic!("{other:?}"),
        }
    };
    let scope = failed(
        401,
        r#"{".tag":"missing_scope","required_scope":"files.write"}"#,
    );
    assert!(
        matches!(scope.auth_error(), Some(AuthError::MissingScope(lack)) if lack.required_scope == "files.write")
    );
    let team = failed(403, r#"{".tag":"team_access_denied"}"#);
    assert!(matches!(
        team.access_error(),
        Some(AccessError::TeamAccessDenied)
    ));
    let limit = failed(
        429,
        r#"{"reason":{".tag":"too_many_requests"},"retry_after":3}"#,
    );
    let limit = limit.rate_limit_error().unwrap();
    assert_eq!(limit.retry_after, 3);
    assert!(matches!(limit.reason, RateLimitReason::TooManyRequests));
    let root = failed(422, r#"{".tag":"no_permission"}"#);
    assert!(matches!(
        root.path_root_error(),
        Some(PathRootError::NoPermission)
    ));
    // An error of one kind is none of another, and text has no type.
    assert!(root.auth_error().is_none() && scope.path_root_error().is_none());
    let text = error::<NoteError>(Reply::text(401, ""));
    assert!(text.failure().unwrap().auth_error().is_none());
}

#[test]
fn routes_whose_error_is_a_struct_tell_it() {
    use generated_sdk::team::TeamFolderListArg;
    use generated_sdk::testing::{Canned, Reply as CannedReply};

    let canned = Canned::new();
    let error = r#"{"access_error":{".tag":"no_access"}}"#;
    canned.answer(
        &generated_sdk::team::TEAM_FOLDER_LIST,
        CannedReply::refused(error),
    );
    let client = generated_sdk::TeamClient::builder()
        .credential(generated_sdk::AccessToken::new("t"))
        .transport(canned)
        .build()
        .unwrap();
    let call = client.team().team_folder_list(TeamFolderListArg::default());
    let error = wait(async { call.await }).unwrap_err();
    assert!(error.api().is_some(), "{error:?}");
    assert_eq!(error.tag_path(), "no_access");
}
