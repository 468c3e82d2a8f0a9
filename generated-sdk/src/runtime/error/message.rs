//! The one line that an error prints: the route, what happened, what to do about it, and the id of the call.

use std::fmt;

use super::{Failure, FailureKind, Reply};

/// The line of an error that the route declares.
pub(super) fn api_line(reply: &Reply, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}: ", reply.route)?;
    match (reply.tag_path.as_str(), reply.summary.as_str()) {
        ("", "") => f.write_str("the server refused the call")?,
        ("", summary) => f.write_str(&line(summary))?,
        (tags, _) => f.write_str(tags)?,
    }
    if let Some(message) = &reply.user_message {
        write!(f, ": {}", line(message))?;
    }
    request_id(reply, f)
}

/// The line of any other failure.
pub(super) fn failure_line(failure: &Failure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}: {}", failure.route, failure.message)?;
    match &failure.reply {
        Some(reply) => request_id(reply, f),
        None => Ok(()),
    }
}

fn request_id(reply: &Reply, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &reply.request_id {
        Some(id) => write!(f, " (request {id})"),
        None => Ok(()),
    }
}

/// What an answer of this kind says, and what a person can do about it.
pub(super) fn hint(kind: FailureKind, reply: &Reply) -> String {
    let said = || {
        said(reply)
            .map(|text| format!(": {text}"))
            .unwrap_or_default()
    };
    match kind {
        FailureKind::Auth => auth_hint(reply),
        FailureKind::Access => format!("access denied{}", said()),
        FailureKind::PathRoot => match reply.detail("root_namespace_id") {
            Some(id) => {
                format!("the path root is out of date, the user's root is namespace {id} now")
            }
            None => format!("the path root cannot be used{}", said()),
        },
        FailureKind::RateLimited => match reply.retry_after {
            Some(wait) => format!(
                "too many calls, try again in {} s{}",
                wait.as_secs(),
                said()
            ),
            None => format!("too many calls, try again later{}", said()),
        },
        FailureKind::NotModified => "the content has not changed".to_owned(),
        FailureKind::BadInput => format!("the server does not understand the request{}", said()),
        FailureKind::Server => format!(
            "the server has trouble ({}), try again later{}",
            reply.status,
            said()
        ),
        _ => format!("unexpected answer ({}){}", reply.status, said()),
    }
}

fn auth_hint(reply: &Reply) -> String {
    match reply.tag_path.as_str() {
        "expired_access_token" => "the access token has expired, get a new one".to_owned(),
        "invalid_access_token" => {
            "the access token is not valid, authorize the app again".to_owned()
        }
        "missing_scope" => {
            let scope = reply
                .detail("required_scope")
                .or(reply.route.scope.map(str::to_owned))
                .unwrap_or_default();
            format!("the access token lacks the scope `{scope}`, authorize the app for it")
        }
        "user_suspended" => "the account of the user is suspended".to_owned(),
        "invalid_select_user" => {
            "the team has no active member with the id given to `as_user`".to_owned()
        }
        "invalid_select_admin" => {
            "the id given to `as_admin` is not that of an administrator of the team".to_owned()
        }
        "" => "the server does not accept the credential".to_owned(),
        tags => format!("the server does not accept the credential: {tags}"),
    }
}

/// The shortest account of what the server said: tags, a summary, or the beginning of a body that is not JSON.
fn said(reply: &Reply) -> Option<String> {
    let texts = [reply.tag_path.as_str(), &reply.summary, &reply.raw];
    texts.into_iter().map(line).find(|text| !text.is_empty())
}

/// The longest that foreign text may be within a line.
const LINE_LIMIT: usize = 200;

/// Foreign text on one line, cut where it gets long.
fn line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = length > 0;
            continue;
        }
        length += 1 + usize::from(gap);
        if length > LINE_LIMIT {
            line.push('…');
            break;
        }
        if std::mem::take(&mut gap) {
            line.push(' ');
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{LINE_LIMIT, line};

    #[test]
    fn foreign_text_becomes_one_line() {
        assert_eq!(line("\n <h1>502\u{0}\tBad</h1>\r\n"), "<h1>502 Bad</h1>");
        assert_eq!(line(" \n "), "");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let whole = "é".repeat(LINE_LIMIT);
        assert_eq!(line(&whole), whole);
        assert_eq!(line(&format!("{whole}é")), format!("{whole}…"));
        assert_eq!(line(&format!("{whole} \n")), whole);
    }
}
