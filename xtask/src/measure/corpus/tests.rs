//! The pages are valid, as long as asked, and the same each time.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::*;
use crate::spec::{Depth, Paths, Spec};

static API: LazyLock<Api> = LazyLock::new(|| {
    let spec = Spec::load(&[], Paths::Relative, Depth::Errors);
    spec.expect("the project's spec").api
});

fn pages(form: Form) -> Vec<Value> {
    let json = |page: &Page| serde_json::from_str(&page.json(&API, form)?).ok();
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
    let pages = pages(Form::Plain);
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
    let plain = pages(Form::Plain);
    assert!(plain == pages(Form::TagLast), "objects have no order");
    let unknown = pages(Form::Unknown);
    assert!(
        list(&unknown[0], "entries")
            .iter()
            .all(|entry| entry["added_later"].is_object())
    );
    let last = PAGES[0].json(&API, Form::TagLast).expect("a page");
    assert!(!last.contains("{\".tag\":\"file\","), "the tag comes last");
}

#[test]
fn same_spec_same_pages() {
    for page in PAGES {
        assert!(page.json(&API, Form::Plain) == page.json(&API, Form::Plain));
    }
}
