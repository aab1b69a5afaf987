//! The program `bindwire`.

fn main() {}
