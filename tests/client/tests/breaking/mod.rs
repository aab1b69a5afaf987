//! What goes wrong with requests of an API that speaks SOAP, by a seed.

use bindwire_client_tests::chance;
use bindwire_loopback::{Answer, Reply};

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    DropUnread,
    ReadThenDrop,
    LostAfterExecution,
    CutOffAfterExecution,
    Status(u16, bool),
    /// The service says in its own words that it lost its way: in a fault, or in a response where it has words for that.
    Broke {
        in_fault: bool,
        executed: bool,
    },
    Garbled(bool),
    OtherAnswer(bool),
    SessionEnded,
    Slow(bool),
}

impl Fault {
    /// The fault of the request number `n` that a seed sees.
    pub fn of(seed: u64, n: u64) -> Self {
        let x = chance(seed, n);
        let executed = x & 1 == 1;
        match (x >> 1) % 20 {
            0 => Self::Slow(executed),
            1 => Self::DropUnread,
            2 => Self::ReadThenDrop,
            3 => Self::LostAfterExecution,
            4 => Self::CutOffAfterExecution,
            5 => Self::Status(500, executed),
            6 => Self::Status(502, executed),
            7 => Self::Status(429, false),
            8 => Self::Broke { in_fault: true, executed },
            9 => Self::Broke { in_fault: false, executed },
            10 => Self::Garbled(executed),
            11 => Self::OtherAnswer(executed),
            12 => Self::SessionEnded,
            _ => Self::None,
        }
    }

    /// What a service answers that has it.
    pub fn answer(self, service: &impl Breaks) -> Answer {
        let execute = |executed: bool| executed.then(|| service.execute());
        match self {
            Self::None | Self::DropUnread => Answer::Reply(service.execute()),
            Self::ReadThenDrop => Answer::Hangup,
            Self::LostAfterExecution => {
                execute(true);
                Answer::Hangup
            }
            Self::CutOffAfterExecution => {
                let reply = service.execute();
                Answer::CutOff { sent: reply.body.len() / 2, reply }
            }
            Self::Status(status, executed) => {
                execute(executed);
                Answer::Reply(Reply::status(status, "<html><body>Something went wrong</body></html>"))
            }
            Self::Broke { in_fault, executed } => {
                execute(executed);
                Answer::Reply(service.broke(in_fault))
            }
            Self::Garbled(executed) => {
                let mut reply = execute(executed).unwrap_or_else(|| service.broke(false));
                reply.body.truncate(reply.body.len() / 2);
                Answer::Reply(reply)
            }
            Self::OtherAnswer(executed) => {
                execute(executed);
                Answer::Reply(service.stranger())
            }
            Self::SessionEnded => {
                service.end_sessions();
                Answer::Reply(service.execute())
            }
            Self::Slow(executed) => {
                execute(executed);
                Answer::Stall
            }
        }
    }
}

/// A service that is asked for something.
pub trait Breaks {
    /// Does what it was asked for.
    fn execute(&self) -> Reply;

    /// Says that it lost its way.
    fn broke(&self, in_fault: bool) -> Reply;

    /// The answer to another command, which went well.
    fn stranger(&self) -> Reply;

    /// Ends all sessions.
    fn end_sessions(&self);
}
