//! What two clients asked for, in one form, and where they differ.

use mock_server::Exchange;
use serde_json::{Value, json};
use stone_parser::ir::Api;
use tests::normal::normal;

/// Headers that say something to the service. Others are about the connection or name the client.
const HEADERS: [&str; 6] = [
    "authorization",
    "content-type",
    "dropbox-api-path-root",
    "dropbox-api-select-admin",
    "dropbox-api-select-user",
    "range",
];

/// A request without what does not matter: JSON without fields that equal their default.
pub fn request(api: &Api, exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let headers: Vec<_> = HEADERS
        .iter()
        .filter_map(|name| Some((name.to_string(), header(name, request.header(name)?))))
        .collect();
    let header_arg = request.header("dropbox-api-arg");
    let body = String::from_utf8_lossy(&request.body);
    let (arg, content) = match header_arg {
        Some(arg) => (arg, Some(&*body)),
        None => (&*body, None),
    };
    let arg = serde_json::from_str(arg).unwrap_or_else(|_| json!(form(arg)));
    let arg = match route(api, &request.path) {
        Some(route) => normal(api, &route.arg, &arg),
        None => arg,
    };
    json!({
        "method": request.method,
        "host": request.host,
        "path": request.path,
        "headers": headers.into_iter().collect::<serde_json::Map<_, _>>(),
        "arg in header": header_arg.is_some(),
        "arg": arg,
        "content": content.unwrap_or_default(),
    })
}

/// JSON in a header is compared as JSON.
fn header(name: &str, value: &str) -> Value {
    match name {
        "dropbox-api-path-root" => serde_json::from_str(value).unwrap_or_default(),
        _ => json!(value),
    }
}

/// The pairs of a form, sorted.
fn form(text: &str) -> Vec<&str> {
    let mut pairs: Vec<_> = text.split('&').collect();
    pairs.sort_unstable();
    pairs
}

fn route<'a>(api: &'a Api, path: &str) -> Option<&'a stone_parser::ir::Route> {
    let path = path.strip_prefix("/2/")?;
    let ids = api
        .namespaces
        .iter()
        .flat_map(|namespace| &namespace.routes);
    let mut routes = ids.filter(|id| api.url_path(**id) == path);
    routes.next().map(|id| &api[*id])
}

/// Where two requests differ, one line for each place; `theirs` is named first.
pub fn differences(theirs: &Value, ours: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", theirs, ours, &mut found);
    found
}

fn compare(place: &str, theirs: &Value, ours: &Value, found: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<_> = a.keys().chain(b.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let place = format!("{place}.{key}");
                let side = |object: &serde_json::Map<String, Value>| {
                    object.get(key).cloned().unwrap_or(json!("nothing"))
                };
                compare(&place, &side(a), &side(b), found);
            }
        }
        _ if theirs == ours => {}
        _ => found.push(format!("{place}: {theirs} against {ours}")),
    }
}
