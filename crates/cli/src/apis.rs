//! The APIs that the program knows, and finding commands in them.

use crate::failure::Failure;
use crate::nearest::hint;
use bindwire_wire::{ApiInfo, Entry};

/// An API as its generated crate offers it.
#[derive(Debug)]
pub struct Api {
    /// Addresses, credentials and formats.
    pub info: &'static ApiInfo,
    /// Every command with the shape of its reply, sorted by name.
    pub commands: &'static [Entry],
    /// The text of `catalog.json`.
    pub catalog: &'static str,
}

/// Every API; one line each.
static APIS: &[Api] = &[
    Api {
        info: &bindwire_dynadot::registry::API_INFO,
        commands: bindwire_dynadot::registry::COMMANDS,
        catalog: bindwire_dynadot::registry::CATALOG,
    },
    Api {
        info: &bindwire_dynect::registry::API_INFO,
        commands: bindwire_dynect::registry::COMMANDS,
        catalog: bindwire_dynect::registry::CATALOG,
    },
    Api {
        info: &bindwire_ecosys::registry::API_INFO,
        commands: bindwire_ecosys::registry::COMMANDS,
        catalog: bindwire_ecosys::registry::CATALOG,
    },
    Api {
        info: &bindwire_netim::registry::API_INFO,
        commands: bindwire_netim::registry::COMMANDS,
        catalog: bindwire_netim::registry::CATALOG,
    },
];

/// The API called `name`.
pub fn find(name: &str) -> Result<&'static Api, Failure> {
    APIS.iter().find(|api| api.info.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names: Vec<_> = APIS.iter().map(|api| api.info.name).collect();
        let hint = hint(name, names.iter().copied(), &format!("the APIs are: {}", names.join(", ")));
        Failure::usage(format_args!("there is no API `{name}`; {hint}"))
    })
}

/// The API called `name`, or every one when there is no name.
pub fn find_or_all(name: Option<&str>) -> Result<Vec<&'static Api>, Failure> {
    match name {
        Some(name) => Ok(vec![find(name)?]),
        None => Ok(APIS.iter().collect()),
    }
}

impl Api {
    /// The command called `name`.
    pub fn command(&self, name: &str) -> Result<&'static Entry, Failure> {
        let known = self.commands.iter().find(|entry| entry.info.name == name);
        known.ok_or_else(|| {
            let api = self.info.name;
            let names = self.commands.iter().map(|entry| entry.info.name);
            let hint = hint(name, names, &format!("`bindwire commands {api}` lists them"));
            Failure::usage(format_args!("{api} has no command `{name}`; {hint}"))
        })
    }
}
