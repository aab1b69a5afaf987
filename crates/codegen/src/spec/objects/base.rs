//! What completes descriptions that stand alone: the files that all objects share, as they are in this repository's `spec/ecosys`.

use crate::spec::files::Kind;

/// What stands in this repository's folder of the API.
macro_rules! spec {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../../spec/ecosys/", $name)))
    };
}

/// What the API is, beside its objects: name and text of each file.
pub const FILES: [(Kind, (&str, &str)); 4] = [
    (Kind::Api, spec!("api.toml")),
    (Kind::Sources, spec!("sources.toml")),
    (Kind::Types, spec!("types/option.toml")),
    (Kind::Types, spec!("types/result.toml")),
];

/// What an object and an event stand for.
pub const PATTERNS: [(&str, &str); 4] = [
    spec!("patterns/event.commands.toml"),
    spec!("patterns/event.types.toml"),
    spec!("patterns/object.commands.toml"),
    spec!("patterns/object.types.toml"),
];
