//! What a person reads after an update.
//!
//! In: an update. Out: the diff, a list of what to look at, the version that comes next and its changelog section.

use codegen::merge::{NEUTRAL, Review};

use super::upstream::State;
use super::{Update, bump};

/// The text.
pub fn text(update: &Update, changed: usize, version: &str, dry: bool, state: &State) -> String {
    let mut text = update.report.human(false);
    text += "\n";
    text += match dry {
        true => "nothing was written, as asked; otherwise",
        false => "written:",
    };
    text += &format!(
        " {changed} files of the spec, to the state {} of {}\n\n",
        state.commit, state.date
    );
    text += &list(update);
    text += &format!(
        "semver: {}; proposed version: {version}\n\n",
        bump(&update.report)
    );
    text + &format!("changelog:\n\n## {version}\n\n{}", update.report.markdown())
}

fn list(update: &Update) -> String {
    let mut lines: Vec<String> = update.review.iter().map(line).collect();
    lines.extend(update.notes.iter().map(|note| format!("sdk.toml: {note}")));
    if lines.is_empty() {
        return "to review: nothing\n\n".into();
    }
    let all: String = lines.iter().map(|line| format!("  * {line}\n")).collect();
    format!("to review ({}):\n{all}\n", lines.len())
}

fn line(review: &Review) -> String {
    match review {
        Review::Undescribed(owner, members) => {
            let names = members.iter().map(|name| match name.as_str() {
                "" => "itself",
                name => name,
            });
            let of = format!(": {}", names.collect::<Vec<_>>().join(", "));
            format!("describe, where it says \"{NEUTRAL}\": {owner}{of}")
        }
        Review::ExampleDropped(name, why) => format!("example dropped: {name} ({why})"),
        Review::ExampleFilled(name, fields) => format!("example completed: {name} ({fields})"),
        Review::ReferenceCut(words) => {
            format!("reference in a description made plain words: {words}")
        }
        Review::CommentDropped(name, comment) => format!("comment dropped: {name} ({comment})"),
        Review::Gone(name) => format!("gone: {name}"),
    }
}
