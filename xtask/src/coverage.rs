//! `cargo xtask coverage`: which vectors hold which command, in a matrix, and which documented tags no vector touches.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// The columns of the matrix.
const CELLS: [&str; 6] = ["builder", "xml", "json", "csv", "error", "notes"];

/// A command's folder of vectors that hold every command.
const ANY: &str = "any";

/// What is known of one command.
#[derive(Default)]
struct Row {
    /// Vectors a cell.
    counts: BTreeMap<&'static str, usize>,
    /// Formats that the command has.
    formats: BTreeSet<String>,
    /// Why a cell is empty, by the command's entry in the spec.
    reasons: BTreeMap<String, String>,
    /// The same, by what the spec says of all commands of the API.
    common: BTreeMap<String, String>,
    /// Every tag that the decoder knows.
    tags: Vec<String>,
    /// Texts of the command's replies.
    bodies: Vec<String>,
    /// Whether the pages describe it.
    documented: bool,
}

/// Runs the subcommand with the arguments that follow its name.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    if let Some(argument) = arguments.next() {
        return Err(format!("coverage: unknown argument `{argument}`; it takes none"));
    }
    let root = crate::root();
    let mut problems = Vec::new();
    for api in crate::folders(&root.join("generated"))? {
        let rows = read(&root, &api)?;
        print!("{}", matrix(&api, &rows));
        problems.extend(empty_cells(&rows));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!(
        "coverage: {} cells are empty without a reason; add a vector, or a reason as `uncovered = {{ cell = \"...\" }}` in the spec:\n{}",
        problems.len(),
        problems.join("\n")
    ))
}

fn json(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn strings(value: &Value) -> impl Iterator<Item = String> + '_ {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned))
}

fn texts<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> BTreeMap<String, String> {
    entries.map(|(cell, why)| (cell.clone(), why.as_str().unwrap_or_default().to_owned())).collect()
}

fn read(root: &Path, api: &str) -> Result<BTreeMap<String, Row>, String> {
    let catalog = json(&root.join("generated").join(api).join("catalog.json"))?;
    let mut rows = BTreeMap::new();
    for command in catalog["commands"].as_array().into_iter().flatten() {
        let reasons = command["uncovered"].as_object().into_iter().flatten();
        let row = Row {
            formats: strings(&command["formats"]).collect(),
            tags: strings(&command["reply_tags"]).collect(),
            reasons: texts(reasons),
            common: texts(catalog["uncovered"].as_object().into_iter().flatten()),
            documented: command["status"] == "documented",
            ..Row::default()
        };
        rows.insert(command["name"].as_str().unwrap_or_default().to_owned(), row);
    }
    let index = json(&root.join("tests/vectors/index.json"))?;
    for vector in index["vectors"].as_array().into_iter().flatten().filter(|vector| vector["api"] == api) {
        let name = vector["command"].as_str().unwrap_or_default();
        let file = vector["file"].as_str().unwrap_or_default();
        for row in rows.iter_mut().filter(|(command, _)| *command == name || name == ANY).map(|(_, row)| row) {
            count(row, vector);
            if vector["kind"] == "reply" && name != ANY {
                row.bodies
                    .push(String::from_utf8_lossy(&std::fs::read(root.join(file)).unwrap_or_default()).into_owned());
            }
        }
    }
    count_notes(root, api, &mut rows)?;
    Ok(rows)
}

fn count(row: &mut Row, vector: &Value) {
    let cell = match (vector["kind"].as_str(), vector["verdict"].as_str(), vector["format"].as_str()) {
        (Some("request"), ..) => "builder",
        (_, Some("refused"), _) => "error",
        (_, Some("ok"), Some(format)) => CELLS.into_iter().find(|cell| *cell == format).unwrap_or("error"),
        _ => return,
    };
    *row.counts.entry(cell).or_default() += 1;
}

/// Notes are expected in `expected.json` of a command, and in the files of tests/behaviour/notes.
fn count_notes(root: &Path, api: &str, rows: &mut BTreeMap<String, Row>) -> Result<(), String> {
    for (name, row) in rows.iter_mut() {
        let path = root.join("tests/vectors").join(api).join(name).join("expected.json");
        if path.is_file() {
            let notes = json(&path)?["notes"].as_object().map_or(0, |notes| notes.len());
            *row.counts.entry("notes").or_default() += notes;
        }
    }
    let folder = root.join("tests/behaviour/notes");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    for path in
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
    {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let table: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let cases = table.values().filter_map(toml::Value::as_array).flatten();
        for command in cases.filter_map(|case| case.get("command").and_then(toml::Value::as_str)) {
            for row in rows.iter_mut().filter(|(name, _)| *name == command || command == "*").map(|(_, row)| row) {
                *row.counts.entry("notes").or_default() += 1;
            }
        }
    }
    Ok(())
}

/// Whether the command can have vectors in this cell.
fn applies(row: &Row, cell: &str) -> bool {
    !matches!(cell, "xml" | "json" | "csv") || row.formats.contains(cell)
}

fn empty_cells(rows: &BTreeMap<String, Row>) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, row) in rows {
        for cell in CELLS.into_iter().filter(|cell| applies(row, cell)) {
            let covered = row.counts.get(cell).is_some_and(|count| *count > 0);
            match row.reasons.get(cell) {
                None if !covered && !row.common.contains_key(cell) => problems.push(format!("  {name}: {cell}")),
                Some(why) if covered => {
                    problems.push(format!("  {name}: {cell} is covered, but the spec says why not: {why}"))
                }
                _ => {}
            }
        }
    }
    problems
}

fn matrix(api: &str, rows: &BTreeMap<String, Row>) -> String {
    let width = rows.keys().map(String::len).max().unwrap_or(0);
    let mut out = format!(
        "{api}: vectors by command (`-`: the command does not have it, `why`: the spec says why there is none)\n"
    );
    let line = |name: &str, cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>7}")).collect();
        format!("{name:width$} {}\n", cells.join(" "))
    };
    out += &line("command", CELLS.map(str::to_owned).to_vec());
    for (name, row) in rows {
        let cells = CELLS.map(|cell| match row.counts.get(cell) {
            _ if !applies(row, cell) => "-".to_owned(),
            Some(count) if *count > 0 => count.to_string(),
            _ if row.reasons.contains_key(cell) || row.common.contains_key(cell) => "why".to_owned(),
            _ => "0".to_owned(),
        });
        out += &line(name, cells.to_vec());
    }
    let mut known = 0;
    let mut untouched = String::new();
    for (name, row) in rows {
        let missing: Vec<&str> = row.tags.iter().map(String::as_str).filter(|tag| !touched(row, tag)).collect();
        known += row.tags.len() - missing.len();
        if row.documented && !missing.is_empty() {
            // Writing into a String cannot fail.
            let _ = writeln!(untouched, "  {name}: {}", missing.join(", "));
        }
    }
    let all: usize = rows.values().map(|row| row.tags.len()).sum();
    let _ = writeln!(
        out,
        "{api}: vectors touch {known} of {all} tags that the decoders know; of documented commands none touches:"
    );
    out + &untouched
}

/// Whether a reply holds the tag as an element, a key or a column.
fn touched(row: &Row, tag: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    row.bodies.iter().any(|body| {
        body.match_indices(tag).any(|(at, _)| {
            let before = at.checked_sub(1).map(|at| body.as_bytes()[at]);
            let after = body.as_bytes().get(at + tag.len()).copied();
            !before.is_some_and(is_name) && !after.is_some_and(is_name)
        })
    })
}
