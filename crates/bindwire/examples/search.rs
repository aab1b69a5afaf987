//! Looks names up with their prices, as many a request as the account may:
//! `DYNADOT_API_KEY=... cargo run --example search -- example.com example.net`

use bindwire::dynadot::Client;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    match Client::from_env() {
        Ok(client) => run(&client, &names).await.iter().for_each(|line| println!("{line}")),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A line a name. A name that fails does not stop the others.
pub async fn run(client: &Client, names: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut found = client.search_many(names.iter().map(String::as_str), |search| search.show_price(true));
    while let Some(next) = found.next().await {
        lines.push(match next.result {
            Ok(result) => {
                let price = result.price.and_then(|price| price.registration);
                let price = price.map_or("no price".to_owned(), |price| price.to_string());
                format!(
                    "{}: {}, {price}",
                    next.name,
                    if result.available.is_yes() { "available" } else { "not available" }
                )
            }
            Err(error) => format!("{}: {error}", next.name),
        });
    }
    lines
}
