//! What a server can do to a request, and what a client must make of each.

use bindwire_client::{Error, ErrorKind};
use bindwire_loopback::{Answer, Reply, Request};
use bindwire_wire::Effect;
use std::time::Duration;

/// What happens to a request.
pub struct Trouble {
    /// What it is called in messages.
    pub name: &'static str,
    /// How it comes about.
    pub how: How,
    /// What the error says of it.
    pub cause: ErrorKind,
    /// Whether a command that changes something may have been carried out.
    pub unsure: bool,
    /// Whether it may pass by itself.
    pub passes: bool,
    /// Whether the error says that the API is busy.
    pub busy: bool,
    /// The seconds that the server asks to wait.
    pub wait: u64,
}

/// How a trouble comes about.
pub enum How {
    /// Nobody listens.
    Refused,
    /// The connection is closed before anything is read.
    Dropped,
    /// By what is answered.
    Answered(fn(&Request) -> Answer),
}

/// A status with a page.
fn page(status: u16) -> Reply {
    Reply::status(status, "<html><body><h1>Something went wrong</h1></body></html>")
}

/// A refusal in the format that was asked for.
fn refused(request: &Request, code: i64, status: &str, error: &str) -> Reply {
    if request.path.ends_with(".json") {
        let body = format!(r#"{{"Response":{{"ResponseCode":"{code}","Status":"{status}","Error":"{error}"}}}}"#);
        Reply::ok("application/json", body)
    } else {
        let head = format!("<ResponseCode>{code}</ResponseCode><Status>{status}</Status><Error>{error}</Error>");
        Reply::ok("text/xml", format!("<Response><ResponseHeader>{head}</ResponseHeader></Response>"))
    }
}

/// The same answer under another status.
fn under(status: u16, mut reply: Reply) -> Reply {
    reply.status = status;
    reply
}

/// In XML whatever was asked for.
fn refused_in_xml(code: i64, status: &str) -> Reply {
    let head = format!("<ResponseCode>{code}</ResponseCode><Status>{status}</Status>");
    Reply::ok("text/xml", format!("<Response><ResponseHeader>{head}</ResponseHeader></Response>"))
}

const fn answered(name: &'static str, cause: ErrorKind, how: fn(&Request) -> Answer) -> Trouble {
    Trouble { name, how: How::Answered(how), cause, unsure: false, passes: false, busy: false, wait: 0 }
}

impl Trouble {
    const fn unsure(self) -> Self {
        Self { unsure: true, ..self }
    }

    const fn passes(self) -> Self {
        Self { passes: true, ..self }
    }

    const fn busy(self) -> Self {
        Self { busy: true, ..self.passes() }
    }

    const fn waits(self, wait: u64) -> Self {
        Self { wait, ..self }
    }
}

/// All of them.
pub const TROUBLES: &[Trouble] = &[
    Trouble { how: How::Refused, ..answered("refused", ErrorKind::Connect, |_| Answer::Hangup).passes() },
    Trouble {
        how: How::Dropped,
        ..answered("dropped unread", ErrorKind::CutOff, |_| Answer::Hangup).unsure().passes()
    },
    answered("hangup", ErrorKind::CutOff, |_| Answer::Hangup).unsure().passes(),
    answered("cut off", ErrorKind::CutOff, |_| Answer::CutOff { reply: page(200), sent: 9 }).unsure().passes(),
    answered("stalled", ErrorKind::Timeout, |_| Answer::Stall).unsure().passes(),
    answered("500", ErrorKind::Http, |_| page(500).into()).unsure().passes(),
    answered("502", ErrorKind::Http, |_| page(502).into()).unsure().passes(),
    answered("503", ErrorKind::Http, |_| page(503).header("Retry-After", "7").into()).unsure().passes().waits(7),
    answered("503 with a date", ErrorKind::Http, |_| {
        page(503).header("Retry-After", "Sun, 01 Mar 2026 12:00:07 GMT").into()
    })
    .unsure()
    .passes()
    .waits(7),
    answered("429", ErrorKind::Http, |_| page(429).header("Retry-After", "30").into()).busy().waits(30),
    answered("429 with a refusal", ErrorKind::Refused, |request| {
        under(429, refused(request, 429, "error", "slow down")).header("Retry-After", "30").into()
    })
    .busy()
    .waits(30),
    answered("408", ErrorKind::Http, |_| page(408).into()).unsure().passes(),
    answered("404", ErrorKind::Http, |_| page(404).into()),
    answered("302", ErrorKind::Redirect, |_| page(302).header("Location", "https://other.example/").into()).unsure(),
    answered("busy", ErrorKind::Refused, |request| refused(request, 5, "system_busy", "").into()).busy(),
    answered("busy in XML", ErrorKind::Refused, |_| refused_in_xml(5, "system_busy").into()).busy(),
    answered("busy with another request", ErrorKind::Refused, |request| {
        refused(request, -1, "error", "currently processing another request from this account").into()
    })
    .busy(),
    answered("busy with -1 in XML", ErrorKind::Refused, |_| refused_in_xml(-1, "system_busy").into()).busy(),
    answered("main server", ErrorKind::Refused, |request| {
        refused(request, -1, "error", "problem with connection to main server").into()
    })
    .unsure()
    .busy(),
    answered("invalid key", ErrorKind::Refused, |request| refused(request, -1, "error", "invalid key").into()),
    answered("insufficient funds", ErrorKind::Refused, |request| refused(request, -1, "insufficient_funds", "").into()),
    answered("500 with a refusal", ErrorKind::Refused, |request| {
        under(500, refused(request, -1, "error", "invalid key")).into()
    }),
    answered("page", ErrorKind::Unreadable, |_| page(200).into()).unsure().passes(),
    answered("empty", ErrorKind::Unreadable, |_| Reply::ok("application/json", "").into()).unsure().passes(),
];

/// How often a command is sent that never fares better.
pub fn attempts(effect: Effect, trouble: &Trouble) -> u32 {
    // A refusal of the API is its answer to a change, also when it is busy.
    let has_not_reached_the_api = !trouble.unsure && trouble.cause != ErrorKind::Refused;
    let again = match effect {
        Effect::Read => trouble.passes,
        Effect::IdempotentWrite => trouble.passes && has_not_reached_the_api,
        Effect::Write => trouble.passes && matches!(trouble.how, How::Refused),
        Effect::Spend => false,
    };
    if again { 4 } else { 1 }
}

/// Holds an error against what a trouble comes to.
#[track_caller]
pub fn assert_ends(at: &str, effect: Effect, trouble: &Trouble, error: &Error) {
    let unsure = trouble.unsure && effect != Effect::Read;
    assert_eq!(error.cause(), trouble.cause, "{at}: {error}");
    assert_eq!(error.kind(), if unsure { ErrorKind::OutcomeUnknown } else { trouble.cause }, "{at}: {error}");
    assert_eq!(error.may_have_run(), unsure, "{at}: {error}");
    assert_eq!(error.lost().is_some(), unsure, "{at}: {error}");
    let harmless = matches!(effect, Effect::Read | Effect::IdempotentWrite) || !unsure;
    assert_eq!(error.is_retryable(), trouble.passes && harmless, "{at}: {error}");
    assert_eq!(error.is_busy(), trouble.busy, "{at}: {error}");
    assert_eq!(error.attempts(), attempts(effect, trouble), "{at}: {error}");
    assert_eq!(error.effect(), effect, "{at}");
}

/// The delays of the default policy: half a second, doubled each time, and up to as much again by chance.
#[track_caller]
pub fn assert_waits(at: &str, trouble: &Trouble, sleeps: &[Duration]) {
    let asked = |index: usize| match (trouble.name, index) {
        // The date is over after the first wait.
        ("503 with a date", 1..) => 0,
        _ => trouble.wait,
    };
    for (index, sleep) in sleeps.iter().enumerate() {
        let delay = Duration::from_millis(500) * (1 << index);
        let asked = Duration::from_secs(asked(index));
        assert!((delay.max(asked)..=(delay * 2).max(asked)).contains(sleep), "{at}: {sleep:?} as number {index}");
    }
}
