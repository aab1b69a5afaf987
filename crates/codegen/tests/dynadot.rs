//! The real spec of Dynadot loads.

use std::path::Path;

#[test]
fn loads() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/dynadot");
    let start = std::time::Instant::now();
    match bindwire_codegen::spec::load(&dir) {
        Ok(api) => println!("{} commands, {} types in {:?}", api.commands().count(), api.types.len(), start.elapsed()),
        Err(problems) => panic!("{problems}"),
    }
}
