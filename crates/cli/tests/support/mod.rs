//! Running the program, and finding vectors.

#![allow(dead_code)] // Each test file uses what it needs.

use serde_json::Value;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts wrong usage: nothing on standard output, these lines on standard error.
    #[track_caller]
    pub fn assert_usage(&self, lines: &[&str]) {
        let found: Vec<&str> = self.err.lines().collect();
        assert_eq!(found, lines);
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""));
    }
}

/// Runs the program in the repository's root, with nothing on standard input.
pub fn bindwire(arguments: &[&str]) -> Run {
    bindwire_on(arguments, "")
}

/// Runs the program with `input` on standard input.
pub fn bindwire_on(arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bindwire"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may be done before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The path of a vector from the root: `vector("search/fr/reply.xml")`.
pub fn vector(name: &str) -> String {
    format!("tests/vectors/dynadot/{name}")
}
