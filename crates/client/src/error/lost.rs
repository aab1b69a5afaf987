//! A request whose outcome is not known, with what is needed to find out.

use bindwire_wire::{Text, Timestamp};

/// A request whose answer was lost.
///
/// It holds no secret, so that it can be kept, and [`Lost::new`] makes it again from what was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    command: Text,
    params: Vec<(Text, Text)>,
    sent_at: Timestamp,
    given_up_at: Timestamp,
}

impl Lost {
    /// Of a command by its name on the wire, with params as they were sent, between two times.
    pub fn new(
        command: impl Into<Text>,
        params: impl IntoIterator<Item = (impl Into<Text>, impl Into<Text>)>,
        sent_at: Timestamp,
        given_up_at: Timestamp,
    ) -> Self {
        let params = params.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { command: command.into(), params, sent_at, given_up_at }
    }

    /// The command's name on the wire.
    pub fn command(&self) -> &str {
        &self.command
    }

    /// Names and values as they were sent, but those that are secret.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a param.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// When it was sent, by the clock of this machine.
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    /// When waiting for its answer ended.
    pub fn given_up_at(&self) -> Timestamp {
        self.given_up_at
    }
}
