//! Vectors that stand on no page: a folder `tests/vectors/<api>/<command>/<case>` with a `vector.toml`. Their replies
//! are written by hand, on a fact that `facts/<api>.md` tells.

use std::path::Path;

use serde::Deserialize;

use super::manifest::{self, Vector};
use super::page::{Format, Kind};
use super::verdicts::Verdict;
use super::{FOLDER, PAGES, files};

/// The name of a case's meta file.
pub const META: &str = "vector.toml";

/// A constructed case.
pub struct Case {
    api: String,
    command: String,
    case: String,
    /// The meta file, from the repository's root.
    pub meta_file: String,
    meta: Meta,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meta {
    /// The heading in the fact file, and after it the number of an item if it is a numbered one.
    fact: String,
    /// One `reply.<format>` each; a `request.<format>.txt` may stand beside it.
    formats: Vec<Format>,
    verdict: Verdict,
    /// What the case shows, in a sentence.
    doc: String,
}

/// All constructed cases of the repository.
pub fn cases(root: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for meta_file in files::walk(root, FOLDER)? {
        let inside = meta_file.strip_prefix(FOLDER).unwrap_or_default();
        if let [_, api, command, case, META] = inside.split('/').collect::<Vec<_>>()[..] {
            let text = files::read_text(&root.join(&meta_file))?;
            let meta = parse(&text).map_err(|error| format!("{meta_file}: {error}"))?;
            if PAGES.iter().any(|page| (page.0, page.1) == (api, case)) {
                return Err(format!("{meta_file}: the case `{case}` is the pages' own; give this one another name"));
            }
            cases.push(Case {
                api: api.into(),
                command: command.into(),
                case: case.into(),
                meta_file: meta_file.clone(),
                meta,
            });
        }
    }
    Ok(cases)
}

fn parse(text: &str) -> Result<Meta, String> {
    let meta: Meta = toml::from_str(text).map_err(|error| error.to_string())?;
    if meta.verdict == Verdict::Request {
        return Err("the verdict is the reply's: ok, refused or unreadable".into());
    }
    if meta.formats.is_empty() {
        return Err("`formats` is empty; name at least one of xml, json, csv".into());
    }
    if meta.doc.trim().is_empty() {
        return Err("`doc` is empty; say in a sentence what the case shows".into());
    }
    Ok(meta)
}

impl Case {
    fn document(&self) -> String {
        format!("facts/{}.md", self.api)
    }

    /// Where the fact stands in its file, which is beside the folder of the pages.
    pub fn fact_line(&self, docs: &Path) -> Result<usize, String> {
        let document = self.document();
        let text = files::read_text(&docs.join("..").join(&document))
            .map_err(|error| format!("{}: its fact cannot be looked up: {error}", self.meta_file))?;
        line_of(&text, &self.meta.fact).ok_or_else(|| {
            let fact = &self.meta.fact;
            format!("{}: {document} has no heading `{fact}`, nor that heading with a number", self.meta_file)
        })
    }

    /// The manifest's entries of the case.
    pub fn vectors(&self, root: &Path, line: Option<usize>) -> Result<Vec<Vector>, String> {
        let mut vectors = Vec::new();
        for &format in &self.meta.formats {
            for (kind, verdict) in [(Kind::Request, Verdict::Request), (Kind::Reply, self.meta.verdict)] {
                let file = manifest::file(&self.api, &self.command, &self.case, kind, format);
                if kind == Kind::Request && !root.join(&file).exists() {
                    continue;
                }
                let bytes = files::read(&root.join(&file))
                    .map_err(|error| format!("{} lists {}: {error}", self.meta_file, format.name()))?;
                vectors.push(Vector {
                    id: format!("{}/{}/{}/{}/{}", self.api, self.command, self.case, kind.name(), format.name()),
                    api: self.api.clone(),
                    command: self.command.clone(),
                    format,
                    kind,
                    document: self.document(),
                    line,
                    file,
                    sha256: files::sha256(&bytes),
                    verdict,
                    constructed: true,
                });
            }
        }
        Ok(vectors)
    }
}

/// The line, from 1, of a Markdown heading, or of the numbered item below it where the fact ends with a number.
fn line_of(text: &str, fact: &str) -> Option<usize> {
    let heading = |line: &str| line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim().to_owned());
    let find = |wanted: &str| text.lines().position(|line| heading(line).is_some_and(|found| found == wanted));
    if let Some(at) = find(fact) {
        return Some(at + 1);
    }
    let (above, number) = fact.rsplit_once(' ')?;
    let at = find(above)?;
    let item = format!("{}. ", number.parse::<u32>().ok()?);
    let below = text.lines().skip(at + 1).take_while(|line| heading(line).is_none());
    Some(at + 2 + below.into_iter().position(|line| line.starts_with(&item))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_a_heading_or_an_item_below_it() {
        let text = "# Facts\n\n## Answers\n1. One.\n2. Two.\n\n## Behaviour\n3. Three.\n";
        assert_eq!(line_of(text, "Answers"), Some(3));
        assert_eq!(line_of(text, "Answers 2"), Some(5));
        assert_eq!(line_of(text, "Answers 3"), None);
        assert_eq!(line_of(text, "Replies"), None);
    }

    #[test]
    fn a_meta_file_says_what_is_wrong_with_it() {
        let mistake = |text: &str| parse(text).err().unwrap_or_default();
        let right = "fact = \"Answers 3\"\nformats = [\"xml\"]\nverdict = \"refused\"\ndoc = \"A wrong key.\"\n";
        assert_eq!(mistake(right), "");
        assert!(mistake(&right.replace("refused", "request")).contains("ok, refused or unreadable"));
        assert!(mistake(&right.replace("[\"xml\"]", "[]")).contains("`formats` is empty"));
        assert!(mistake(&right.replace("A wrong key.", "")).contains("`doc` is empty"));
        assert!(mistake(&right.replace("doc", "docs")).contains("docs"));
    }
}
