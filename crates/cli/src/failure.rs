//! Why the program did not do what it was asked for, and its exit codes.

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

/// The server refused.
pub const REFUSED: u8 = 4;
/// The body is no whole reply to the command.
pub const UNREADABLE: u8 = 5;

/// One or more problems, each a line that says what, where and what to do.
#[derive(Debug)]
pub struct Failure {
    lines: Vec<String>,
    code: u8,
}

impl Failure {
    /// Wrong usage: exit code 2.
    pub fn usage(line: impl fmt::Display) -> Self {
        Self::problems(vec![line.to_string()])
    }

    /// Several problems of usage at once.
    pub fn problems(lines: Vec<String>) -> Self {
        Self { lines, code: 2 }
    }

    /// The same, of an error that tells a problem a line.
    pub fn lines(error: impl fmt::Display) -> Self {
        Self::problems(error.to_string().lines().map(str::to_owned).collect())
    }

    /// Something that the caller has no part in: exit code 1.
    pub fn internal(line: impl fmt::Display) -> Self {
        Self { lines: vec![line.to_string()], code: 1 }
    }

    /// Prints the problems on standard error.
    pub fn report(&self) -> ExitCode {
        let mut stderr = std::io::stderr().lock();
        for line in &self.lines {
            // Where standard error cannot be written there is nobody left to tell.
            let _ = writeln!(stderr, "bindwire: {line}");
        }
        ExitCode::from(self.code)
    }
}
