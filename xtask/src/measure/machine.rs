//! What was measured on, and when.

use std::fs;
use std::process::Command;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A machine, as far as figures depend on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// Memory in GB.
    pub memory: f64,
    /// The compiler.
    pub rustc: String,
}

impl Machine {
    /// This one; what the system does not tell is `unknown` or 0.
    pub fn this() -> Self {
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Self {
            cpu: setting(&cpu, "model name").unwrap_or("unknown").to_owned(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: setting(&memory, "MemTotal").map_or(0.0, gigabytes),
            rustc: rustc().unwrap_or_else(|| "unknown".into()),
        }
    }

    /// In one line.
    pub fn line(&self) -> String {
        let Self {
            cpu,
            cores,
            memory,
            rustc,
        } = self;
        format!("{cpu}, {cores} cores, {memory} GB, {rustc}")
    }
}

/// Now, in UTC.
pub fn now() -> String {
    httpdate::fmt_http_date(SystemTime::now())
}

/// The value of the first line `name : value`.
fn setting<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim())
    })
}

/// From a number of kibibytes such as `24047868 kB`.
fn gigabytes(text: &str) -> f64 {
    let number = text.split(' ').next().and_then(|text| text.parse().ok());
    let kibibytes: f64 = number.unwrap_or_default();
    (kibibytes * 1024.0 / 1e8).round() / 10.0
}

fn rustc() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_linux() {
        let text = "processor\t: 0\nmodel name\t: A CPU @ 2.00GHz\nmodel name\t: another\n";
        assert_eq!(setting(text, "model name"), Some("A CPU @ 2.00GHz"));
        assert_eq!(setting(text, "cache size"), None);
        assert_eq!(gigabytes("24047868 kB"), 24.6);
        assert_eq!(gigabytes("much"), 0.0);
    }
}
