//! Holds citations and quotations against the documents themselves, where they are at hand.

use super::files::{File, Files, Kind, Place};
use super::problems::{Problem, Problems, allowed};
use super::tree::Node;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Keys that hold citations, wherever they stand.
const CITING: [&str; 3] = ["sources", "evidence", "at"];

/// A document as lines of bytes; a page may hold bytes that are not UTF-8.
struct Document {
    file: String,
    lines: Vec<Vec<u8>>,
}

/// Looks up every citation of the spec in `dir`, and every text that its errata quote, in the documents that one of
/// `folders` holds. Gives the keys of the documents that none of them holds, and which therefore were not looked into.
///
/// # Errors
/// Citations of lines or headings that do not exist, and quotations that do not stand where they are said to.
pub fn check_sources(dir: &Path, folders: &[&Path]) -> Result<Vec<String>, Problems> {
    let mut files = Files::read(dir);
    let (documents, missing) = documents(&files, folders);
    let mut problems = std::mem::take(&mut files.problems);
    for file in &files.list {
        walk(file, &file.root, &documents, &mut problems);
    }
    for file in files.of(Kind::Errata) {
        quotations(file, &documents, &mut problems);
    }
    Problems::none_or(problems)?;
    Ok(missing)
}

fn documents(files: &Files, folders: &[&Path]) -> (BTreeMap<String, Document>, Vec<String>) {
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    for entry in files.of(Kind::Sources).flat_map(|file| file.root.entries()) {
        let file = entry.node.text_or_empty("file");
        match folders.iter().find_map(|folder| fs::read(folder.join(&file)).ok()) {
            Some(bytes) => {
                let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                found.insert(entry.key.clone(), Document { file, lines });
            }
            None => missing.push(entry.key.clone()),
        }
    }
    (found, missing)
}

fn walk(file: &File, node: &Node, documents: &BTreeMap<String, Document>, problems: &mut Vec<Problem>) {
    for entry in node.entries() {
        if CITING.contains(&entry.key.as_str()) {
            for item in entry.node.items() {
                if let Some(Err(message)) = look_up(item, documents) {
                    problems.push(Place { file, at: item.at }.problem(message));
                }
            }
        }
        walk(file, &entry.node, documents, problems);
    }
    for item in node.items() {
        walk(file, item, documents, problems);
    }
}

/// The lines that a citation means; nothing when it is none, or the document is not at hand.
fn look_up<'a>(item: &Node, documents: &'a BTreeMap<String, Document>) -> Option<Result<&'a [Vec<u8>], String>> {
    let (key, place) = item.as_text()?.split_once(':')?;
    let document = documents.get(key)?;
    Some(match place.parse::<usize>() {
        Ok(number) => line(document, number),
        Err(_) => section(document, place),
    })
}

fn line(document: &Document, number: usize) -> Result<&[Vec<u8>], String> {
    let there = document.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let Some(index) = number.checked_sub(1).filter(|_| number <= there) else {
        return Err(format!("{} has no line {number}; it ends with line {there}", document.file));
    };
    if document.lines[index].trim_ascii().is_empty() {
        return Err(format!("line {number} of {} is empty", document.file));
    }
    Ok(&document.lines[index..=index])
}

/// The part of a Markdown document under the heading `place`, or the numbered item of it that `place` ends with.
fn section<'a>(document: &'a Document, place: &str) -> Result<&'a [Vec<u8>], String> {
    let headings: Vec<(usize, String)> =
        document.lines.iter().enumerate().filter_map(|(index, line)| Some((index, heading(line)?))).collect();
    for (position, (index, heading)) in headings.iter().enumerate() {
        let Some(item) = place.strip_prefix(heading.as_str()) else { continue };
        let end = headings.get(position + 1).map_or(document.lines.len(), |(next, _)| *next);
        let lines = &document.lines[index + 1..end];
        match item.strip_prefix(' ') {
            None if item.is_empty() => return Ok(lines),
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                return numbered(lines, number)
                    .ok_or_else(|| format!("the section `{heading}` of {} has no item {number}", document.file));
            }
            _ => {} // Another heading begins with the same words.
        }
    }
    let hint = match headings.is_empty() {
        true => "; it has none, cite a line".to_owned(),
        false => allowed(place, headings.iter().map(|(_, heading)| heading.as_str())),
    };
    Err(format!("{} has no heading `{place}`{hint}", document.file))
}

fn heading(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let title = text.strip_prefix('#')?.trim_start_matches('#').trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The lines of the item that begins with `number.`.
fn numbered<'a>(lines: &'a [Vec<u8>], number: &str) -> Option<&'a [Vec<u8>]> {
    let begins = |line: &[u8]| line.first().is_some_and(u8::is_ascii_digit);
    let start = lines.iter().position(|line| line.starts_with(format!("{number}.").as_bytes()))?;
    let length = lines[start + 1..].iter().position(|line| begins(line)).map_or(lines.len() - start, |more| more + 1);
    Some(&lines[start..start + length])
}

/// Every overruled reading must stand at each place that it is quoted from.
fn quotations(file: &File, documents: &BTreeMap<String, Document>, problems: &mut Vec<Problem>) {
    let errata = file.root.get("erratum").map(Node::items).unwrap_or_default();
    for reading in errata.iter().flat_map(|erratum| erratum.get("says").map(Node::items).unwrap_or_default()) {
        let Some(text) = reading.text("text") else { continue };
        for item in reading.get("at").map(Node::items).unwrap_or_default() {
            let Some(Ok(lines)) = look_up(item, documents) else { continue };
            if !lines.iter().any(|line| contains(line, text.as_bytes())) {
                let place = item.as_text().unwrap_or_default();
                let shown = match lines {
                    [line] => format!("; it reads `{}`", String::from_utf8_lossy(line).trim()),
                    _ => String::new(),
                };
                problems.push(Place { file, at: item.at }.problem(format!("{place} does not say `{text}`{shown}")));
            }
        }
    }
}

fn contains(line: &[u8], text: &[u8]) -> bool {
    !text.is_empty() && line.windows(text.len()).any(|window| window == text)
}
