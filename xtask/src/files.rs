//! The only place that reads and writes files.
//!
//! In: paths and texts. Out: what was read, or what had to change. Writing and checking share one comparison, so that
//! `--check` sees exactly what `regen` would do.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// A file that cannot be read or written: what was tried, where, and why it failed.
#[derive(Debug)]
pub struct FileError {
    action: &'static str,
    path: PathBuf,
    reason: String,
}

impl FileError {
    pub fn new(action: &'static str, path: &Path, reason: impl fmt::Display) -> Self {
        Self {
            action,
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot {} {}: {}",
            self.action,
            self.path.display(),
            self.reason
        )
    }
}

impl std::error::Error for FileError {}

/// The project's root folder.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or(xtask.clone(), Path::to_owned)
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(path).map_err(|error| FileError::new("read", path, error))
}

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    String::from_utf8(read(path)?).map_err(|_| FileError::new("read", path, "it is not UTF-8 text"))
}

/// Writes a file that nothing else depends on.
pub fn write(path: &Path, text: &str) -> Result<(), FileError> {
    fs::write(path, text).map_err(|error| FileError::new("write", path, error))
}

/// The files below a folder, sorted by the bytes of their relative paths.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(dir) = pending.pop() {
        let entries = fs::read_dir(&dir).map_err(|error| FileError::new("list", &dir, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| FileError::new("list", &dir, error))?;
            let path = entry.path();
            let kind = entry
                .file_type()
                .map_err(|error| FileError::new("read", &path, error))?;
            if kind.is_dir() {
                pending.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort_by_key(|path| slashed(path.strip_prefix(folder).unwrap_or(path)));
    Ok(found)
}

/// A path as diagnostics print it, with `/` on every system.
pub fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join("/")
        .replace("//", "/")
}

/// Writes to standard output. A reader that has gone away, such as `head`, is no mistake of ours.
pub fn print(text: &str) -> Result<(), FileError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(FileError::new(
            "write to",
            Path::new("standard output"),
            error,
        )),
        _ => Ok(()),
    }
}

/// Writes a line to standard error, where nobody may be listening.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Where a file really is: links followed, so that two names of it can be told to be one.
pub fn resolved(path: &Path) -> Result<PathBuf, FileError> {
    fs::canonicalize(path).map_err(|error| FileError::new("read", path, error))
}

/// A difference between what is on disk and what should be.
#[derive(Debug, Clone)]
pub struct Stale {
    /// Where.
    pub path: PathBuf,
    /// What is there; `None` for a file that is missing.
    pub old: Option<String>,
    /// What should be there; `None` for a file that should not exist.
    pub new: Option<String>,
}

impl Stale {
    /// A unified diff that turns what is there into what should be.
    pub fn unified_diff(&self) -> String {
        let path = slashed(&self.path);
        let name = path.trim_start_matches('/');
        let (old, new) = (
            self.old.as_deref().unwrap_or(""),
            self.new.as_deref().unwrap_or(""),
        );
        let from = if self.old.is_some() {
            format!("a/{name}")
        } else {
            "/dev/null".into()
        };
        let to = if self.new.is_some() {
            format!("b/{name}")
        } else {
            "/dev/null".into()
        };
        TextDiff::from_lines(old, new)
            .unified_diff()
            .header(&from, &to)
            .to_string()
    }
}

/// Compares a folder's wanted files, by path relative to `base`, with the disk. Files in the `owned` folders that are
/// not wanted count as stale, too.
pub fn compare(
    base: &Path,
    wanted: &BTreeMap<String, String>,
    owned: &[&str],
) -> Result<Vec<Stale>, FileError> {
    let mut stale = Vec::new();
    for (name, new) in wanted {
        let old = match fs::read(base.join(name)) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(FileError::new("read", &base.join(name), error)),
        };
        if old.as_deref() != Some(new) {
            stale.push(Stale {
                path: name.into(),
                old,
                new: Some(new.clone()),
            });
        }
    }
    for folder in owned
        .iter()
        .map(|folder| base.join(folder))
        .filter(|folder| folder.is_dir())
    {
        for path in list(&folder)? {
            let name = slashed(path.strip_prefix(base).unwrap_or(&path));
            if !wanted.contains_key(&name) {
                let old = String::from_utf8_lossy(&read(&path)?).into_owned();
                stale.push(Stale {
                    path: name.into(),
                    old: Some(old),
                    new: None,
                });
            }
        }
    }
    Ok(stale)
}

/// Makes the disk agree: every new text is first written in full beside its target, then all are renamed into place.
pub fn apply(base: &Path, stale: &[Stale]) -> Result<(), FileError> {
    let mut renames = Vec::new();
    for change in stale {
        let Some(text) = &change.new else { continue };
        let target = base.join(&change.path);
        // What a link points to is written, and the link stays.
        let target = fs::canonicalize(&target).unwrap_or(target);
        match write_beside(&target, text) {
            Ok(temporary) => renames.push((temporary, target)),
            Err(error) => {
                for (temporary, _) in &renames {
                    let _ = fs::remove_file(temporary);
                }
                return Err(error);
            }
        }
    }
    for (temporary, target) in renames {
        fs::rename(&temporary, &target).map_err(|error| FileError::new("write", &target, error))?;
    }
    for change in stale.iter().filter(|change| change.new.is_none()) {
        let path = base.join(&change.path);
        fs::remove_file(&path).map_err(|error| FileError::new("remove", &path, error))?;
        remove_empty_parents(&path);
    }
    Ok(())
}

/// Removes a folder with all that is in it, if it is there.
pub fn remove_folder(path: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FileError::new("remove", path, error))
        }
        _ => Ok(()),
    }
}

fn write_beside(target: &Path, text: &str) -> Result<PathBuf, FileError> {
    let fail = |error: io::Error| FileError::new("write", target, error);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = target.with_file_name(name);
    let mut file = fs::File::create(&temporary).map_err(fail)?;
    file.write_all(text.as_bytes())
        .and_then(|()| match fs::metadata(target) {
            Ok(old) => file.set_permissions(old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| file.sync_data())
        .map_err(|error| {
            let _ = fs::remove_file(&temporary);
            fail(error)
        })?;
    Ok(temporary)
}

/// Removes folders that an orphaned file leaves behind; a folder that still holds something stays.
fn remove_empty_parents(path: &Path) {
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| fs::remove_dir(folder).is_ok()) {
        folder = empty.parent();
    }
}
