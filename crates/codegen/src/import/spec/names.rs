//! Names for Rust, made of those on the wire: the same each time, and no two alike.

use crate::spec::names::{Rule, mistake};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use std::collections::BTreeSet;

/// What a family, which is a module of the crate, cannot be called.
const MODULES: [&str; 6] = ["registry", "types", "wire", "bindwire_wire", "std", "core"];
/// What a command cannot be called, beside the types that the language forbids: the examples in its documentation name these.
const IN_EXAMPLES: [&str; 5] = ["Currency", "Date", "Decimal", "MapEntry", "Query"];

/// A name in snake_case that begins with a letter of a to z.
pub fn snake(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let plain = plain.to_snake_case();
    if plain.starts_with(|first: char| first.is_ascii_lowercase()) {
        plain
    } else {
        format!("n_{plain}").to_snake_case()
    }
}

/// A name in PascalCase; one of a schema that is in it stays as it is.
pub fn pascal(name: &str) -> String {
    let is_well = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_well { name.to_owned() } else { snake(name).to_upper_camel_case() }
}

/// Names that were given, each once.
#[derive(Debug, Default)]
pub struct Given(BTreeSet<String>);

impl Given {
    /// Whether the name is still to be had; it is no longer.
    pub fn take(&mut self, name: &str) -> bool {
        self.0.insert(name.to_owned())
    }

    /// Whether the name was given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The name, or that with the first number that makes it another.
    pub fn give(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| self.take(name)).unwrap_or_default()
    }

    /// The same for a type, whose name has no `_`.
    pub fn give_type(&mut self, name: &str) -> String {
        let name = pascal(name);
        let name = if mistake(Rule::Schema, "type", &name).is_some() { format!("{name}Info") } else { name };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        names.find(|name| self.take(name)).unwrap_or_default()
    }

    /// The name of a param, a field or a value.
    pub fn give_member(&mut self, rule: Rule, wire: &str) -> String {
        let name = snake(wire);
        if mistake(rule, "", &name).is_none() {
            return self.give(&name);
        }
        if name == "type" && !self.has("kind") {
            return self.give("kind");
        }
        self.give(&format!("{name}_value"))
    }
}

/// The name of an API, and of its families.
pub fn api(service: &str) -> String {
    let name = snake(service);
    let is_free = mistake(Rule::Command, "", &name).is_none()
        && mistake(Rule::Schema, "", &name.to_upper_camel_case()).is_none()
        && !MODULES.contains(&name.as_str());
    if is_free { name } else { format!("{name}_service") }
}

/// Why an API cannot be called so.
pub fn api_mistake(name: &str) -> Option<String> {
    mistake(Rule::Command, "the API's name", name).or_else(|| {
        let is_taken = api(name) != name;
        is_taken.then(|| format!("the API's name `{name}` is one that generated code uses; call it `{}`", api(name)))
    })
}

/// The type that a command becomes, by its key and its own name for Rust.
fn command_type(key: &str, rust: Option<&str>) -> String {
    match rust {
        None if key.starts_with(|first: char| first.is_ascii_uppercase()) && !key.contains('_') => key.to_owned(),
        rust => rust.unwrap_or(key).to_upper_camel_case(),
    }
}

/// Names of commands.
#[derive(Debug, Default)]
pub struct Commands {
    keys: Given,
    stems: Given,
    types: Given,
}

impl Commands {
    /// The key of an operation in the spec: its own name, where that is one in Rust.
    pub fn key(&mut self, operation: &str) -> String {
        let is_well =
            mistake(Rule::Renamed, "", operation).is_none() && !matches!(operation, "family" | "doc" | "each");
        if is_well && self.keys.take(operation) {
            return operation.to_owned();
        }
        self.keys.give(&format!("{}_command", snake(operation)))
    }

    /// The name for Rust, where the one that would be made of the key is a keyword or another's.
    pub fn rust(&mut self, key: &str) -> Option<String> {
        if self.take(key, None) {
            return None;
        }
        let name = format!("{}_command", snake(key));
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        std::iter::once(name.clone()).chain(numbered).find(|name| self.take(key, Some(name)))
    }

    fn take(&mut self, key: &str, rust: Option<&str>) -> bool {
        let name = rust.unwrap_or(key);
        let module = name.to_snake_case();
        let stem = name.to_upper_camel_case();
        let ty = command_type(key, rust);
        let reply = format!("{ty}Reply");
        let is_free = mistake(Rule::Command, "", &module).is_none()
            && mistake(Rule::Schema, "", &ty).is_none()
            && !IN_EXAMPLES.contains(&ty.as_str())
            && !self.stems.has(&stem)
            && !self.types.has(&ty)
            && !self.types.has(&reply);
        is_free && self.stems.take(&stem) && self.types.take(&ty) && self.types.take(&reply)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_names_of_rust() {
        let mut given = Given::default();
        let mut give = |wire: &str| given.give_member(Rule::Param, wire);
        let names =
            ["IDSession", "type", "kind", "Type", "match", "new", "a-b", "a.b", "1st", "größe", "-", "serial_2"];
        let found = names.map(&mut give);
        let wanted = [
            "id_session",
            "kind",
            "kind_2",
            "type_value",
            "match_value",
            "new_value",
            "a_b",
            "a_b_2",
            "n_1st",
            "gr_e",
            "n",
            "serial_2",
        ];
        assert_eq!(found, wanted);
        assert!(found.iter().all(|name| mistake(Rule::Param, "", name).is_none()), "{found:?}");
    }

    #[test]
    fn types_are_in_pascal_case() {
        let mut given = Given::default();
        let names = ["AAAARecordData", "messages", "Messages", "Option", "a.b", "A_B", "Reply"];
        let wanted = ["AAAARecordData", "Messages", "Messages2", "OptionInfo", "AB", "AB2", "ReplyInfo"];
        assert_eq!(names.map(|name| given.give_type(name)), wanted);
    }

    #[test]
    fn commands_do_not_meet() {
        let mut commands = Commands::default();
        let operations = ["GetZone", "get_zone", "Self", "Mod", "GetZoneReply", "doc", "a-b", "a.b", "Query", "Date"];
        let keys = operations.map(|operation| commands.key(operation));
        let wanted =
            ["GetZone", "get_zone", "Self", "Mod", "GetZoneReply", "doc_command", "a_b_command", "a_b_command_2"];
        assert_eq!(keys[..8], wanted);
        assert_eq!(keys[8..], ["Query", "Date"]);
        let rust = keys.map(|key| commands.rust(&key));
        let given = [
            (1, "get_zone_command"),
            (2, "self_command"),
            (3, "mod_command"),
            (4, "get_zone_reply_command"),
            (8, "query_command"),
            (9, "date_command"),
        ];
        for (index, rust) in rust.iter().enumerate() {
            let wanted = given.iter().find(|(known, _)| *known == index).map(|(_, name)| *name);
            assert_eq!(rust.as_deref(), wanted, "{}", operations[index]);
        }
    }
}
