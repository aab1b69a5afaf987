//! A stand-in for DynECT: sessions that end, one job at a time, jobs that take several looks, and a count of what was carried out.
//!
//! Of what commands do it knows zones alone; every other one succeeds without data. It asks for more than the service does: a
//! token that is not the first child is no token, and a child that is in a namespace is not seen.

mod answer;
mod commands;
mod state;
#[cfg(test)]
mod tests;

pub use answer::{Message, Nesting};

use crate::server::{Reply, Request};
use crate::soap::{self, SoapCall};
use answer::Answered;
use state::{Job, State};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The customer that the user belongs to.
pub const CUSTOMER: &str = "customer";

/// The user.
pub const USER: &str = "user";

/// The versions that it speaks, the latest first.
pub const VERSIONS: [&str; 3] = ["3.7.16", "3.7.11", "2.3.1"];

/// The header that every request has.
const ACTION: &str = "\"https://api2.dynect.net/SOAP/\"";

/// The service, with one user.
pub struct Dynect {
    state: Mutex<State>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
}

impl Dynect {
    /// With the password of the user.
    pub fn new(password: &str) -> Self {
        let state = Mutex::new(State::new(password));
        Self { state, under_way: AtomicUsize::default(), most_under_way: AtomicUsize::default() }
    }

    /// Carries out a request.
    ///
    /// # Panics
    /// When it is no request that a client of this API sends.
    pub fn answer(&self, request: &Request) -> Reply {
        let call = soap::read(request).unwrap_or_else(|what| panic!("{what}: {}", request.text()));
        assert_eq!((call.action.as_str(), request.path.as_str()), (ACTION, "/SOAP/"));
        let command = command(&call);
        let mut state = self.lock();
        state.calls.push(command.clone());
        let Some(version) = version(&call) else {
            let job = state.new_job();
            let messages = vec![Message::error("INVALID_VERSION", "version: no such version")];
            return Answered::refusal(messages).reply(&command, VERSIONS[0], job, is_incompat(&call));
        };
        let answered = state.answer(&command, &call);
        answered.map_or_else(
            |job| state.told(&job, version),
            |(job, answered)| answered.reply(&command, version, job, is_incompat(&call)),
        )
    }

    /// How often a command was carried out; what was refused does not count.
    pub fn executions(&self, command: &str) -> u64 {
        self.lock().executions.get(command).copied().unwrap_or_default()
    }

    /// The names of all commands that came, in order, those that were refused included.
    pub fn calls(&self) -> Vec<String> {
        self.lock().calls.clone()
    }

    /// How often a command came.
    pub fn asked(&self, command: &str) -> usize {
        self.lock().calls.iter().filter(|call| *call == command).count()
    }

    /// The tokens of the sessions that are open.
    pub fn tokens(&self) -> Vec<String> {
        self.lock().tokens.clone()
    }

    /// Adds a zone.
    pub fn add_zone(&self, zone: &str) {
        self.lock().zones.insert(zone.to_owned(), 0);
    }

    /// Ends all sessions, as being idle does.
    pub fn end_sessions(&self) {
        self.lock().tokens.clear();
    }

    /// Makes the tokens begin so from now on.
    pub fn set_token(&self, token: &str) {
        token.clone_into(&mut self.lock().token);
    }

    /// Has jobs of a command done after so many looks that find them incomplete.
    pub fn slow(&self, command: &str, looks: u32) {
        self.lock().slow.insert(command.to_owned(), looks);
    }

    /// Has a command refused.
    pub fn refuse(&self, command: &str, messages: Vec<Message>) {
        self.lock().refused.insert(command.to_owned(), messages);
    }

    /// How the answer of a job stands in that of GetJob.
    pub fn nest(&self, nesting: Nesting) {
        self.lock().nesting = nesting;
    }

    /// Has all jobs done.
    pub fn finish_jobs(&self) {
        self.lock().jobs.iter_mut().for_each(|job| job.looks = 0);
    }

    /// Forgets the jobs.
    pub fn forget_jobs(&self) {
        self.lock().jobs.clear();
    }

    /// How many requests came in while a job of their session was incomplete, GetJob's own not counted.
    pub fn overlaps(&self) -> u64 {
        self.lock().overlaps
    }

    /// Counts a request as under way while `work` goes on.
    pub fn under_way<T>(&self, work: impl FnOnce() -> T) -> T {
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        let done = work();
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        done
    }

    /// The most requests that were ever under way.
    pub fn most_under_way(&self) -> usize {
        self.most_under_way.load(Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The command that a request asks for.
fn command(call: &SoapCall) -> String {
    let name = &call.asked.name;
    name.strip_suffix("Request").unwrap_or_else(|| panic!("{name} is no request")).to_owned()
}

/// The version that a request asks for, in its namespace and in the argument.
fn version(call: &SoapCall) -> Option<&'static str> {
    let rest = call.asked.namespace.strip_prefix("https://api2.dynect.net/wsdl/")?;
    let version = rest.strip_suffix("/Dynect/")?;
    let known = VERSIONS.into_iter().find(|known| *known == version)?;
    let argument = call.asked.children.iter().rposition(|child| child.name == "version");
    // It is the last one, and says the same.
    let says_otherwise =
        argument.is_some_and(|at| at + 1 != call.asked.children.len() || call.asked.children[at].text != known);
    (!says_otherwise).then_some(known)
}

/// Whether failures are to be answered as ordinary responses.
fn is_incompat(call: &SoapCall) -> bool {
    call.asked.value("fault_incompat") == Some("1")
}

impl State {
    /// Carries a request out; the error is the job whose answer is asked for.
    fn answer(&mut self, command: &str, call: &SoapCall) -> Result<(u64, Answered), Job> {
        let number = self.new_job();
        if command == "SessionLogin" {
            let answered = self.login(call);
            return Ok((number, self.counted(command, answered)));
        }
        let first = call.asked.children.first().filter(|child| child.name == "token" && child.namespace.is_empty());
        let token = first.map(|child| child.text.clone()).unwrap_or_default();
        if !self.tokens.contains(&token) {
            return Ok((number, Answered::refusal(vec![Message::bad_session(), Message::bad_credentials()])));
        }
        if command == "GetJob" {
            let found = self.look(call.asked.value("job_id").unwrap_or_default(), &token);
            return match found {
                Some(job) => Err(job),
                None => Ok((number, Answered::refusal(vec![Message::error("NOT_FOUND", "job_id: No such job")]))),
            };
        }
        if self.jobs.iter().any(|job| job.token == token && job.looks > 0) {
            self.overlaps += 1;
            let message = Message::error("OPERATION_FAILED", "token: This session already has a job running");
            return Ok((number, Answered::refusal(vec![message])));
        }
        let answered = match self.refused.get(command) {
            Some(messages) => Answered::refusal(messages.clone()),
            None => self.carry_out(command, &call.asked, &token),
        };
        let answered = self.counted(command, answered);
        let Some(looks) = self.slow.get(command).copied() else { return Ok((number, answered)) };
        self.jobs.push(Job { number, token, command: command.to_owned(), looks, answered });
        Ok((number, Answered::Incomplete))
    }

    /// Counts what was carried out.
    fn counted(&mut self, command: &str, answered: Answered) -> Answered {
        if matches!(answered, Answered::Done(_)) {
            *self.executions.entry(command.to_owned()).or_default() += 1;
        }
        answered
    }
}
