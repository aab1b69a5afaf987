//! What differs between the files, the manifest and the pages, and how to mend it. Without the pages it holds the
//! files to the manifest; with them, everything to what a run would write.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::constructed::{self, META};
use super::manifest::{Manifest, Vector};
use super::verdicts::{self, Exceptions};
use super::{FOLDER, INDEX, Outputs, files};

/// What is wrong, by path; one finding a file.
pub type Findings = BTreeMap<String, String>;

/// Files beside the vectors that are none: the folder's own, and expected values in the cases and of the commands.
const OWN: [&str; 3] = ["README.md", "verdicts.toml", "write_exceptions.toml"];
const COMPANION: &str = "expected";
const EXPECTED: &str = "expected.json";

/// Compares the repository with the manifest, and with what the pages give if they are at hand.
pub fn findings(root: &Path, outputs: Option<&Outputs>) -> Result<Findings, String> {
    let mut findings = Findings::new();
    let manifest = Manifest::load(root)?;
    if let Some(outputs) = outputs {
        against_pages(root, outputs, &manifest, &mut findings)?;
    }
    against_manifest(root, &manifest, &mut findings)?;
    for (path, finding) in strays(root, &manifest)? {
        findings.entry(path).or_insert(finding);
    }
    Ok(findings)
}

/// The findings as an error message.
pub fn report(findings: &Findings) -> String {
    let mut text = format!("vectors: {} of the files under {FOLDER} are not as they should be:\n", findings.len());
    for (path, finding) in findings {
        text.push_str(&format!("  {path}: {finding}\n"));
    }
    text.push_str(
        "Where a file was changed by hand: git restore it. Where a page, verdicts.toml or a vector.toml changed, \
         or the extraction: cargo xtask vectors, and read the diff.",
    );
    text
}

fn against_pages(root: &Path, outputs: &Outputs, manifest: &Manifest, findings: &mut Findings) -> Result<(), String> {
    let by_file: BTreeMap<&str, &Vector> =
        outputs.manifest.vectors.iter().map(|vector| (vector.file.as_str(), vector)).collect();
    for (path, bytes) in &outputs.files {
        let on_disk = root.join(path);
        let place =
            by_file.get(path.as_str()).map(|vector| format!("{}:{}", vector.document, vector.line.unwrap_or_default()));
        if !on_disk.exists() {
            let place = place.unwrap_or_else(|| "the run".into());
            findings.insert(path.clone(), format!("missing; {place} gives it"));
        } else if files::read(&on_disk)? != *bytes {
            let finding = match place {
                Some(place) => format!("other bytes than {place} has"),
                None => behind(&outputs.manifest, manifest),
            };
            findings.insert(path.clone(), finding);
        }
    }
    Ok(())
}

/// Which entries of the manifest are not what a run would write.
fn behind(wanted: &Manifest, found: &Manifest) -> String {
    let entries = |manifest: &Manifest| -> BTreeMap<String, Vector> {
        manifest.vectors.iter().map(|vector| (vector.id.clone(), vector.clone())).collect()
    };
    let (wanted, found) = (entries(wanted), entries(found));
    let ids: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    let other: Vec<&str> = ids.into_iter().filter(|id| wanted.get(*id) != found.get(*id)).map(String::as_str).collect();
    match other.as_slice() {
        [] => "the entries are right, but their order, the counts or the layout are not".into(),
        [first, ..] => format!("{} entries are not what a run writes, {first} first", other.len()),
    }
}

fn against_manifest(root: &Path, manifest: &Manifest, findings: &mut Findings) -> Result<(), String> {
    let exceptions = Exceptions::load(root)?;
    let constructed: BTreeMap<String, Vector> = constructed::cases(root)?
        .iter()
        .map(|case| case.vectors(root, None))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .map(|vector| (vector.id.clone(), vector))
        .collect();
    if exceptions.all_used(&manifest.vectors).is_err()
        || Manifest::new(manifest.vectors.clone())?.to_bytes()? != files::read(&root.join(INDEX))?
    {
        let finding = format!("its counts or order are wrong, or {} names what it has not", verdicts::FILE);
        findings.entry(INDEX.into()).or_insert(finding);
    }
    for vector in &manifest.vectors {
        let path = root.join(&vector.file);
        let finding = if !path.exists() {
            Some("missing; index.json has it".into())
        } else if files::sha256(&files::read(&path)?) != vector.sha256 {
            Some("other bytes than index.json has the digest of".into())
        } else if vector.constructed {
            let line_aside = constructed.get(&vector.id).map(|found| Vector { line: vector.line, ..found.clone() });
            (line_aside.as_ref() != Some(vector)).then(|| format!("index.json says otherwise than its {META}"))
        } else {
            (exceptions.verdict(&vector.id, vector.kind) != vector.verdict)
                .then(|| format!("index.json gives it another verdict than {}", verdicts::FILE))
        };
        if let Some(finding) = finding {
            findings.entry(vector.file.clone()).or_insert(finding);
        }
    }
    Ok(())
}

/// Files under the folder that the manifest does not account for.
pub fn strays(root: &Path, manifest: &Manifest) -> Result<Findings, String> {
    let vectors: BTreeSet<&str> = manifest.vectors.iter().map(|vector| vector.file.as_str()).collect();
    let cases: BTreeSet<&str> = vectors.iter().filter_map(|file| Some(file.rsplit_once('/')?.0)).collect();
    let commands: BTreeSet<&str> = cases.iter().filter_map(|case| Some(case.rsplit_once('/')?.0)).collect();
    let own: BTreeSet<String> = OWN.iter().map(|name| format!("{FOLDER}/{name}")).collect();
    let mut strays = Findings::new();
    for path in files::walk(root, FOLDER)? {
        let beside_a_vector = path.rsplit_once('/').is_some_and(|(folder, name)| {
            cases.contains(folder) && (name == META || name.starts_with(COMPANION))
                || commands.contains(folder) && name == EXPECTED
        });
        if path != INDEX && !own.contains(&path) && !vectors.contains(path.as_str()) && !beside_a_vector {
            let finding =
                format!("stray: index.json does not know it; delete it, or add it as {FOLDER}/README.md says");
            strays.insert(path, finding);
        }
    }
    Ok(strays)
}
