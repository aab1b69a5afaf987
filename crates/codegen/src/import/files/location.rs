//! Where an import may point: to a file beneath the folder of the first one, and nowhere else.

use super::super::names::quoted;

/// The path of `location`, as a file of the folder `from` has it, seen from the first file's folder: names with `/`.
///
/// # Errors
/// Why it is refused and what to do.
pub fn beneath(from: &str, location: &str) -> Result<String, String> {
    let refuse = |why: &str| Err(format!("the location {} {why}", quoted(location)));
    if location.is_empty() {
        return refuse("is empty; name a file beside this one");
    }
    if scheme(location) || location.starts_with("//") || location.starts_with("\\\\") {
        let why = "is not a file beside this one, and nothing is fetched";
        return refuse(&format!("{why}; save what it names beside this file and write its name here"));
    }
    if location.starts_with('/') {
        return refuse("is an absolute path; write it as seen from this file");
    }
    if location.contains('\\') {
        return refuse("holds a `\\`; write `/` between folders");
    }
    if location.contains(['?', '#']) {
        return refuse("asks a server with `?` or `#`; save what it names beside this file and write its name here");
    }
    if location.contains('%') {
        return refuse("holds a `%`, which is not decoded; write the file's name as it is");
    }
    let mut steps: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for step in location.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.pop().is_none() => return refuse(LEAVES),
            ".." => {}
            name => steps.push(name),
        }
    }
    Ok(steps.join("/"))
}

/// What is told of a location that leads out of the folder.
pub const LEAVES: &str =
    "leaves the folder of the first file; only files beneath it are read: move the file there and write its name here";

/// Whether a scheme begins the location: `http:`, `file:`, and `C:` too.
fn scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}
