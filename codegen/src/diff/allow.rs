//! Findings that are accepted.
//!
//! In: the text of an allow file. Out: ids with reasons, and a [`Report`] in which they do not count.

use serde::Deserialize;

use super::Report;

/// A finding that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The id of the finding.
    pub id: String,
    /// Why it is accepted.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    allow: Vec<Allowed>,
}

impl Allowed {
    /// Reads a list of `[[allow]]` with `id` and `reason`.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let document: Document = toml::from_str(text).map_err(|error| error.to_string())?;
        match document.allow.iter().find(|it| it.reason.trim().is_empty()) {
            Some(it) => Err(format!("`{}` is allowed without a reason", it.id)),
            None => Ok(document.allow),
        }
    }
}

impl Report {
    /// Marks what is accepted, and notes down what was accepted in vain.
    pub fn allow(&mut self, allowed: &[Allowed]) {
        for it in allowed {
            let mut used = false;
            for finding in self
                .findings
                .iter_mut()
                .filter(|finding| finding.id == it.id)
            {
                finding.allowed = Some(it.reason.clone());
                used = true;
            }
            if !used {
                self.unused.push(it.id.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_asked_for() {
        let one = "[[allow]]\nid = \"8.2 a/b\"\nreason = \"never called\"\n";
        assert_eq!(Allowed::read(one).unwrap().len(), 1);
        let nothing = "[[allow]]\nid = \"8.2 a/b\"\nreason = \" \"\n";
        assert!(
            Allowed::read(nothing)
                .unwrap_err()
                .contains("without a reason")
        );
        assert!(Allowed::read("[[allow]]\nid = \"8.2 a/b\"\n").is_err());
        assert!(Allowed::read("[[deny]]\n").is_err());
    }
}
