//! The spec as data, after validation: names are resolved, defaults are filled in, every reference exists.
//!
//! Nothing in here knows of TOML or of Rust code. Lists keep the order of the spec; maps are sorted by name.

mod params;
mod replies;
mod soap;

pub use params::*;
pub use replies::*;
pub use soap::*;

use std::collections::BTreeMap;

/// One API.
#[derive(Debug, Clone)]
pub struct Api {
    /// Folder and crate name: `dynadot`.
    pub name: String,
    /// Where its spec stands.
    pub origin: Origin,
    /// How it is called in prose: `Dynadot API3`.
    pub title: String,
    /// Version of the API: `api3`.
    pub version: String,
    /// One paragraph about it.
    pub doc: String,
    /// How requests travel.
    pub protocol: Protocol,
    /// Addresses by name (`live`, `sandbox`), with `{format}` where the format's suffix goes.
    pub endpoints: BTreeMap<String, String>,
    /// What an address's `{format}` is for each format that the API has, in the order of the spec.
    pub suffixes: Vec<(Format, String)>,
    /// Other suffixes that ask for a format.
    pub suffix_aliases: Vec<(Format, String)>,
    /// Params that carry the credentials.
    pub credentials: Vec<Credential>,
    /// The param that names the command; empty where the request itself does.
    pub command_param: String,
    /// How requests and replies are wrapped, with [`Protocol::Soap`].
    pub soap: Option<Soap>,
    /// Params that every command takes and the client gives, in the order of sending.
    pub common: Vec<CommonParam>,
    /// What all envelopes have in common.
    pub envelope: EnvelopeRules,
    /// Limits by account.
    pub tiers: Vec<Tier>,
    /// Phrases of refusals, the first that matches counts.
    pub phrases: Vec<Phrase>,
    /// The documents cited, by key.
    pub sources: BTreeMap<String, Document>,
    /// Families in the order of their names.
    pub families: Vec<Family>,
    /// Types by name.
    pub types: BTreeMap<String, Type>,
    /// Errata in the order of the spec.
    pub errata: Vec<Erratum>,
    /// Why a cell of the coverage matrix is empty where its command does not say so itself.
    pub uncovered: BTreeMap<String, String>,
}

/// How requests travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// A GET with a query string.
    Query,
    /// A POST of a SOAP envelope.
    Soap,
}

/// What a reply is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// CSV.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Xml, Self::Json, Self::Csv];

    /// The lower-case name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

/// A param that carries a credential.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Rust name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Environment variable that programs read it from.
    pub env: String,
    /// Never printed.
    pub secret: bool,
    /// One sentence.
    pub doc: String,
}

/// What all envelopes of an API have in common.
#[derive(Debug, Clone)]
pub struct EnvelopeRules {
    /// Names of the code.
    pub code_names: Vec<String>,
    /// Names of the status.
    pub status_names: Vec<String>,
    /// Names of the error text.
    pub error_names: Vec<String>,
    /// Codes that mean success.
    pub success_codes: Vec<i64>,
    /// Envelope of generic errors.
    pub generic: String,
    /// Known codes and what they mean.
    pub codes: Vec<KnownCode>,
    /// Name of the id of the job that a request made; empty for none.
    pub job: String,
    /// The messages that every answer may have.
    pub messages: Option<MessageNames>,
    /// An answer that is no fault is a success: there is no status.
    pub by_fault: bool,
    /// Known levels of messages.
    pub levels: Vec<KnownLevel>,
    /// Known statuses and what they mean.
    pub statuses: Vec<KnownStatus>,
}

/// A code that answers are known to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCode {
    /// The code.
    pub code: Code,
    /// The class of a refusal whose texts tell none.
    pub class: Option<String>,
    /// What it means, in one sentence.
    pub means: String,
}

/// A code: a number or a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// A number.
    Number(i64),
    /// A word: `NOT_FOUND`, `E13`.
    Word(String),
}

/// A status that answers are known to have.
#[derive(Debug, Clone)]
pub struct KnownStatus {
    /// The text.
    pub text: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// What became of the command.
    pub outcome: Outcome,
    /// What it means, in one sentence.
    pub means: String,
}

/// What became of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It was taken and is still to be carried out.
    Pending,
    /// It was not carried out.
    Failed,
}

/// Limits of an account tier.
#[derive(Debug, Clone)]
pub struct Tier {
    /// `regular`, `bulk`, ...
    pub name: String,
    /// Requests at a time.
    pub concurrent: u32,
    /// Requests a minute.
    pub per_minute: u32,
    /// Requests a second; 0 where only the minute counts.
    pub per_second: u32,
    /// Citations.
    pub sources: Vec<Source>,
}

/// Phrases that tell the class of a refusal.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// `auth`, `busy`, ...
    pub class: String,
    /// What the refusal means to the caller, in one sentence; empty where the class says it all.
    pub doc: String,
    /// Lower-case parts of the status or error text.
    pub contains: Vec<String>,
    /// The command may have been carried out all the same.
    pub unsure: bool,
    /// Citations.
    pub sources: Vec<Source>,
}

/// Where a spec stands, as generated files say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere that is known.
    #[default]
    Unknown,
    /// In a folder of its own: `spec/dynadot`.
    Folder(String),
    /// In a file or a folder of descriptions, which the rest was made of.
    Descriptions(String),
}

impl Origin {
    /// The spec as a whole.
    pub fn whole(&self) -> &str {
        match self {
            Self::Unknown => "a spec",
            Self::Folder(place) | Self::Descriptions(place) => place,
        }
    }

    /// A file or a folder of it: `api.toml`.
    pub fn part(&self, name: &str) -> String {
        match self {
            Self::Folder(place) => format!("{place}/{name}"),
            Self::Unknown | Self::Descriptions(_) => self.whole().to_owned(),
        }
    }
}

/// A cited document.
#[derive(Debug, Clone)]
pub struct Document {
    /// File name as in the folder of documents.
    pub file: String,
    /// How it is called in prose.
    pub title: String,
    /// The language that it is written in: `fr`; empty where that is not said.
    pub language: String,
}

/// A citation: `fr:48`, `facts:Answers that differ from the pages 13`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Key of the document.
    pub document: String,
    /// Line number or heading.
    pub place: String,
}

/// A family of commands.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its name: `domain`.
    pub name: String,
    /// One sentence.
    pub doc: String,
    /// File that it comes from, relative to the repository: `spec/dynadot/commands/domain.toml`.
    pub file: String,
    /// Its commands in the order of the spec.
    pub commands: Vec<Command>,
}

/// A command.
#[derive(Debug, Clone)]
pub struct Command {
    /// Name on the wire.
    pub name: String,
    /// Rust name in snake_case, where the wire's own words would come out wrong.
    pub rust: Option<String>,
    /// The element of its request, where the API's pattern does not give it.
    pub element: Option<String>,
    /// The namespace of its request and reply, where the API's pattern does not give it.
    pub namespace: Option<String>,
    /// The first version of the API that is known to have it; nothing for the oldest known one.
    pub since: Option<String>,
    /// Whether it takes what stands for the session.
    pub session: bool,
    /// One sentence.
    pub doc: String,
    /// A caution.
    pub note: Option<String>,
    /// What it does to the account.
    pub effect: Effect,
    /// Why, where it is not obvious.
    pub why: Option<String>,
    /// Params that change the effect, and to what.
    pub effect_when: Vec<(String, Effect)>,
    /// What it answers in.
    pub formats: Vec<Format>,
    /// How well it is known.
    pub status: Status,
    /// One sentence, when it is deprecated.
    pub deprecated: Option<String>,
    /// The command that takes its place.
    pub successor: Option<String>,
    /// For reseller accounts only.
    pub reseller: bool,
    /// Stands outside the rate limit.
    pub exempt: bool,
    /// The command that tells beforehand what it costs.
    pub price: Option<String>,
    /// The commands that tell, when its answer was lost, whether it was carried out; the surest first.
    pub reconcile: Vec<String>,
    /// No source tells params and reply.
    pub open: bool,
    /// Citations.
    pub sources: Vec<Source>,
    /// Params in the order of the spec.
    pub params: Vec<Param>,
    /// What it answers.
    pub reply: Reply,
    /// Why a cell of the coverage matrix is empty, by the cell's name (`csv`, `json`, `error`, ...).
    pub uncovered: BTreeMap<String, String>,
}

/// What a command does to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something; again changes nothing more.
    IdempotentWrite,
    /// Changes something, each time.
    Write,
    /// Moves money, or binds to pay.
    Spend,
}

impl Effect {
    /// The name in the spec.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::IdempotentWrite => "idempotent_write",
            Self::Write => "write",
            Self::Spend => "spend",
        }
    }
}

/// How well a command is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The pages describe it.
    Documented,
    /// Newer than the pages.
    Newer,
    /// The pages only list it.
    ListedOnly,
    /// No source tells how it answers.
    Unverified,
}

impl Status {
    /// The name in the spec.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Newer => "newer",
            Self::ListedOnly => "listed_only",
            Self::Unverified => "unverified",
        }
    }
}

/// A place where a source is overruled.
#[derive(Debug, Clone)]
pub struct Erratum {
    /// Its id.
    pub id: String,
    /// Path into the spec.
    pub target: String,
    /// The overruled readings and where they stand.
    pub says: Vec<(String, Vec<Source>)>,
    /// What the spec holds.
    pub follows: String,
    /// Where the followed reading stands.
    pub evidence: Vec<Source>,
    /// Why.
    pub why: String,
}

impl Api {
    /// Every command, family by family.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.families.iter().flat_map(|family| &family.commands)
    }
}
