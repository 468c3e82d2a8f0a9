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
    let mut hint = match kind {
        FailureKind::Auth => return auth_hint(reply),
        FailureKind::NotModified => return "the content has not changed".to_owned(),
        FailureKind::PathRoot => match reply.detail("root_namespace_id") {
            Some(id) => {
                return format!(
                    "the path root is out of date, the user's root is namespace {id} now"
                );
            }
            None => "the path root cannot be used".to_owned(),
        },
        FailureKind::RateLimited => match reply.retry_after {
            Some(wait) => format!("too many calls, try again in {} s", wait.as_secs()),
            None => "too many calls, try again later".to_owned(),
        },
        FailureKind::Access => "access denied".to_owned(),
        FailureKind::BadInput => "the server does not understand the request".to_owned(),
        FailureKind::Server => {
            format!("the server has trouble ({}), try again later", reply.status)
        }
        _ => format!("unexpected answer ({})", reply.status),
    };
    let said = said(reply);
    if !said.is_empty() {
        hint += ": ";
        hint += &said;
    }
    hint
}

fn auth_hint(reply: &Reply) -> String {
    let hint = match reply.tag_path.as_str() {
        "expired_access_token" => "the access token has expired, get a new one",
        "invalid_access_token" => "the access token is not valid, authorize the app again",
        "user_suspended" => "the account of the user is suspended",
        "invalid_select_user" => "the team has no active member with the id given to `as_user`",
        "invalid_select_admin" => {
            "the id given to `as_admin` is not that of an administrator of the team"
        }
        "missing_scope" => {
            let detail = reply.detail("required_scope");
            let scope = detail.as_deref().or(reply.route.scope).unwrap_or_default();
            return format!("the access token lacks the scope `{scope}`, authorize the app for it");
        }
        "" => "the server does not accept the credential",
        tags => return format!("the server does not accept the credential: {tags}"),
    };
    hint.to_owned()
}

/// The shortest account of what the server said: tags, a summary, or the beginning of a body that is not JSON.
fn said(reply: &Reply) -> String {
    for text in &[&reply.tag_path, &reply.summary, &reply.raw] {
        let line = line(text);
        if !line.is_empty() {
            return line;
        }
    }
    String::new()
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
