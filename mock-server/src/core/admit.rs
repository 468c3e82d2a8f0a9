//! Which rules can be followed.

use serde_json::Value;
use stone_parser::ir::Type;

use super::Core;
use crate::oauth;
use crate::routes::{Facts, Style};
use crate::rules::{Rule, RuleError, Say};

impl Core {
    /// Adds a rule that can be followed.
    pub fn add_rule(&mut self, rule: Rule) -> Result<(), RuleError> {
        let routes = self.routes.clone();
        let meant: Vec<_> = routes
            .iter()
            .filter(|facts| rule.fits(&facts.path))
            .collect();
        let is_oauth = [oauth::TOKEN, oauth::AUTHORIZE]
            .iter()
            .any(|path| rule.fits(path));
        if meant.is_empty() && !is_oauth {
            return Err(rule.wrong("there is no such route"));
        }
        let is_status = matches!(rule.say, None | Some(Say::Status { .. }));
        if meant.is_empty() && !is_status {
            return Err(rule.wrong("only a status with a text can be the answer there"));
        }
        if !(0.0..=1.0).contains(&rule.probability) {
            return Err(rule.wrong("a probability is a number from 0 to 1"));
        }
        for facts in &meant {
            self.check_say(&rule, facts)
                .map_err(|problem| rule.wrong(problem))?;
        }
        self.rules.add(rule);
        Ok(())
    }

    fn check_say(&mut self, rule: &Rule, facts: &Facts) -> Result<(), String> {
        let route = &self.api[facts.id];
        let fits = |ty: &Type, value: &Value| {
            let outcome = self.values.check(ty, value);
            outcome.map_err(|misfit| format!("its value does not fit the type: {misfit}"))
        };
        match &rule.say {
            Some(Say::Result(result)) => fits(&route.result, result),
            Some(Say::Example(label)) => match self.maker.labelled(&route.result, label) {
                Some(_) => Ok(()),
                None => Err(format!("the result has no example {label:?}")),
            },
            Some(Say::Error { status, tags }) => {
                let ty = self.error_type(facts, *status);
                let made = self.maker.error(&ty, tags);
                made.map(|_| ()).map_err(|error| error.to_string())
            }
            Some(Say::ErrorValue { status, error }) => {
                fits(&self.error_type(facts, *status), error)
            }
            Some(Say::Status { status, .. }) if !(200..600).contains(status) => {
                Err(format!("{status} is no status of an answer"))
            }
            _ if !rule.is_exact() || rule.content.is_none() || facts.style == Style::Download => {
                Ok(())
            }
            _ => Err("only downloads have content".to_owned()),
        }
    }
}
