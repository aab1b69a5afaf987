//! What the service says: responses, faults, and the answers of jobs within that of GetJob.

use super::state::Job;
use crate::server::Reply;
use crate::soap::{element, envelope, fault, reply};

/// A message of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How grave it is.
    pub level: String,
    /// Its code; empty for none.
    pub code: String,
    /// What it says.
    pub text: String,
}

impl Message {
    /// One that tells why a command was not carried out.
    pub fn error(code: &str, text: &str) -> Self {
        Self { level: "ERROR".to_owned(), code: code.to_owned(), text: text.to_owned() }
    }

    /// One that tells something.
    pub fn info(text: &str) -> Self {
        Self { level: "INFO".to_owned(), code: String::new(), text: text.to_owned() }
    }

    /// What the service says of a session that it does not know.
    pub(super) fn bad_session() -> Self {
        Self::error("INVALID_DATA", "login: Bad or expired credentials")
    }

    /// What it says beside it.
    pub(super) fn bad_credentials() -> Self {
        Self::info("login: There was a problem with your credentials")
    }

    fn write(&self) -> String {
        let code = if self.code.is_empty() { String::new() } else { element("err_cd", &self.code) };
        let (level, text) = (element("lvl", &self.level), element("info", &self.text));
        format!("<msgs>{}{level}{code}{text}</msgs>", element("source", "BLL"))
    }
}

/// How the answer of a job stands in that of GetJob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// With its type, whose prefix is the one of the namespace.
    Prefixed,
    /// With its type, without a prefix.
    Bare,
}

/// What comes of a command.
#[derive(Clone, Debug)]
pub(super) enum Answered {
    /// Carried out, with these data.
    Done(String),
    /// Refused.
    Refused(Vec<Message>),
    /// Still being carried out.
    Incomplete,
}

impl Answered {
    pub(super) fn refusal(messages: Vec<Message>) -> Self {
        Self::Refused(messages)
    }

    /// Number, status, messages and data.
    fn content(&self, job: u64) -> String {
        let (status, rest) = match self {
            Self::Done(data) => ("success", data.clone()),
            Self::Refused(messages) => ("failure", messages.iter().map(Message::write).collect()),
            Self::Incomplete => ("incomplete", String::new()),
        };
        format!("{}{}{rest}", element("job_id", &job.to_string()), element("status", status))
    }

    /// The answer to a command.
    pub(super) fn reply(&self, command: &str, version: &str, job: u64, is_incompat: bool) -> Reply {
        let content = self.content(job);
        if matches!(self, Self::Refused(_)) && !is_incompat {
            let detail = format!("<tns:ErrorResponse>{content}</tns:ErrorResponse>");
            return reply(500, &envelope(&namespace(version), &fault("SOAP-ENV:Server", "failure", &detail)));
        }
        reply(200, &envelope(&namespace(version), &format!("<tns:{command}Response>{content}</tns:{command}Response>")))
    }

    /// The answer to GetJob, that of the job within it.
    pub(super) fn nested(&self, job: &Job, nesting: Nesting, version: &str, number: u64) -> Reply {
        let prefix = if nesting == Nesting::Prefixed { "tns:" } else { "" };
        let root = if matches!(self, Self::Refused(_)) { "Error" } else { job.command.as_str() };
        let inner = self.content(job.number);
        let data = format!("<data xsi:type=\"{prefix}{root}ResponseType\">{inner}</data>");
        let content = Self::Done(data).content(number);
        reply(200, &envelope(&namespace(version), &format!("<tns:GetJobResponse>{content}</tns:GetJobResponse>")))
    }
}

fn namespace(version: &str) -> String {
    format!("https://api2.dynect.net/wsdl/{version}/Dynect/")
}
