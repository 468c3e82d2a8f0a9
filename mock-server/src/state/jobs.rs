//! Asynchronous jobs: work that is done at once and told later.
//!
//! The work of a job is done when it is launched, so that its effects do not depend on being asked for. Its result is
//! told after some polls; with none, the launch itself tells it, as the service does with small work.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ids::Ids;
use super::value::{tag, under};
use super::{Answered, Call, Outcome};

#[derive(Debug)]
struct Job {
    kind: &'static str,
    owner: String,
    polls_left: u64,
    done: Value,
}

/// All jobs that were launched.
#[derive(Debug)]
pub(crate) struct Jobs {
    ids: Ids,
    /// How often a new job is found in progress.
    pub polls: u64,
    launched: BTreeMap<String, Job>,
}

/// Whether a launch may tell the result, in the eyes of its type and of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Launch {
    /// It always does.
    AtOnce,
    /// It does when jobs take no polls.
    Sooner,
    /// It never does.
    Later,
}

impl Jobs {
    pub fn new(ids: Ids) -> Self {
        Self {
            ids,
            polls: 1,
            launched: BTreeMap::new(),
        }
    }

    /// Launches a job that is found to be `done`, a value of the union that its check answers with.
    pub fn launch(
        &mut self,
        kind: &'static str,
        call: &Call,
        done: Value,
        launch: Launch,
    ) -> Outcome {
        if launch == Launch::AtOnce || launch == Launch::Sooner && self.polls == 0 {
            return Ok(Answered::Result(done));
        }
        let id = self.ids.text("dbjid:", 60);
        let owner = call.owner().to_owned();
        let job = Job {
            kind,
            owner,
            polls_left: self.polls,
            done,
        };
        self.launched.insert(id.clone(), job);
        Ok(Answered::Result(under("async_job_id", id)))
    }

    /// How a job stands, for a check of this kind.
    pub fn poll(&mut self, kind: &str, call: &Call) -> Outcome {
        let job = self.launched.get_mut(call.arg.text("async_job_id"));
        let Some(job) = job.filter(|job| job.kind == kind && job.owner == call.owner()) else {
            return Err(tag("invalid_async_job_id").into());
        };
        if job.polls_left == 0 {
            return Ok(Answered::Result(job.done.clone()));
        }
        job.polls_left -= 1;
        Ok(Answered::Result(tag("in_progress")))
    }
}
