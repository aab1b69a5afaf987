//! What the service keeps: sessions, jobs, zones, and what it was told to do otherwise.

use super::answer::{Answered, Message, Nesting};
use crate::server::Reply;
use std::collections::BTreeMap;

/// A job that was incomplete when its request was answered.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) number: u64,
    pub(super) token: String,
    pub(super) command: String,
    /// How many more looks find it incomplete.
    pub(super) looks: u32,
    pub(super) answered: Answered,
}

pub(super) struct State {
    pub(super) password: String,
    /// What the tokens begin with.
    pub(super) token: String,
    pub(super) tokens: Vec<String>,
    logins: u64,
    last_job: u64,
    pub(super) jobs: Vec<Job>,
    /// The serials of the zones.
    pub(super) zones: BTreeMap<String, u64>,
    pub(super) executions: BTreeMap<String, u64>,
    pub(super) calls: Vec<String>,
    pub(super) slow: BTreeMap<String, u32>,
    pub(super) refused: BTreeMap<String, Vec<Message>>,
    pub(super) nesting: Nesting,
    pub(super) overlaps: u64,
}

impl State {
    pub(super) fn new(password: &str) -> Self {
        Self {
            password: password.to_owned(),
            token: "TOKEN==".to_owned(),
            tokens: Vec::new(),
            logins: 0,
            last_job: 0,
            jobs: Vec::new(),
            zones: BTreeMap::new(),
            executions: BTreeMap::new(),
            calls: Vec::new(),
            slow: BTreeMap::new(),
            refused: BTreeMap::new(),
            nesting: Nesting::Prefixed,
            overlaps: 0,
        }
    }

    /// The number of a new job: every request makes one.
    pub(super) fn new_job(&mut self) -> u64 {
        self.last_job += 1;
        self.last_job
    }

    /// Opens a session.
    pub(super) fn new_token(&mut self) -> String {
        self.logins += 1;
        let token = format!("{}{}", self.token, self.logins);
        self.tokens.push(token.clone());
        token
    }

    /// Looks at a job of a session.
    pub(super) fn look(&mut self, number: &str, token: &str) -> Option<Job> {
        let job = self.jobs.iter_mut().find(|job| job.number.to_string() == number && job.token == token)?;
        let found = job.clone();
        job.looks = job.looks.saturating_sub(1);
        Some(found)
    }

    /// The answer of a job in that of GetJob.
    pub(super) fn told(&mut self, job: &Job, version: &str) -> Reply {
        let number = self.new_job();
        let answered = if job.looks > 0 { &Answered::Incomplete } else { &job.answered };
        answered.nested(job, self.nesting, version, number)
    }
}
