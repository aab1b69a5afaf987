//! The audit log: what was about to be changed or bought, and what came of it.

use crate::Error;
use bindwire_wire::{Effect, Timestamp};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// Takes entries about commands that change something.
pub trait AuditLog: Send + Sync {
    /// Writes an entry. When the one before sending cannot be written, nothing is sent.
    ///
    /// # Errors
    /// When it cannot be written.
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()>;
}

impl<L: AuditLog + ?Sized> AuditLog for Box<L> {
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
        (**self).record(entry)
    }
}

/// An entry of the audit log. It holds no secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct AuditEntry<'a> {
    /// The same for all entries of one call, and for no other call on this machine.
    pub id: &'a str,
    /// When it was written.
    pub at: Timestamp,
    /// The API's name.
    pub api: &'static str,
    /// The command's name on the wire.
    pub command: &'a str,
    /// What the command does to the account.
    pub effect: Effect,
    /// Names and values as sent, but those that are secret.
    pub params: Vec<(&'a str, &'a str)>,
    /// What it was found to cost before it was sent, where a limit was set.
    pub price: Option<&'a str>,
    /// How often it was sent so far.
    pub attempts: u32,
    /// What the entry is about.
    pub event: AuditEvent<'a>,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum AuditEvent<'a> {
    /// The command is about to be sent.
    Before,
    /// It was carried out, or taken to be carried out.
    Done {
        /// The API has still to carry it out.
        pending: bool,
    },
    /// It was not carried out, or nobody knows: [`Error::may_have_run`].
    Failed {
        /// Why.
        error: &'a Error,
    },
    /// The caller gave it up. Nobody knows whether it was carried out, unless it was not sent yet: the entry has no attempts then.
    Abandoned,
}

/// An id for the entries of a call; empty when none is needed.
pub(super) fn next_id(is_needed: bool) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if !is_needed {
        return String::new();
    }
    let now = Timestamp::now().as_nanosecond();
    format!("{now:x}-{:x}-{:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(feature = "audit")]
pub use file::FileAuditLog;

#[cfg(feature = "audit")]
mod file {
    use super::{AuditEntry, AuditEvent, AuditLog};
    use serde_json::{Map, Value, json};
    use std::fs::{File, OpenOptions};
    use std::io::{self, Write as _};
    use std::path::Path;
    use std::sync::{Mutex, PoisonError};

    /// Appends entries to a file, a JSON object a line.
    ///
    /// Keys: `at`, `id`, `event` (`before`, `done`, `failed`, `abandoned`), `api`, `command`, `effect`, `params`, `price`,
    /// `attempts`; of `done` also `pending`; of `failed` also `outcome` (`not_done`, `unknown`), `kind` and `error`. Each entry
    /// is one write and is flushed to the disk before the call goes on.
    #[derive(Debug)]
    pub struct FileAuditLog(Mutex<File>);

    impl FileAuditLog {
        /// Opens the file, or makes it; on Unix, one that its owner alone can read.
        ///
        /// # Errors
        /// When it cannot be opened for appending.
        pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
            let mut options = OpenOptions::new();
            options.append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            Ok(Self(Mutex::new(options.open(path)?)))
        }
    }

    impl AuditLog for FileAuditLog {
        fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
            let mut line = object(entry).to_string();
            line.push('\n');
            let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            file.write_all(line.as_bytes())?;
            file.sync_data()
        }
    }

    fn object(entry: &AuditEntry<'_>) -> Value {
        let params: Map<String, Value> =
            entry.params.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let mut object = json!({
            "at": entry.at.to_string(),
            "id": entry.id,
            "event": match entry.event {
                AuditEvent::Before => "before",
                AuditEvent::Done { .. } => "done",
                AuditEvent::Failed { .. } => "failed",
                AuditEvent::Abandoned => "abandoned",
            },
            "api": entry.api,
            "command": entry.command,
            "effect": entry.effect.name(),
            "params": params,
            "price": entry.price,
            "attempts": entry.attempts,
        });
        match entry.event {
            AuditEvent::Done { pending } => object["pending"] = json!(pending),
            AuditEvent::Failed { error } => {
                object["outcome"] = json!(if error.may_have_run() { "unknown" } else { "not_done" });
                object["kind"] = json!(error.kind().name());
                object["error"] = json!(error.to_string());
            }
            AuditEvent::Before | AuditEvent::Abandoned => {}
        }
        object
    }
}
