//! `spec/UPSTREAM`: which state of which API the facts are of.
//!
//! In: its text, and what git says of the folder that the facts come from. Out: its text with the new state.

use std::path::Path;

use crate::files::{self, FileError};
use crate::git;

/// The file, line by line, so that its comments stay.
pub struct Upstream {
    lines: Vec<String>,
}

/// Where facts come from.
pub struct State {
    pub commit: String,
    pub date: String,
}

impl Upstream {
    /// Reads the file of a spec; a spec may have none.
    pub fn read(folder: &Path) -> Result<Self, FileError> {
        let path = folder.join("UPSTREAM");
        let text = if path.exists() {
            files::read_text(&path)?
        } else {
            String::new()
        };
        Ok(Self {
            lines: text.lines().map(str::to_owned).collect(),
        })
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then(|| value.trim())
        })
    }

    /// Whether no sentence of upstream may get into the spec.
    pub fn is_in_own_words(&self) -> bool {
        self.value("descriptions") == Some("own")
    }

    /// Notes down a state.
    pub fn record(&mut self, state: &State) {
        for (key, value) in [("commit", &state.commit), ("date", &state.date)] {
            let line = format!("{key} = {value}");
            let is_it = |line: &String| {
                line.split_once('=')
                    .is_some_and(|(name, _)| name.trim() == key)
            };
            match self.lines.iter().position(is_it) {
                Some(at) => self.lines[at] = line,
                None => self.lines.push(line),
            }
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }
}

/// The state of a folder: as told, else as git knows it.
pub fn state(folder: &Path, commit: Option<&str>, date: Option<&str>) -> Result<State, FileError> {
    let asked = |format: &str| {
        git::ask(
            folder,
            &[
                "log",
                "-1",
                &format!("--format={format}"),
                "--date=short",
                "--",
                ".",
            ],
        )
    };
    let known = |given: Option<&str>, format: &str, what: &str| {
        let value = given.map(str::to_owned).or_else(|| asked(format));
        value.filter(|value| !value.is_empty()).ok_or_else(|| {
            let reason = format!("git does not know it; say it with --{what}");
            FileError::new("find out the commit of", folder, reason)
        })
    };
    Ok(State {
        commit: known(commit, "%h", "commit")?,
        date: known(date, "%cd", "date")?,
    })
}
