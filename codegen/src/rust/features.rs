//! Cargo features, one for each namespace.
//!
//! In: the text of `Cargo.toml`. Out: the same text with new lines between the markers.

use std::collections::BTreeSet;

use stone_parser::ir::NamespaceId;

use super::Context;
use super::names::feature;

const START: &str = "# <generated features>";
const END: &str = "# </generated features>";

/// Rewrites what stands between the markers; `None` if they are not there.
pub fn rewrite(cx: &Context<'_>, manifest: &str) -> Option<String> {
    let (before, rest) = manifest.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}\n{}{END}{after}", block(cx)))
}

fn block(cx: &Context<'_>) -> String {
    let ids = || (0..cx.api.namespaces.len()).map(|index| NamespaceId(index as u32));
    let name = |id: NamespaceId| feature(&cx.api[id].name);
    let on = ids()
        .filter(|id| !cx.facts.default_off.contains(id))
        .map(name);
    let by_hand = cx.facts.default_with.iter().cloned();
    let mut lines = vec![
        list("default", on.chain(by_hand).collect()),
        list("full", ids().map(name).collect()),
    ];
    let needs = |id| {
        cx.dependencies
            .direct(id)
            .iter()
            .map(|other| name(*other))
            .collect()
    };
    lines.extend(ids().map(|id| list(&name(id), needs(id))));
    lines.concat()
}

/// A feature, on several lines if it is long.
fn list(name: &str, items: BTreeSet<String>) -> String {
    let items: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
    let line = format!("{name} = [{}]\n", items.join(", "));
    if line.len() <= 100 {
        line
    } else {
        format!("{name} = [\n    {},\n]\n", items.join(",\n    "))
    }
}
