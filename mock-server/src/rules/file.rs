//! Rules from a TOML file; `docs/mock-server.md` says what it may hold.
//!
//! In: its text. Out: [`Rule`]s.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{Rule, RuleError, Say};
use crate::fault::{Fault, FaultError};

/// A file of rules that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError(String);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FileError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    route: String,
    calls: Option<Calls>,
    probability: Option<f64>,
    times: Option<u64>,
    delay_ms: Option<u64>,
    fault: Option<String>,
    #[serde(default)]
    faults: Vec<String>,
    result: Option<Value>,
    example: Option<String>,
    #[serde(default)]
    examples: bool,
    error: Option<Value>,
    status: Option<u16>,
    body: Option<String>,
    content: Option<String>,
    user_message: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Calls {
    One(u64),
    Range(String),
}

/// Reads the rules of a file.
pub fn parse(text: &str) -> Result<Vec<Rule>, FileError> {
    let file: File = toml::from_str(text).map_err(|error| FileError(error.to_string()))?;
    let rules = file.rule.into_iter().map(Entry::rule);
    let rules: Result<_, RuleError> = rules.collect();
    rules.map_err(|error| FileError(error.to_string()))
}

impl Entry {
    fn rule(mut self) -> Result<Rule, RuleError> {
        let mut rule = Rule::on(self.route.as_str());
        rule.say = self.say(&rule)?;
        rule = match &self.calls {
            None => rule,
            Some(Calls::One(number)) => rule.call(*number),
            Some(Calls::Range(text)) => calls(rule, text)?,
        };
        if let Some(share) = self.probability {
            rule = rule.probability(share);
        }
        rule.times = self.times.unwrap_or(rule.times);
        rule.delay = self.delay_ms.map(Duration::from_millis);
        let names = self.fault.iter().chain(&self.faults);
        let faults: Result<Vec<_>, FaultError> = names.map(|name| Fault::from_str(name)).collect();
        rule.faults = faults.map_err(|error| rule.wrong(error))?;
        rule.content = self.content.map(Into::into);
        rule.user_message = self.user_message;
        Ok(rule)
    }

    /// The answer; a file may not give two.
    fn say(&mut self, rule: &Rule) -> Result<Option<Say>, RuleError> {
        let status = self.status;
        let error = self.error.take().map(|error| match error {
            Value::String(tags) => Say::Error {
                status: status.unwrap_or(409),
                tags,
            },
            error => Say::ErrorValue {
                status: status.unwrap_or(409),
                error,
            },
        });
        let has_error = error.is_some();
        let text = self.body.take();
        let plain = (!has_error)
            .then_some(status)
            .flatten()
            .map(|status| Say::Status {
                status,
                text: text.clone().unwrap_or_default(),
            });
        if text.is_some() && plain.is_none() {
            return Err(rule.wrong("`body` needs a `status`, and no `error`"));
        }
        let all = [
            self.result.take().map(Say::Result),
            self.examples.then_some(Say::Examples),
            self.example.take().map(Say::Example),
            error,
            plain,
        ];
        let mut all = all.into_iter().flatten();
        match (all.next(), all.next()) {
            (first, None) => Ok(first),
            _ => Err(rule.wrong("only one of `result`, `examples`, `example`, `error` and `status` with `body` can be the answer")),
        }
    }
}

/// `3`, `2..`, `..=4` or `2..=4`.
fn calls(rule: Rule, text: &str) -> Result<Rule, RuleError> {
    let wrong =
        |rule: &Rule| rule.wrong(format!("{text:?} is no range of calls such as \"2..=4\""));
    let number = |text: &str, other: u64| match text {
        "" => Some(other),
        text => text.parse().ok(),
    };
    let Some((first, last)) = text.split_once("..") else {
        return match number(text, 0) {
            Some(number) if number > 0 => Ok(rule.call(number)),
            _ => Err(wrong(&rule)),
        };
    };
    let last = match last.strip_prefix('=') {
        Some(last) => number(last, 0),
        None => number(last, u64::MAX).map(|end| end.saturating_sub(1)),
    };
    match (number(first, 1), last) {
        (Some(first), Some(last)) => Ok(rule.calls(first..=last)),
        _ => Err(wrong(&rule)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Say, parse};
    use crate::fault::Fault;

    const FILE: &str = r#"
        [[rule]]
        route = "files/get_metadata"
        calls = "2..=3"
        delay_ms = 20
        error = "path/not_found"

        [[rule]]
        route = "*"
        calls = 1
        probability = 0.5
        times = 3
        faults = ["reset-after", "status 503"]

        [[rule]]
        route = "users/get_account"
        result = { name = "Kim", size = 3 }

        [[rule]]
        route = "users/get_account"
        status = 500
        body = "oops"
    "#;

    #[test]
    fn files_hold_rules() {
        let rules = parse(FILE).expect("the file is right");
        assert_eq!(rules[0].calls, (2, 3));
        let tags = "path/not_found".to_owned();
        assert_eq!(rules[0].say, Some(Say::Error { status: 409, tags }));
        assert_eq!((rules[1].calls, rules[1].times), ((1, 1), 3));
        assert_eq!(rules[1].faults, [Fault::ResetAfter, Fault::status(503)]);
        let result = serde_json::json!({"name": "Kim", "size": 3});
        assert_eq!(rules[2].say, Some(Say::Result(result)));
        let text = "oops".to_owned();
        assert_eq!(rules[3].say, Some(Say::Status { status: 500, text }));
    }

    #[test]
    fn what_a_file_cannot_say_is_refused() {
        for line in [
            "colour = 1",
            "calls = \"x..\"",
            "fault = \"nap\"",
            "body = \"x\"",
            "error = \"a\"\nexample = \"b\"",
        ] {
            let text = format!("[[rule]]\nroute = \"a/b\"\n{line}");
            assert!(parse(&text).is_err(), "{line}");
        }
        assert!(parse("[[rule]]\n").is_err());
    }
}
