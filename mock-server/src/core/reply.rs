//! From what rules, the world or examples say to the answer of a route.

use bytes::Bytes;
use serde_json::Value;
use stone_parser::ir::Type;

use super::{Begun, Core, Outcome};
use crate::answer::TagError;
use crate::content;
use crate::errors::error_reply;
use crate::reply::Reply;
use crate::routes::{Facts, Style};
use crate::rules::Say;
use crate::state::Answered;

impl Core {
    /// What the world answered.
    pub(super) fn told(&self, facts: &Facts, begun: &Begun, answered: Answered) -> Outcome {
        let reply = match answered {
            Answered::Result(result) => self.success(facts, begun, &result, None),
            Answered::Content { result, body } => self.success(facts, begun, &result, Some(&body)),
            Answered::Error(error) => {
                error_reply(409, &error, begun.verdict.user_message.as_deref())
            }
            Answered::Refused { status, message } => Reply::text(status, message),
            Answered::Pending { at_most, otherwise } => {
                let otherwise = self.success(facts, begun, &otherwise, None);
                return Outcome::Pending { at_most, otherwise };
            }
        };
        Outcome::done(reply)
    }

    /// A result as its route sends it.
    fn success(
        &self,
        facts: &Facts,
        begun: &Begun,
        result: &Value,
        content: Option<&Bytes>,
    ) -> Reply {
        match facts.style {
            Style::Rpc | Style::Upload => Reply::json(200, result),
            Style::Download => {
                let ruled = begun.verdict.content.as_ref();
                let content = ruled.or(content).unwrap_or(&self.content);
                content::reply(&begun.request, result, content)
            }
        }
    }

    /// What a rule answers.
    pub(super) fn said(
        &mut self,
        facts: &Facts,
        begun: &Begun,
        say: &Say,
    ) -> Result<Reply, TagError> {
        let message = begun.verdict.user_message.as_deref();
        Ok(match say {
            Say::Result(result) => self.success(facts, begun, result, None),
            Say::Examples => {
                let result = self.maker.value(&self.api[facts.id].result);
                self.success(facts, begun, &result, None)
            }
            Say::Example(label) => {
                let result = self.maker.labelled(&self.api[facts.id].result, label);
                self.success(facts, begun, &result.unwrap_or_default(), None)
            }
            Say::Error { status, tags } => {
                let ty = self.error_type(facts, *status);
                let error = self.maker.error(&ty, tags)?;
                error_reply(*status, &error, message)
            }
            Say::ErrorValue { status, error } => error_reply(*status, error, message),
            Say::Status { status, text } => as_it_is(*status, text),
        })
    }

    /// The type of the errors that come with a status.
    pub(super) fn error_type(&self, facts: &Facts, status: u16) -> Type {
        let shared = match status {
            401 => self.named("auth", "AuthError"),
            403 => self.named("auth", "AccessError"),
            422 => self.named("common", "PathRootError"),
            429 => self.named("auth", "RateLimitError"),
            _ => None,
        };
        shared.unwrap_or_else(|| self.api[facts.id].error.clone())
    }

    fn named(&self, namespace: &str, name: &str) -> Option<Type> {
        let mut namespaces = self.api.namespaces.iter();
        let namespace = namespaces.find(|other| other.name == namespace)?;
        let mut unions = namespace.unions.iter().copied();
        let union = unions
            .find(|id| self.api[*id].name == name)
            .map(Type::Union);
        let mut structs = namespace.structs.iter().copied();
        union.or_else(|| {
            structs
                .find(|id| self.api[*id].name == name)
                .map(Type::Struct)
        })
    }
}

/// A status with a text, which may be JSON.
pub(super) fn as_it_is(status: u16, text: &str) -> Reply {
    let kind = match text.trim_start().as_bytes().first() {
        Some(b'{') => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    Reply::new(status, kind, text.to_owned())
}
