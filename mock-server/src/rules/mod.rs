//! Rules: what some calls of some routes are answered with instead of the usual, and what goes wrong on the way.
//!
//! In: [`Rule`]s made in code or read [from a file](mod@file). Out: for one call, what all rules that fit it say together;
//! of those that say something about the same thing, the one that was added last counts.

pub mod file;

use std::fmt;
use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::fault::Fault;

/// What holds for some calls of some routes.
#[derive(Debug, Clone)]
#[must_use = "a rule does nothing until it is added to a server"]
pub struct Rule {
    pub(crate) routes: String,
    pub(crate) calls: (u64, u64),
    pub(crate) probability: f64,
    pub(crate) times: u64,
    pub(crate) delay: Option<Duration>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) say: Option<Say>,
    pub(crate) content: Option<Bytes>,
    pub(crate) user_message: Option<String>,
}

/// An answer that a rule gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Say {
    Result(Value),
    /// What routes without state answer.
    Examples,
    /// The example of the result with this label.
    Example(String),
    /// The error with these tags, of the type that the status has.
    Error {
        status: u16,
        tags: String,
    },
    /// An error as it is.
    ErrorValue {
        status: u16,
        error: Value,
    },
    /// A status with a text.
    Status {
        status: u16,
        text: String,
    },
}

/// A rule that says what cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The routes of the rule.
    pub routes: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rule for {:?}: {}", self.routes, self.problem)
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// A rule for a route by its path below `/2/`, such as `files/copy_v2`, or for `oauth2/token`. A `*` at the end
    /// stands for anything, so `team/*` means a namespace and `*` everything.
    pub fn on(routes: impl Into<String>) -> Self {
        Self {
            routes: routes.into(),
            calls: (1, u64::MAX),
            probability: 1.0,
            times: u64::MAX,
            delay: None,
            faults: Vec::new(),
            say: None,
            content: None,
            user_message: None,
        }
    }

    /// A rule for every request.
    pub fn everywhere() -> Self {
        Self::on("*")
    }

    /// Holds for these calls only. Each route counts its own, from 1: `call(1)` is the first one.
    pub fn call(self, number: u64) -> Self {
        self.calls(number..=number)
    }

    /// Holds for these calls only, such as `2..=3` or `4..`.
    pub fn calls(mut self, numbers: impl RangeBounds<u64>) -> Self {
        let first = match numbers.start_bound() {
            Bound::Included(first) => *first,
            Bound::Excluded(before) => before.saturating_add(1),
            Bound::Unbounded => 1,
        };
        let last = match numbers.end_bound() {
            Bound::Included(last) => *last,
            Bound::Excluded(end) => end.saturating_sub(1),
            Bound::Unbounded => u64::MAX,
        };
        self.calls = (first, last);
        self
    }

    /// Holds for this share of the calls, from 0 to 1, chosen by the server's seed.
    pub fn probability(mut self, share: f64) -> Self {
        self.probability = share;
        self
    }

    /// Holds so many times altogether.
    pub fn times(mut self, count: u64) -> Self {
        self.times = count;
        self
    }

    /// Waits before the call is looked at.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Lets this go wrong.
    pub fn fault(self, fault: Fault) -> Self {
        self.faults([fault])
    }

    /// Lets one of these go wrong, chosen by the server's seed.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// Answers with this result, which has to fit the type of the route.
    pub fn result(mut self, result: Value) -> Self {
        self.say = Some(Say::Result(result));
        self
    }

    /// Answers from the examples of the spec, whatever the server remembers.
    pub fn examples(mut self) -> Self {
        self.say = Some(Say::Examples);
        self
    }

    /// Answers with the example of the result that has this label.
    pub fn example(mut self, label: impl Into<String>) -> Self {
        self.say = Some(Say::Example(label.into()));
        self
    }

    /// The content that a download comes with.
    pub fn content(mut self, content: impl Into<Bytes>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Answers with status 409 and the error of the route that has these tags, such as `path/not_found`.
    pub fn error(self, tags: impl Into<String>) -> Self {
        self.error_with_status(409, tags)
    }

    /// Answers with an error of the type that belongs to the status: 401 `auth.AuthError`, 403 `auth.AccessError`,
    /// 422 `common.PathRootError`, 429 `auth.RateLimitError`, 409 that of the route.
    pub fn error_with_status(mut self, status: u16, tags: impl Into<String>) -> Self {
        let tags = tags.into();
        self.say = Some(Say::Error { status, tags });
        self
    }

    /// Answers with status 409 and this error, which has to fit the type of the route.
    pub fn error_value(mut self, error: Value) -> Self {
        self.say = Some(Say::ErrorValue { status: 409, error });
        self
    }

    /// Answers with this status and a text.
    pub fn status(mut self, status: u16, text: impl Into<String>) -> Self {
        let text = text.into();
        self.say = Some(Say::Status { status, text });
        self
    }

    /// A text for people beside an error.
    pub fn user_message(mut self, text: impl Into<String>) -> Self {
        self.user_message = Some(text.into());
        self
    }

    pub(crate) fn fits(&self, path: &str) -> bool {
        match self.routes.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == self.routes,
        }
    }

    /// Whether the rule is about one route only.
    pub(crate) fn is_exact(&self) -> bool {
        !self.routes.ends_with('*')
    }

    pub(crate) fn wrong(&self, problem: impl fmt::Display) -> RuleError {
        RuleError {
            routes: self.routes.clone(),
            problem: problem.to_string(),
        }
    }
}

/// What the rules say of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdict {
    pub delay: Option<Duration>,
    pub fault: Option<Fault>,
    pub say: Option<Say>,
    pub content: Option<Bytes>,
    pub user_message: Option<String>,
}

/// All rules of a server.
#[derive(Debug)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    rng: fastrand::Rng,
}

impl Rules {
    pub fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            rng: fastrand::Rng::with_seed(seed),
        }
    }

    pub fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// What they say of a call of a route, the `number`th of it.
    pub fn judge(&mut self, path: &str, number: u64) -> Verdict {
        let mut verdict = Verdict::default();
        for rule in &mut self.rules {
            let (first, last) = rule.calls;
            let is_meant = rule.fits(path) && (first..=last).contains(&number) && rule.times > 0;
            if !is_meant || (rule.probability < 1.0 && self.rng.f64() >= rule.probability) {
                continue;
            }
            rule.times -= 1;
            verdict.add(rule, &mut self.rng);
        }
        verdict
    }
}

impl Verdict {
    fn add(&mut self, rule: &Rule, rng: &mut fastrand::Rng) {
        self.delay = rule.delay.or(self.delay);
        if !rule.faults.is_empty() {
            self.fault = rule.faults.get(rng.usize(0..rule.faults.len())).cloned();
        }
        let say = rule.say.clone();
        self.say = say.or(self.say.take());
        self.content = rule.content.clone().or(self.content.take());
        self.user_message = rule.user_message.clone().or(self.user_message.take());
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Rule, Rules};
    use crate::fault::Fault;

    #[test]
    fn rules_are_about_routes_and_calls() {
        let mut rules = Rules::new(0);
        rules.add(Rule::on("a/*").calls(2..4).fault(Fault::ResetBefore));
        let hit = |rules: &mut Rules, path, number| rules.judge(path, number).fault.is_some();
        assert!(!hit(&mut rules, "a/b", 1) && hit(&mut rules, "a/b", 2));
        assert!(
            hit(&mut rules, "a/c/d", 3) && !hit(&mut rules, "a/b", 4) && !hit(&mut rules, "ab", 2)
        );
    }

    #[test]
    fn the_last_word_counts() {
        let mut rules = Rules::new(0);
        rules.add(Rule::everywhere().delay(Duration::from_secs(1)).error("x"));
        rules.add(Rule::on("a/b").example("y").times(1));
        let verdict = rules.judge("a/b", 1);
        assert_eq!(verdict.delay, Some(Duration::from_secs(1)));
        assert_eq!(verdict.say, Rule::on("").example("y").say);
        assert_eq!(rules.judge("a/b", 2).say, Rule::on("").error("x").say);
    }

    #[test]
    fn chance_follows_the_seed() {
        let hits = |seed| {
            let mut rules = Rules::new(seed);
            rules.add(
                Rule::everywhere()
                    .probability(0.05)
                    .fault(Fault::ResetAfter),
            );
            let hit = |number| rules.judge("a/b", number).fault.is_some();
            (0..2000).map(hit).collect::<Vec<_>>()
        };
        let count = hits(7).iter().filter(|hit| **hit).count();
        assert!((60..140).contains(&count), "{count} of 2000");
        assert_eq!(hits(7), hits(7));
        assert_ne!(hits(7), hits(8));
    }
}
