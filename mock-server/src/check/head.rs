//! Host, method, content type and locale.

use crate::errors::Refusal;
use crate::request::Received;
use crate::routes::{Facts, Style};

/// What browsers may send instead, so as not to ask first.
const BROWSER: &str = "text/plain; charset=dropbox-cors-hack";

pub(super) fn check(facts: &Facts, request: &Received) -> Result<(), Refusal> {
    let refused = |problem: String| Err(Refusal::of_route(&facts.path, problem));
    if let Some(host) = request.host.as_ref().filter(|host| **host != facts.host) {
        let own = &facts.host;
        return refused(format!(
            "the function is on the host {own:?}, not on {host:?}"
        ));
    }
    let gets = facts.style == Style::Download && request.method == "GET";
    if request.method != "POST" && !gets {
        return refused(format!("the method must be POST, not {}", request.method));
    }
    if !fits(facts, request) {
        let kind = request.header("content-type").unwrap_or("none");
        return refused(format!(
            "HTTP header \"Content-Type\": {kind:?} is not expected here"
        ));
    }
    match request.header("dropbox-api-user-locale") {
        Some(locale) if !is_locale(locale) => refused(format!(
            "HTTP header \"Dropbox-API-User-Locale\": {locale:?} is not a language tag such as \"pt-BR\""
        )),
        _ => Ok(()),
    }
}

/// Whether the body is said to be what the route takes.
fn fits(facts: &Facts, request: &Received) -> bool {
    let kind = request.header("content-type").unwrap_or_default();
    let kind = kind.to_ascii_lowercase();
    let (essence, _) = kind.split_once(';').unwrap_or((&kind, ""));
    match (facts.style, essence.trim_end()) {
        _ if kind == BROWSER => true,
        (Style::Rpc, "application/json") => true,
        // The argument `null` may be left out.
        (Style::Rpc, "") => request.body.is_empty(),
        (Style::Rpc, _) => false,
        (Style::Upload, "application/octet-stream") => true,
        // Documents are uploaded in several formats, elsewhere than files.
        (Style::Upload, essence) => facts.host != "content" && essence.starts_with("text/"),
        (Style::Download, "" | "application/octet-stream") => true,
        (Style::Download, essence) => essence == "text/plain",
    }
}

fn is_locale(text: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.split('-').all(is_part)
}
