//! Static facts of commands and APIs, as generated code states them.

use crate::query::alternatives;
use crate::{ApiShape, Command, Format, Record, ReplyShape, RequestError, RequestErrorKind, SoapStyle};
use std::fmt;

/// What a command does to the account; from it follows what may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something; the same request again changes nothing more.
    IdempotentWrite,
    /// Changes something, each time.
    Write,
    /// Moves money, or binds to pay.
    Spend,
}

impl Effect {
    /// The name in the spec: `read`, `idempotent_write`, `write`, `spend`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::IdempotentWrite => "idempotent_write",
            Self::Write => "write",
            Self::Spend => "spend",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is known of a command without its params.
#[derive(Debug)]
pub struct CommandInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// The family, which is also the module's name.
    pub family: &'static str,
    /// What it does to the account; [`Command::effect`] says it of one request.
    pub effect: Effect,
    /// What it answers in.
    pub formats: &'static [Format],
    /// Why not to use it any more.
    pub deprecated: Option<&'static str>,
    /// Whether it stands outside the account's rate limit.
    pub exempt: bool,
    /// The command that tells beforehand what it costs.
    pub price: Option<&'static str>,
    /// The commands that tell, when its answer was lost, whether it was carried out; the surest first.
    pub reconcile: &'static [&'static str],
    /// Where its reply's parts stand.
    pub reply: &'static ReplyShape,
    /// The API that it belongs to.
    pub api: &'static ApiInfo,
}

impl CommandInfo {
    /// Of a command that answers in XML, as SOAP does, and has no more to say of itself.
    pub const fn soap(
        name: &'static str,
        family: &'static str,
        effect: Effect,
        reply: &'static ReplyShape,
        api: &'static ApiInfo,
    ) -> Self {
        Self {
            name,
            family,
            effect,
            formats: &[Format::Xml],
            deprecated: None,
            exempt: false,
            price: None,
            reconcile: &[],
            reply,
            api,
        }
    }

    /// Checks a format that is only known at run time; [`crate::Speaks`] does so at compile time.
    ///
    /// # Errors
    /// When the command does not answer in `format`.
    pub fn check_format(&self, format: Format) -> Result<(), RequestError> {
        if self.formats.contains(&format) {
            return Ok(());
        }
        let names: Vec<_> = self.formats.iter().map(|format| format.name()).collect();
        Err(RequestError::new(
            RequestErrorKind::Format,
            self.name,
            "",
            format_args!("the command answers in {}, but `{format}` was asked for", alternatives(&names, "and")),
        ))
    }
}

/// What is known of an API as far as sending is concerned.
#[derive(Debug)]
pub struct ApiInfo {
    /// Name of the API, as in `spec/`.
    pub name: &'static str,
    /// How it is called in prose.
    pub title: &'static str,
    /// Addresses by name, with `{format}` where the format's suffix goes.
    pub endpoints: &'static [(&'static str, &'static str)],
    /// What an address's `{format}` is for each format.
    pub suffixes: &'static [(Format, &'static str)],
    /// The params that carry the credentials.
    pub credentials: &'static [Credential],
    /// The param that names the command; empty where the request itself does.
    pub command_param: &'static str,
    /// The params that every command takes and the client gives, in the order of sending.
    pub common: &'static [CommonParam],
    /// How its requests are wrapped, where that is in SOAP.
    pub soap: Option<&'static SoapInfo>,
    /// Limits by account, the strictest first.
    pub tiers: &'static [Tier],
    /// What its replies have in common.
    pub shape: &'static ApiShape,
}

impl ApiInfo {
    /// The address called `name`.
    pub fn endpoint(&self, name: &str) -> Option<&'static str> {
        self.endpoints.iter().find(|(known, _)| *known == name).map(|(_, address)| *address)
    }

    /// Whether a param of this name is the client's to give, and no command's.
    ///
    /// With sessions, the credentials are params of the command that opens one; what it gives goes with all others.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        match self.common {
            [] => self.credentials.iter().any(|credential| credential.wire == name),
            common => common.iter().any(|common| common.wire == name),
        }
    }

    /// What an address's `{format}` is for `format`.
    pub fn suffix(&self, format: Format) -> Option<&'static str> {
        self.suffixes.iter().find(|(known, _)| *known == format).map(|(_, suffix)| *suffix)
    }
}

/// A param that carries a credential.
#[derive(Debug)]
pub struct Credential {
    /// Rust name.
    pub name: &'static str,
    /// Name on the wire.
    pub wire: &'static str,
    /// Environment variable that programs read it from.
    pub env: &'static str,
    /// Whether it must never be printed.
    pub secret: bool,
}

/// A param that every command takes, and that the client gives: a session's token, a version.
#[derive(Debug)]
pub struct CommonParam {
    /// Rust name.
    pub name: &'static str,
    /// Name on the wire.
    pub wire: &'static str,
    /// Its type in XML Schema.
    pub xsd: &'static str,
    /// Whether the value must never be printed.
    pub secret: bool,
    /// Whether it stands for the session, which the command that opens one does not have yet.
    pub session: bool,
    /// Whether it stands after the command's own params.
    pub last: bool,
}

/// How an API wraps its requests in SOAP 1.1.
#[derive(Debug)]
pub struct SoapInfo {
    /// How arguments are written.
    pub style: SoapStyle,
    /// The namespace of the request, with `{version}` where the version of the API goes. Another word in braces stands for what
    /// each command has a namespace of its own for.
    pub namespace: &'static str,
    /// The commands whose requests and replies are of another namespace, with it; sorted by command.
    pub namespaces: &'static [(&'static str, &'static str)],
    /// Whether what stands in a request is of that namespace too, and not of none.
    pub qualified: bool,
    /// The header `SOAPAction`, with `{command}` where the command's name goes.
    pub action: &'static str,
    /// The element of a request, with `{command}` where the command's name goes.
    pub request: &'static str,
    /// The commands whose element is another one, with it.
    pub elements: &'static [(&'static str, &'static str)],
    /// The address of the description, with `{version}`; empty where none is known.
    pub wsdl: &'static str,
    /// The version that the spec describes.
    pub version: &'static str,
    /// The commands that have no session.
    pub sessionless: &'static [&'static str],
}

impl SoapInfo {
    /// The element of a request of `command`.
    pub fn element(&self, command: &str) -> String {
        match self.elements.iter().find(|(name, _)| *name == command) {
            Some((_, element)) => (*element).to_owned(),
            None => self.request.replace("{command}", command),
        }
    }

    /// The namespace of a request of `command`, in a version of the API; that of the spec when it is empty.
    pub fn namespace(&self, command: &str, version: &str) -> String {
        let version = if version.is_empty() { self.version } else { version };
        own_namespace(self.namespaces, command).unwrap_or(self.namespace).replace("{version}", version)
    }

    /// The address of the description of `version`, where one is known.
    pub fn wsdl(&self, version: &str) -> Option<String> {
        (!self.wsdl.is_empty()).then(|| self.wsdl.replace("{version}", version))
    }
}

/// The namespace that a command has for itself.
pub(crate) fn own_namespace(
    namespaces: &'static [(&'static str, &'static str)],
    command: &str,
) -> Option<&'static str> {
    let at = namespaces.binary_search_by(|(known, _)| (*known).cmp(command)).ok()?;
    namespaces.get(at).map(|(_, namespace)| *namespace)
}

/// Limits of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The tier's name.
    pub name: &'static str,
    /// Requests at a time.
    pub concurrent: u32,
    /// Requests a minute.
    pub per_minute: u32,
    /// Requests a second; 0 where only the minute counts.
    pub per_second: u32,
}

/// An API as a type: what raw commands need to know of theirs.
pub trait Api {
    /// Stands for every command that the spec does not have.
    const RAW: &'static CommandInfo;
}

/// A command in the registry of its API.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What is known of it.
    pub info: &'static CommandInfo,
    /// Makes an empty reply, to be read into.
    pub new_reply: fn() -> Box<dyn Record>,
}

impl Entry {
    /// The entry of the command `C`.
    pub const fn of<C: Command>() -> Self
    where
        C::Reply: 'static,
    {
        Self { info: C::INFO, new_reply: || Box::new(C::Reply::default()) }
    }
}
