//! Repository chores, each a subcommand; see `cargo xtask help`.

fn main() {
    println!("cargo xtask codegen | vectors | coverage");
}
