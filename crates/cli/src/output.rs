//! Writing to standard output without a panic when nobody reads on.

use crate::failure::Failure;
use std::io::{ErrorKind, Write as _};

/// Writes `text` and a line feed. A reader that went away is no failure: it has what it wanted.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.write_all(end.as_bytes()));
    match written.and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::internal(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
