//! The table of failures, and a server that fails as a row says.

use bindwire_client::dynadot::{Call, Dynadot};
use bindwire_client::{Builder, Limits, RetryPolicy};
use bindwire_client_tests::{Set, SetCall};
use bindwire_loopback::{Accept, Answer, Reply, Server};
use bindwire_wire::{Command, Effect};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// The largest answer that the clients of the table take.
const MAX_BODY: usize = 64 << 10;

/// All of `errors/failures.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The error texts that were seen live.
    pub live_texts: Vec<String>,
    /// A row each.
    pub failure: Vec<Row>,
}

/// A failure, and what it comes to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What it is called here.
    pub name: String,
    /// What the API says in its common envelope.
    pub says: Option<Says>,
    /// What is answered otherwise.
    page: Option<Page>,
    /// What happens where nothing is answered.
    network: Option<Trouble>,
    /// The kind of the error, where the outcome is known.
    pub cause: String,
    /// Whether a command that changes something may have been carried out.
    #[serde(default)]
    pub unknown: bool,
    /// The class of the refusal.
    pub class: Option<String>,
    /// The effects of the commands that may be sent again.
    pub retryable: Vec<String>,
    /// Whether the API or the account is busy.
    #[serde(default)]
    pub busy: bool,
    read: String,
    idempotent_write: String,
    write: String,
    spend: String,
}

/// Code, status and error of the common envelope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Says {
    /// Code.
    pub code: Option<i64>,
    /// Status.
    pub status: Option<String>,
    /// Error text.
    pub error: Option<String>,
    /// In XML, as it was recorded.
    #[serde(default)]
    xml: bool,
}

/// An answer that the table has word for word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    status: u16,
    #[serde(default)]
    body: String,
    #[serde(default)]
    headers: Vec<[String; 2]>,
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It is answered.
    #[serde(skip)]
    Answer(Reply),
    /// Nobody listens there.
    Refused,
    /// The connection is closed before anything is read.
    Dropped,
    /// The connection is closed after the request was read.
    Hangup,
    /// There is no answer in time.
    Stall,
    /// The answer ends before its length.
    CutOff,
    /// The answer is larger than the client takes.
    TooLarge,
}

impl Trouble {
    /// An answer in JSON.
    pub fn json(body: &str) -> Self {
        Self::Answer(Reply::ok("application/json", body))
    }

    /// An answer with a status.
    pub fn page(status: u16, body: &[u8]) -> Self {
        Self::Answer(Reply::status(status, body))
    }
}

impl Row {
    /// How it fails.
    pub fn trouble(&self) -> Trouble {
        match (&self.says, &self.page, &self.network) {
            (Some(says), None, None) => says.reply(),
            (None, Some(page), None) => {
                let reply = Reply::status(page.status, page.body.as_str());
                Trouble::Answer(page.headers.iter().fold(reply, |reply, [name, value]| reply.header(name, value)))
            }
            (None, None, Some(trouble)) => trouble.clone(),
            _ => panic!("{}: one of `says`, `page` and `network`", self.name),
        }
    }

    /// The line that it is told in.
    pub fn line(&self, effect: Effect) -> &str {
        match effect {
            Effect::Read => &self.read,
            Effect::IdempotentWrite => &self.idempotent_write,
            Effect::Write => &self.write,
            Effect::Spend => &self.spend,
        }
    }
}

impl Says {
    fn reply(&self) -> Trouble {
        let code = self.code.map(|code| code.to_string());
        let code_name = if self.xml { "SuccessCode" } else { "ResponseCode" };
        let fields = [(code_name, &code), ("Status", &self.status), ("Error", &self.error)];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        if self.xml {
            let fields: String = fields.map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
            let body = format!("<Response><ResponseHeader>{fields}</ResponseHeader></Response>");
            return Trouble::Answer(Reply::ok("text/xml", body));
        }
        let fields: serde_json::Map<_, _> = fields.map(|(name, value)| (name.to_owned(), value.into())).collect();
        Trouble::json(&serde_json::json!({ "Response": fields }).to_string())
    }
}

/// The table.
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| toml::from_str(include_str!("../errors/failures.toml")).expect("the table of failures"));
    &TABLE
}

/// A server that fails as it is told.
pub struct Failing {
    server: Server,
    trouble: Arc<Mutex<Trouble>>,
}

impl Failing {
    /// Starts it.
    pub fn start() -> Self {
        let trouble = Arc::new(Mutex::new(Trouble::Hangup));
        let of = |trouble: &Arc<Mutex<Trouble>>| {
            let trouble = trouble.clone();
            move || trouble.lock().expect("a trouble").clone()
        };
        let (accepting, answering) = (of(&trouble), of(&trouble));
        let server = Server::start_with(
            move |_| if accepting() == Trouble::Dropped { Accept::Drop } else { Accept::Serve },
            move |_| match answering() {
                // A connection that was open before is closed in the same way.
                Trouble::Hangup | Trouble::Dropped | Trouble::Refused => Answer::Hangup,
                Trouble::Answer(reply) => Answer::Reply(reply.close()),
                Trouble::Stall => Answer::Stall,
                Trouble::CutOff => Answer::CutOff {
                    reply: Reply::ok("application/json", r#"{"Response":{"ResponseCode":"0"}}"#),
                    sent: 10,
                },
                Trouble::TooLarge => Answer::Reply(Reply::ok("text/plain", vec![b' '; MAX_BODY + 1])),
            },
        );
        Self { server, trouble }
    }

    /// Where it is.
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// What happens from now on.
    pub fn set(&self, trouble: Trouble) {
        *self.trouble.lock().expect("a trouble") = trouble;
    }
}

/// Sets a client of that origin up to send once.
pub struct OneAttempt(pub String);

impl Set for OneAttempt {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(1, 0)).retry(RetryPolicy::never()).max_body(MAX_BODY)
    }
}

/// How long a call may take.
#[derive(Clone, Copy)]
pub struct WithTimeout(Duration);

impl WithTimeout {
    /// Short where the server answers nothing, and else long enough for a machine that has much to do.
    pub fn of(trouble: &Trouble) -> Self {
        Self(Duration::from_millis(if *trouble == Trouble::Stall { 200 } else { 20_000 }))
    }
}

impl<C: Command> SetCall<C> for WithTimeout {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.timeout(self.0)
    }
}
