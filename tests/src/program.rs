//! The SDK's example programs.

use std::path::PathBuf;
use std::process::Command;

use crate::snapshots;

/// Where cargo puts an example beside the tests; built first where only this crate was asked for.
pub fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("tests are files");
    let profile = tests
        .ancestors()
        .nth(2)
        .expect("tests lie two folders below their profile");
    let path = profile.join("examples").join(name);
    if !path.exists() {
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--locked", "-p", "generated-sdk"])
            .args(["--example", name])
            .current_dir(snapshots::root())
            .status();
        assert!(status.expect("cargo starts").success());
    }
    path
}
