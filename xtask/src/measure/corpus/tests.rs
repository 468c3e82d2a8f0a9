//! The pages are valid, as long as asked, and the same each time.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::spec::{Paths, Spec};

fn api() -> Api {
    Spec::load(&[], Paths::Relative)
        .expect("the project's spec")
        .api
}

fn pages(api: &Api, form: Form) -> Vec<Value> {
    let json = |page: &Page| serde_json::from_str(&page.json(api, form)?).ok();
    PAGES
        .iter()
        .map(|page| json(page).expect("a page"))
        .collect()
}

fn list<'a>(page: &'a Value, name: &str) -> &'a [Value] {
    page[name].as_array().expect("a list")
}

#[test]
fn pages_hold_what_is_asked() {
    let pages = pages(&api(), Form::Plain);
    let [folder, members, events] = pages.as_slice() else {
        panic!("three pages")
    };
    let tags = |list: &[Value], of: fn(&Value) -> &Value| {
        list.iter()
            .map(|entry| of(entry).to_string())
            .collect::<BTreeSet<_>>()
            .len()
    };
    assert_eq!(list(folder, "entries").len(), 2000);
    assert_eq!(tags(list(folder, "entries"), |entry| &entry[".tag"]), 3);
    assert!(
        list(folder, "entries")
            .iter()
            .any(|entry| entry["media_info"].is_object())
    );
    assert!(
        list(folder, "entries")
            .iter()
            .any(|entry| entry["sharing_info"].is_object())
    );
    assert_eq!(list(members, "members").len(), 1000);
    assert_eq!(list(events, "events").len(), 1000);
    assert_eq!(
        tags(list(events, "events"), |event| &event["event_type"][".tag"]),
        60
    );
    assert_eq!(
        tags(list(events, "events"), |event| &event["details"][".tag"]),
        60
    );
}

#[test]
fn forms_differ_in_what_they_say_alone() {
    let api = api();
    let plain = pages(&api, Form::Plain);
    assert!(plain == pages(&api, Form::TagLast), "objects have no order");
    let unknown = pages(&api, Form::Unknown);
    assert!(
        list(&unknown[0], "entries")
            .iter()
            .all(|entry| entry["added_later"].is_object())
    );
    let last = PAGES[0].json(&api, Form::TagLast).expect("a page");
    assert!(!last.contains("{\".tag\":\"file\","), "the tag comes last");
}

#[test]
fn same_spec_same_pages() {
    let api = api();
    for page in PAGES {
        assert!(page.json(&api, Form::Plain) == page.json(&api, Form::Plain));
    }
}
