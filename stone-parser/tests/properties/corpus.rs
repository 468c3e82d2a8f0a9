//! What the mutants are made from.
//!
//! In: the cases of all groups and the project's `spec/`. Out: each case and each file of the spec by itself, and the
//! whole spec.

use std::path::{Path, PathBuf};

/// The files of a spec: path and text.
#[derive(Debug, Clone)]
pub struct Spec {
    pub files: Vec<(String, String)>,
}

pub struct Corpus {
    /// Invalid cases, quirks, valid cases, files of the spec.
    pub parts: [Vec<Spec>; 4],
    pub whole: Spec,
}

/// How often each group is taken. Files of the spec are large, and damaged valid cases may stay valid.
const WEIGHTS: [u8; 10] = [0, 0, 0, 1, 2, 2, 2, 2, 3, 3];

impl Corpus {
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let cases = |group: &str| {
            let folder = root.join("tests/fixtures/cases").join(group);
            entries(&folder)
                .iter()
                .filter(|path| path.is_dir())
                .map(|path| spec(path))
                .collect()
        };
        let whole = spec(&root.join("spec"));
        let alone = whole
            .files
            .iter()
            .map(|file| Spec {
                files: vec![file.clone()],
            })
            .collect();
        Self {
            parts: [cases("invalid"), cases("quirks"), cases("valid"), alone],
            whole,
        }
    }

    pub fn part(&self, rng: &mut fastrand::Rng) -> &Spec {
        let group = &self.parts[usize::from(WEIGHTS[rng.usize(..WEIGHTS.len())])];
        &group[rng.usize(..group.len())]
    }
}

fn spec(folder: &Path) -> Spec {
    let files = entries(folder)
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "stone")
        })
        .map(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let bytes =
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect();
    Spec { files }
}

/// The entries of a folder, sorted, so that mutants have the same numbers everywhere.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    paths.sort();
    paths
}
