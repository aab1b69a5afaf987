//! What a program pulls in with `bindwire`: no async runtime with the blocking face, no C to compile by default, and nothing that
//! sends where nothing is sent.

use std::collections::BTreeSet;
use std::process::Command;

/// The packages of a default build on Linux, our own four included. A new one needs a reason: give it in the workspace manifest.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const DEFAULT_BUILD: usize = 114;

/// The packages that one pulls in on this machine; nothing is fetched.
fn packages(of: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["--package", of])
        .args(features)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names");
    // Two versions of a package are two packages.
    let packages = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?))
    });
    packages.collect()
}

fn has(packages: &BTreeSet<String>, name: &str) -> bool {
    packages.iter().any(|package| package.split(' ').next() == Some(name))
}

#[track_caller]
fn assert_none(packages: &BTreeSet<String>, names: &[&str]) {
    let found: Vec<_> = names.iter().filter(|name| has(packages, name)).collect();
    assert!(found.is_empty(), "{found:?} among {packages:#?}");
}

#[test]
fn the_blocking_face_brings_no_async_runtime() {
    let packages = packages("bindwire", &["--no-default-features", "--features", "blocking,dynadot,ring"]);
    assert!(has(&packages, "ureq") && has(&packages, "ring"), "the list is that of the face: {packages:#?}");
    assert_none(&packages, &["tokio", "hyper", "hyper-util", "reqwest", "tower", "mio"]);
    assert_none(&packages, &["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"]);
}

#[test]
fn the_default_build_compiles_no_foreign_tls_and_no_second_client() {
    let packages = packages("bindwire", &[]);
    assert!(has(&packages, "reqwest") && has(&packages, "ring"), "the list is that of the default: {packages:#?}");
    assert_none(&packages, &["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls", "ureq"]);
    // What only some programs want, and what only tests and generation need.
    assert_none(&packages, &["serde", "serde_json", "metrics", "chrono", "regex", "clap", "toml", "prettyplease"]);
}

#[test]
fn an_api_costs_nothing_where_it_is_not_asked_for() {
    let soap = ["quick-xml", "bindwire-dynect", "bindwire-netim"];
    assert_none(&packages("bindwire", &[]), &soap);
    let netim = packages("bindwire", &["--no-default-features", "--features", "client,netim"]);
    assert!(has(&netim, "quick-xml") && has(&netim, "bindwire-netim"), "{netim:#?}");
    assert_none(&netim, &["bindwire-dynadot", "bindwire-dynect"]);
}

#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn the_default_build_has_as_many_packages_as_it_had() {
    let packages = packages("bindwire", &[]);
    assert_eq!(packages.len(), DEFAULT_BUILD, "the packages are now: {packages:#?}");
}

#[test]
fn without_a_face_nothing_is_pulled_in_but_what_the_bindings_need() {
    let bindings = packages("bindwire-dynadot", &[]);
    let without = packages("bindwire", &["--no-default-features", "--features", "dynadot"]);
    let more: Vec<_> = without.difference(&bindings).collect();
    assert_eq!(more.len(), 1, "{more:?}");
    assert!(more[0].starts_with("bindwire "), "{more:?}");
    let wire = packages("bindwire-wire", &[]);
    let more: Vec<_> = bindings.difference(&wire).collect();
    assert_eq!(more.len(), 1, "{more:?}");
    assert!(has(&wire, "jiff") && !has(&wire, "http"), "{wire:#?}");
}
