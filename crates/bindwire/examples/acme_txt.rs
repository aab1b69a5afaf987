//! Publishes the answer of an ACME DNS challenge and takes it away again; what else the zone holds stays as it is:
//! `DYNADOT_API_KEY=... cargo run --example acme_txt --features blocking -- example.com gfj9Xq-Rg85_nM`

use bindwire::dynadot::blocking::Client;
use bindwire::dynadot::zone::{Changes, Record};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match publish() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn publish() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(domain), Some(token)) = (arguments.next(), arguments.next()) else {
        return Err("usage: acme_txt DOMAIN TOKEN".into());
    };
    let validate = || {
        println!("published; press enter when the challenge is validated");
        let mut line = String::new();
        // Whatever is typed, or nothing at all, goes on to taking the record away.
        let _ = std::io::stdin().read_line(&mut line);
    };
    run(&Client::from_env()?, &domain, &token, validate)?;
    Ok(())
}

/// Publishes the token while `validate` runs.
pub fn run(client: &Client, domain: &str, token: &str, validate: impl FnOnce()) -> bindwire::Result<()> {
    let dns = client.dns(domain);
    let record = Record::txt("_acme-challenge", token);
    // A second token at the same name, as for a wildcard certificate, lives beside the first.
    println!("{}", dns.add(record.clone())?);
    validate();
    // In a zone of three records the token alone is more than the 30 % that go without being allowed.
    println!("{}", dns.change(&Changes::new().remove(record).allow_removals())?);
    Ok(())
}
