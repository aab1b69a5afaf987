//! A stand-in for Netim: sessions that end, operations that take several looks, and a count of what was made.
//!
//! Arguments are bound as the server binds them: by name once a single name is right, else by position.

mod answer;
mod binding;
mod state;
#[cfg(test)]
mod tests;

pub use binding::Bound;

use crate::server::{Reply, Request};
use crate::soap::{self, element};
use answer::{faulted, returned, structure};
use state::{Operation, Session, State};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The reseller.
pub const RESELLER: &str = "RESELLER";

/// How a function is refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What stands in `faultcode`.
    pub code: String,
    /// What stands in `faultstring`.
    pub text: String,
}

/// The service, with one reseller.
pub struct Netim {
    state: Mutex<State>,
}

impl Netim {
    /// With the password of the reseller.
    pub fn new(password: &str) -> Self {
        Self { state: Mutex::new(State::new(password)) }
    }

    /// Carries out a request.
    ///
    /// # Panics
    /// When it is no request that a client of this API sends.
    pub fn answer(&self, request: &Request) -> Reply {
        let call = soap::read(request).unwrap_or_else(|what| panic!("{what}: {}", request.text()));
        assert_eq!((call.asked.namespace.as_str(), request.path.as_str()), ("urn:DRS", "/2.0/"));
        let function = call.asked.name.clone();
        let bound = binding::bind(&function, &call.asked);
        let mut state = self.lock();
        state.calls.push((function.clone(), bound.clone()));
        state.answer(&function, &bound).unwrap_or_else(|refusal| faulted(&refusal))
    }

    /// How often a function was carried out: a session opened, an operation made, a question answered.
    pub fn executions(&self, function: &str) -> u64 {
        self.lock().executions.get(function).copied().unwrap_or_default()
    }

    /// The names of all functions that were called, in order, those that were refused included.
    pub fn calls(&self) -> Vec<String> {
        self.lock().calls.iter().map(|(function, _)| function.clone()).collect()
    }

    /// How often a function was called.
    pub fn asked(&self, function: &str) -> usize {
        self.lock().calls.iter().filter(|(called, _)| called == function).count()
    }

    /// The arguments of each call of a function, by their declared names.
    pub fn arguments(&self, function: &str) -> Vec<Bound> {
        let state = self.lock();
        let calls = state.calls.iter().filter(|(called, _)| called == function);
        calls.map(|(_, bound)| bound.clone()).collect()
    }

    /// The ids of the sessions that are open.
    pub fn sessions(&self) -> Vec<String> {
        self.lock().sessions.iter().map(|session| session.id.clone()).collect()
    }

    /// Ends all sessions, as being idle does.
    pub fn end_sessions(&self) {
        self.lock().sessions.clear();
    }

    /// Makes the ids of sessions begin so from now on.
    pub fn set_id(&self, id: &str) {
        id.clone_into(&mut self.lock().id);
    }

    /// Sets what `domainInfo` says as the authorisation code.
    pub fn set_auth_code(&self, code: &str) {
        code.clone_into(&mut self.lock().auth_code);
    }

    /// What becomes of operations of a function: its status when it is made, and at each look from then on; the last one stays.
    /// One that is empty is not told.
    pub fn set_course(&self, function: &str, statuses: &[&str]) {
        let statuses = statuses.iter().map(|status| (*status).to_owned()).collect();
        self.lock().courses.insert(function.to_owned(), statuses);
    }

    /// Has a function refused.
    pub fn refuse(&self, function: &str, code: &str, text: &str) {
        let refusal = Refusal { code: code.to_owned(), text: text.to_owned() };
        self.lock().refused.insert(function.to_owned(), refusal);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Refusal {
    fn of(code: &str, text: &str) -> Self {
        Self { code: code.to_owned(), text: format!("{code} : {text}") }
    }
}

impl State {
    fn answer(&mut self, function: &str, bound: &Bound) -> Result<Reply, Refusal> {
        let value = |name: &str| bound.value(name).unwrap_or_default();
        if function == "sessionOpen" {
            if (value("idReseller"), value("password")) != (RESELLER, self.password.as_str()) {
                return Err(Refusal::of("E01-M0101", "Unable to connect - Bad login / password combinaison"));
            }
            let id = self.open(value("language"));
            self.count(function);
            return Ok(returned(function, "IDSession", &id));
        }
        let id = value("IDSession").to_owned();
        let Some(at) = self.sessions.iter().position(|session| session.id == id) else {
            return Err(Refusal::of("E02", "The session is invalid or closed"));
        };
        if let Some(refusal) = self.refused.get(function) {
            return Err(refusal.clone());
        }
        self.count(function);
        let session = &mut self.sessions[at];
        Ok(match function {
            "sessionClose" => {
                self.sessions.remove(at);
                answer::empty(function)
            }
            "sessionSetPreference" => {
                match value("type") {
                    "sync" => session.is_synchronous = value("value") == "1",
                    _ => value("value").clone_into(&mut session.language),
                }
                answer::empty(function)
            }
            "sessionInfo" => structure(function, "StructSessionInfo", &session.told()),
            "queryOpe" => {
                let number = value("IDOpe").parse().unwrap_or_default();
                let told = self.look(number).ok_or_else(|| Refusal::of("E15", "The operation does not exist"))?;
                structure(function, "StructOperationResponse", &told)
            }
            "contactCreate" => returned(function, "idContact", "CNT-1234"),
            "domainInfo" => {
                let told = [element("domain", value("domain")), element("authID", &self.auth_code)].concat();
                structure(function, "StructDomainInfo", &told)
            }
            _ if !binding::makes_operation(function) => answer::empty(function),
            _ => {
                let is_synchronous = session.is_synchronous;
                let number = self.make(function);
                if !is_synchronous {
                    return Ok(answer::number(function, number));
                }
                let told = self.look(number).unwrap_or_default();
                structure(function, "StructOperationResponse", &told)
            }
        })
    }
}

impl Session {
    /// What `sessionInfo` says of it.
    fn told(&self) -> String {
        let sync = if self.is_synchronous { "1" } else { "0" };
        let times = "<timeLogin>1681259368</timeLogin><timeLastActivity>1681259578</timeLastActivity>";
        [&element("IDSession", &self.id), times, &element("lang", &self.language), &element("sync", sync)].concat()
    }
}

impl Operation {
    /// What is said of it with a status.
    fn told(&self, number: u64, status: &str) -> String {
        let status = if status.is_empty() { String::new() } else { element("STATUS", status) };
        let kind = element("TYPE", &self.function);
        let message = element("MESSAGE", &format!("{}: {}", self.function, self.looks));
        let date = "<DATE>2026-08-24 00:00:00</DATE>";
        [&element("ID_OPE", &number.to_string()), &status, &message, &kind, date].concat()
    }
}
