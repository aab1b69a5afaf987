//! The program `bindwire`: decodes replies, builds requests, describes commands.
//!
//! Nothing in here talks to a server or needs a key. What is known of an API comes from its generated crate: the registry
//! decodes, the catalog describes. Adding an API is one line in `apis`.

mod apis;
mod arguments;
mod catalog;
mod commands;
mod decode;
mod describe;
mod failure;
mod nearest;
mod output;
mod redaction;
mod request;
mod text;

use arguments::Subcommand;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = arguments::parse().and_then(|subcommand| match subcommand {
        Subcommand::Decode(arguments) => decode::run(&arguments),
        Subcommand::Request(arguments) => request::run(&arguments),
        Subcommand::Commands(arguments) => commands::run(&arguments),
        Subcommand::Describe(arguments) => describe::run(&arguments),
    });
    match outcome {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
