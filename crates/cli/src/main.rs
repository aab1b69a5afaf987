//! The program `bindwire`: decodes replies, builds requests, describes commands; makes specs and bindings of other APIs.
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
mod generate;
mod import;
mod nearest;
mod output;
mod redaction;
mod request;
mod text;

use arguments::Subcommand;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match arguments::parse() {
        Ok(Some(Subcommand::Decode(arguments))) => decode::run(&arguments),
        Ok(Some(Subcommand::Request(arguments))) => request::run(&arguments),
        Ok(Some(Subcommand::Commands(arguments))) => commands::run(&arguments),
        Ok(Some(Subcommand::Describe(arguments))) => describe::run(&arguments),
        Ok(Some(Subcommand::Import(arguments))) => import::run(&arguments),
        Ok(Some(Subcommand::Generate(arguments))) => generate::run(&arguments),
        Ok(None) => Ok(ExitCode::SUCCESS),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
