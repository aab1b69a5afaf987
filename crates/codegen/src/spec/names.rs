//! What the keys that the spec's author chooses may be called, given that generated code is made of them.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// What a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A command, which becomes a module and a struct.
    Command,
    /// A param, which becomes a field and perhaps a method.
    Param,
    /// A field of a struct.
    Field,
    /// A value or a variant of an enum, written in snake_case.
    Value,
    /// A declared type.
    Type,
    /// A command or a type whose name is that of a schema, in any convention.
    Schema,
    /// The same where another name for Rust is given.
    Renamed,
    /// A lower-case key that nothing is generated from.
    Key,
    /// A name that has been checked where it is declared.
    Any,
}

impl Rule {
    /// What the rule is for an API whose commands and types have the names of a schema.
    pub fn of_schema(self, soap: bool) -> Self {
        if soap && matches!(self, Self::Command | Self::Type) { Self::Schema } else { self }
    }
}

/// Why `name` cannot be called so and what to write, or nothing when it can.
pub fn mistake(rule: Rule, what: &str, name: &str) -> Option<String> {
    match rule {
        Rule::Any => None,
        Rule::Type => type_mistake(name),
        Rule::Schema => schema_mistake(what, name).or_else(|| taken_type(name)),
        Rule::Renamed => schema_mistake(what, name),
        _ => snake_mistake(what, name)
            .or_else(|| keyword_mistake(rule, what, name))
            .or_else(|| taken_mistake(rule, what, name)),
    }
}

fn snake_mistake(what: &str, name: &str) -> Option<String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if starts_well && name == name.to_snake_case() && name.is_ascii() {
        return None;
    }
    let better = name.to_snake_case();
    let hint = if better.starts_with(|first: char| first.is_ascii_lowercase()) && better.is_ascii() {
        format!("write `{better}`")
    } else {
        "begin with a letter of a to z".to_owned()
    };
    Some(format!("{what} `{name}` is not snake_case; {hint}"))
}

fn keyword_mistake(rule: Rule, what: &str, name: &str) -> Option<String> {
    let keyword = KEYWORDS.contains(&name) && !matches!(rule, Rule::Value | Rule::Key);
    let variant = rule == Rule::Value && name == "self";
    (keyword || variant).then(|| {
        let hint = match (rule, name) {
            (Rule::Command, _) => "the generated module cannot be called so".to_owned(),
            (_, "type") => "call it `kind`, with `wire` where the wire says `type`".to_owned(),
            _ => format!("call it otherwise, as `{name}_value`, with `wire` for the wire's name"),
        };
        format!("{what} `{name}` is a keyword of Rust; {hint}")
    })
}

fn taken_mistake(rule: Rule, what: &str, name: &str) -> Option<String> {
    if rule == Rule::Value && name == "unknown" {
        return Some(format!(
            "{what} `{name}` is what values are called that the spec does not list; call it otherwise, with `wire`"
        ));
    }
    let taken = rule == Rule::Param && TAKEN_METHODS.contains(&name);
    taken.then(|| {
        format!("{what} `{name}` would hide a method of every command; call it otherwise, as `{name}_value`, with `wire` for the wire's name")
    })
}

fn type_mistake(name: &str) -> Option<String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_uppercase());
    let better = name.to_upper_camel_case();
    if !starts_well || name != better || !name.is_ascii() {
        let hint = if better.starts_with(|first: char| first.is_ascii_uppercase()) && better.is_ascii() {
            format!("write `{better}`")
        } else {
            "begin with a letter of A to Z".to_owned()
        };
        return Some(format!("type `{name}` is not PascalCase; {hint}"));
    }
    taken_type(name)
}

/// Why a schema's name cannot become one of Rust.
fn schema_mistake(what: &str, name: &str) -> Option<String> {
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (!is_name).then(|| format!("{what} `{name}` cannot be a name in Rust; write letters of A to Z, digits and `_`"))
}

fn taken_type(name: &str) -> Option<String> {
    TAKEN_TYPES.contains(&name).then(|| {
        format!("type `{name}` would hide a type that generated code uses; call it otherwise, as `{name}Info`")
    })
}

/// Keywords of Rust, the reserved ones included.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What a setter must not be called.
const TAKEN_METHODS: &[&str] = &["new", "write", "effect"];

/// Types of the prelude and of the runtime that generated code names.
const TAKEN_TYPES: &[&str] = &[
    "Api",
    "Box",
    "Child",
    "Clone",
    "Command",
    "Copy",
    "Debug",
    "Decimal",
    "Default",
    "Drop",
    "Err",
    "Error",
    "Format",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Leaf",
    "Money",
    "Node",
    "None",
    "Note",
    "Notes",
    "Ok",
    "Option",
    "Plain",
    "Query",
    "Record",
    "Reply",
    "Result",
    "Self",
    "Send",
    "Shape",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Text",
    "ToOwned",
    "ToString",
    "Tree",
    "Vec",
];
