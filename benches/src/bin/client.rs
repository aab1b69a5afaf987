//! Measures what the client takes beyond the HTTP library that it sends with.

use bindwire_bench::client;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    match client::all(Duration::from_secs(if quick { 3 } else { 15 })) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench-client: {message}");
            ExitCode::FAILURE
        }
    }
}
