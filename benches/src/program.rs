//! A program that calls every command: the request of its documented example, and the decoder of its reply.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The program's package, in a workspace of its own.
pub struct Program {
    /// `Cargo.toml`.
    pub manifest: String,
    /// `src/main.rs`.
    pub main: String,
    /// How many commands it calls.
    pub commands: usize,
}

const MAIN: &str = "\
//! Calls every command: writes its request and decodes the body in the file that the first argument names.
#![allow(deprecated, unused_imports)]

use bindwire_dynadot::wire::{Command, Options, Query, decode};
use std::fmt::Debug;

fn call<C: Command>(command: C, body: &[u8])
where
    C::Reply: Debug,
{
    let query = Query::of(&command).expect(\"the example of a command can be sent\");
    match decode::<C::Reply>(C::INFO.reply, body, &Options::default()) {
        Ok(reply) => println!(\"{query}: {:?}\", reply.into_result()),
        Err(error) => println!(\"{query}: {error}\"),
    }
}
";

/// Makes the program from the generated sources below `root`, the repository.
///
/// # Errors
/// When a source cannot be read, or a command has no example.
pub fn program(root: &Path) -> Result<Program, String> {
    let krate = root.join("generated/dynadot");
    let mut examples = Vec::new();
    for family in sorted(&krate.join("src"))? {
        if !family.is_dir() || family.ends_with("types") {
            continue;
        }
        for file in sorted(&family)? {
            if !file.ends_with("mod.rs") {
                examples.push(example(&file)?);
            }
        }
    }
    let mut main = String::from(MAIN);
    let mut calls = String::new();
    for (number, example) in examples.iter().enumerate() {
        // Writing into a String cannot fail.
        let _ = write!(main, "\nfn command_{number}(body: &[u8]) {{\n{example}    call(request, body);\n}}\n");
        let _ = writeln!(calls, "    command_{number}(&body);");
    }
    let _ = write!(
        main,
        "\nfn main() {{\n    let body = std::env::args().nth(1).map(|path| std::fs::read(path).expect(\"the body can be read\"));\n    \
         let body = body.unwrap_or_default();\n{calls}}}\n"
    );
    let manifest = format!(
        "[package]\nname = \"every-command\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nbindwire-dynadot = {{ path = {krate:?} }}\n\n[profile.release]\nstrip = true\n"
    );
    Ok(Program { manifest, main, commands: examples.len() })
}

/// The lines that make the request in the example of the command in `file`.
fn example(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let lines = text
        .lines()
        .skip_while(|line| line.trim() != "/// # Example")
        .skip(2)
        .map(|line| line.trim_start_matches("///").strip_prefix(' ').unwrap_or_default())
        .take_while(|line| !line.starts_with("let query") && !line.starts_with("```"));
    let code: String = lines.filter(|line| !line.starts_with('#')).map(|line| format!("    {line}\n")).collect();
    if code.contains("let request") {
        return Ok(code);
    }
    Err(format!("{}: no example with `let request` in the documentation of the command", file.display()))
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
