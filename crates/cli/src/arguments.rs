//! The command line: subcommands, their arguments, and one-line messages about wrong ones.

use crate::failure::Failure;
use bindwire_wire::Format;
use clap::error::ErrorKind;
use clap::{Args, Parser};
use std::path::PathBuf;

/// Decodes replies of provider command APIs, builds their requests, describes their commands; makes bindings of others.
#[derive(Debug, Parser)]
#[command(name = "bindwire", version)]
struct Program {
    #[command(subcommand)]
    subcommand: Subcommand,
}

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    Decode(Decode),
    Request(Request),
    Commands(Commands),
    Describe(Describe),
    Import(Import),
    Generate(Generate),
}

/// Decode a reply and print it as one JSON object.
///
/// Of an answer in SOAP it has the job, the messages and the fault, where there are any; `code` is a
/// word where the API has words, `pending` says that the command is still to be carried out, and
/// `may_have_run` that a refused one may have been.
///
/// Exit status: 0 when the command was carried out, 4 when the server refused, 5 when the body is
/// no whole reply to the command, 2 on wrong usage.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Decode {
    /// The API: dynadot, dynect, ecosys or netim.
    pub api: String,
    /// The command that the reply is to, by its name on the wire.
    pub command: String,
    /// File with the body; standard input without it, or when it is `-`.
    pub file: Option<PathBuf>,
    /// The format that was asked for: xml, json or csv; found from the body when left out.
    #[arg(long)]
    pub format: Option<Format>,
    /// Take every deviation from the documented shape for an error.
    #[arg(long)]
    pub strict: bool,
}

/// Print a request as it is sent, with its secrets redacted, after checking its params.
///
/// Of an API that speaks SOAP that is the envelope, under its address and headers; of others the URL.
/// Fields of structures are given by their path, `rdata/address=192.0.2.1`; items of lists with their
/// number, `masters[0]=192.0.2.1`, `ARecords[0]/rdata/address=192.0.2.1`; entries of maps by their key,
/// `contact/additional/KEY=VALUE`. The order does not matter.
///
/// Exit status: 2 when the request is not one that the spec allows; each problem is a line on
/// standard error.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Request {
    /// The API: dynadot, dynect, ecosys or netim.
    pub api: String,
    /// The command, by its name on the wire.
    pub command: String,
    /// Params by their names on the wire, with an index where they have one: `domain0=example.com`;
    /// in SOAP by their paths.
    #[arg(value_name = "NAME=VALUE")]
    pub params: Vec<String>,
    /// The format to ask for: xml, json or csv; json where the command has it.
    #[arg(long)]
    pub format: Option<Format>,
    /// A param that is not checked, for those that are not documented. Can be given several times.
    #[arg(long, value_name = "NAME=VALUE")]
    pub extra: Vec<String>,
    /// Use the address of the sandbox.
    #[arg(long)]
    pub sandbox: bool,
    /// SOAP: the version of the API, where requests say one; that of the spec when left out.
    #[arg(long, value_name = "VERSION")]
    pub api_version: Option<String>,
    /// SOAP in rpc style: send the params by their position, without their names.
    #[arg(long)]
    pub positional: bool,
}

impl Request {
    /// A request without params.
    pub fn of(api: &str, command: &str) -> Self {
        Self {
            api: api.to_owned(),
            command: command.to_owned(),
            params: Vec::new(),
            format: None,
            extra: Vec::new(),
            sandbox: false,
            api_version: None,
            positional: false,
        }
    }

    /// Params, and whether they go unchecked, in the order in which they are checked.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, bool)> {
        let params = self.params.iter().map(|text| (text.as_str(), false));
        params.chain(self.extra.iter().map(|text| (text.as_str(), true)))
    }
}

/// List the commands.
#[derive(Debug, Args)]
pub struct Commands {
    /// The API: dynadot, dynect, ecosys or netim; all of them when left out.
    pub api: Option<String>,
    /// Only the commands of this family.
    #[arg(long)]
    pub family: Option<String>,
    /// Print a JSON list.
    #[arg(long)]
    pub json: bool,
}

/// Show what is known of a command: params with their structures, reply, effect, errata, sources and an example.
#[derive(Debug, Args)]
pub struct Describe {
    /// The API: dynadot, dynect, ecosys or netim.
    pub api: String,
    /// The command, by its name on the wire.
    pub command: String,
    /// Print the entry of the catalog.
    #[arg(long)]
    pub json: bool,
}

/// Make a spec of what describes a service.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    pub from: ImportFrom,
}

/// What is imported.
#[derive(Debug, clap::Subcommand)]
pub enum ImportFrom {
    Wsdl(ImportWsdl),
    Xsd(ImportXsd),
}

/// Make a spec of a WSDL 1.1 file; print what was written, and what of the file the spec does not say.
///
/// Exit status: 2 when the file is wrong, or the folder is there already.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ImportWsdl {
    /// The file; what it imports stands beneath its folder.
    pub file: PathBuf,
    /// Name of the API; else that of the folder, or one made of the service's name.
    #[arg(long)]
    pub name: Option<String>,
    /// The folder to write, `spec/<name>` when left out.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Overwrite the spec that is there.
    #[arg(long)]
    pub force: bool,
}

/// Make a spec of an XML Schema alone, whose elements tell requests and replies by their names.
///
/// An element that ends in `RequestElement` is a request, and its fellow that ends in `ResponseElement` the reply to it, as
/// those of the objects that a customer of EcoSys publishes are.
///
/// Exit status: 2 when the file is wrong, or the folder is there already.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ImportXsd {
    #[command(flatten)]
    pub import: ImportWsdl,
}

/// Generate a crate of bindings from a spec.
///
/// Exit status: 2 when the spec is wrong, or the folder holds something else.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Generate {
    /// The folder of the spec; or a file that describes an EcoSys object or event, or a folder of those; or a WSDL or a schema, which is
    /// imported.
    #[arg(long, value_name = "DIR_OR_FILE")]
    pub spec: PathBuf,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The runtime that the crate depends on: a version of bindwire-wire, or its folder; the version of this program when left out.
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub wire: Option<String>,
}

/// Reads the command line; nothing is left to do where it asked for help or the version.
pub fn parse() -> Result<Option<Subcommand>, Failure> {
    let error = match Program::try_parse() {
        Ok(program) => return Ok(Some(program.subcommand)),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => crate::output::print(&error.to_string()).map(|()| None),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::usage(format_args!("there is no subcommand\n\n{error}")))
        }
        _ => Err(Failure::usage(one_line(&error.to_string()))),
    }
}

/// The paragraphs of a message of clap on one line.
fn one_line(message: &str) -> String {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let paragraphs = message.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_sound() {
        Program::command().debug_assert();
    }

    #[test]
    fn a_message_is_one_line() {
        let error = Program::try_parse_from(["bindwire", "decode", "dynadot"]).unwrap_err();
        let line = one_line(&error.to_string());
        assert!(line.starts_with("the following required arguments were not provided: <COMMAND>; Usage: "), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}
