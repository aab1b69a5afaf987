//! The spec of Dynadot loads.

use bindwire_codegen::model::{Status, TypeKind};
use bindwire_codegen::spec;
use std::path::Path;

#[test]
fn loads() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/dynadot");
    let api = spec::load(&dir).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(api.name, "dynadot");
    let documented = api.commands().filter(|command| command.status == Status::Documented).count();
    assert!(documented >= 98, "the pages describe 98 commands; the spec has {documented} of them");
    assert!(api.types.values().any(|ty| matches!(ty.kind, TypeKind::Choice { .. })));
    assert!(!api.errata.is_empty(), "both pages contradict themselves and each other");
}
