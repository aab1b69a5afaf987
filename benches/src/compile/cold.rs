//! Cold builds: a program that sends one command, with the client and with the usual stack of libraries.

use super::{Cargo, GROUP, write};
use crate::measure::quantile;
use crate::row::Row;
use std::path::Path;
use std::time::Instant;

/// A program in a workspace of its own.
struct Program {
    name: &'static str,
    dependencies: String,
    main: &'static str,
}

/// What is asked of the client: its default features, and one command.
const OURS: &str = r#"//! Sends a command with the client.

use bindwire::dynadot::Client;
use bindwire_dynadot::domain::Search;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = Client::from_env()?;
    let found = runtime.block_on(client.send(Search::new(["example.com"])))?;
    println!("{found:?}");
    Ok(())
}
"#;

/// The same by hand.
const USUAL: &str = r#"//! Sends a command with an HTTP library, and reads its answer with another one.

use serde::Deserialize;
use std::error::Error;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "printed")]
struct Results {
    search_response: SearchResponse,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "printed")]
struct SearchResponse {
    search_header: SearchHeader,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "printed")]
struct SearchHeader {
    success_code: u8,
    domain_name: String,
    available: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let key = std::env::var("DYNADOT_API_KEY")?;
    let url = format!("https://api.dynadot.com/api3.xml?key={key}&command=search&domain0=example.com");
    let body = runtime.block_on(async { reqwest::get(url).await?.text().await })?;
    let found: Results = quick_xml::de::from_str(&body)?;
    println!("{found:?}");
    Ok(())
}
"#;

/// Measures the CPU time of cold debug builds of both, one after the other in each of the rounds.
pub(super) fn all(root: &Path, base: &Path, rounds: usize) -> Result<(), String> {
    let path = |package: &str| format!("{{ path = {:?} }}", root.join(package));
    let tokio = r#"tokio = { version = "1", default-features = false, features = ["rt"] }"#;
    let programs = [
        Program {
            name: "one-command",
            dependencies: format!(
                "bindwire = {}\nbindwire-client = {}\nbindwire-dynadot = {}\n{tokio}\n",
                path("crates/bindwire"),
                path("crates/client"),
                path("generated/dynadot")
            ),
            main: OURS,
        },
        Program {
            name: "one-command-by-hand",
            dependencies: format!(
                "quick-xml = {{ version = \"0.42\", features = [\"serialize\"] }}\nreqwest = \"0.13\"\n\
                 serde = {{ version = \"1\", features = [\"derive\"] }}\n{tokio}\n"
            ),
            main: USUAL,
        },
    ];
    let cargos: Vec<Cargo> = programs.iter().map(|program| program.prepare(root, base)).collect::<Result<_, _>>()?;
    let mut measured = [const { Vec::new() }; 2];
    for _ in 0..rounds {
        for (cargo, measured) in cargos.iter().zip(&mut measured) {
            measured.push(cold(cargo)?);
        }
    }
    let medians = measured.each_ref().map(|builds: &Vec<Build>| {
        let of = |part: fn(&Build) -> f64| quantile(&builds.iter().map(part).collect::<Vec<_>>(), 0.5);
        Build { cpu: of(|build| build.cpu), wall: of(|build| build.wall) }
    });
    let ratios: Vec<f64> = measured[0].iter().zip(&measured[1]).map(|(own, other)| own.cpu / other.cpu).collect();
    let ratio = quantile(&ratios, 0.5);
    let [own, usual] = medians;
    let row = |name: &str, build: &Build, more: String| {
        let figure = format!("{:6.2} s of CPU time, {:.2} s by the clock{more}", build.cpu, build.wall);
        Row::new(GROUP, name, figure).number("cpu_seconds", build.cpu).number("seconds", build.wall)
    };
    row("cold: bindwire, one command sent", &own, format!("  {ratio:.2} of the usual stack's CPU time"))
        .number("ratio", ratio)
        .at_most("ratio", 0.75, " of the usual stack's CPU time")
        .print()?;
    row("cold: reqwest, serde, quick-xml, tokio", &usual, String::new()).print()
}

/// What a build took, in seconds.
struct Build {
    cpu: f64,
    wall: f64,
}

impl Program {
    /// Writes the program, and fetches what it depends on.
    fn prepare(&self, root: &Path, base: &Path) -> Result<Cargo, String> {
        let folder = base.join(self.name);
        let (name, dependencies) = (self.name, &self.dependencies);
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n[profile.dev]\nincremental = false\n"
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("src/main.rs"), self.main)?;
        // The same versions as in the workspace, where it has them.
        let lock = root.join("Cargo.lock");
        std::fs::copy(&lock, folder.join("Cargo.lock")).map_err(|error| format!("{}: {error}", lock.display()))?;
        let cargo = Cargo { target: folder.join("target"), folder, runs: 1 };
        cargo.run(&["fetch"])?;
        Ok(cargo)
    }
}

/// Builds from nothing.
fn cold(cargo: &Cargo) -> Result<Build, String> {
    match std::fs::remove_dir_all(&cargo.target) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{}: {error}", cargo.target.display()));
        }
        _ => {}
    }
    let (before, start) = (cpu()?, Instant::now());
    cargo.run(&["build", "-j2", "--offline"])?;
    Ok(Build { cpu: cpu()? - before, wall: start.elapsed().as_secs_f64() })
}

/// The CPU time, in seconds, of all processes that have ended below this one.
fn cpu() -> Result<f64, String> {
    const PATH: &str = "/proc/self/stat";
    // Linux tells it to programs in hundredths of a second.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(PATH).map_err(|error| format!("{PATH}: {error}; only Linux has it"))?;
    // The second field is a name in parentheses, which can hold anything; user and system time are the 16th and the 17th.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let ticks: Vec<f64> = fields.skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    if ticks.len() == 2 { Ok(ticks.iter().sum::<f64>() / TICKS) } else { Err(format!("{PATH} holds `{stat}`")) }
}
