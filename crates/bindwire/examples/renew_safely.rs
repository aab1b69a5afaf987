//! Renews a domain for a year, once and at a known price, whatever happens on the way:
//! `DYNADOT_API_KEY=... cargo run --example renew_safely -- example.com 12.50`

use bindwire::dynadot::domain::{DomainInfo, Renew};
use bindwire::dynadot::{Client, Verdict};
use bindwire::wire::{Currency, Decimal};
use std::error::Error;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match renew().await {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn renew() -> Result<String, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(domain), Some(limit)) = (arguments.next(), arguments.next()) else {
        return Err("usage: renew_safely DOMAIN LIMIT-IN-USD".into());
    };
    let limit = limit.parse().map_err(|_| format!("the limit must be an amount, as 12.50, but is `{limit}`"))?;
    Ok(run(&Client::from_env()?, &domain, limit).await?)
}

/// What became of it, in a sentence.
pub async fn run(client: &Client, domain: &str, limit: Decimal) -> bindwire::Result<String> {
    // The day that we renew from: if somebody else renews in between, the order is not sent.
    let info = client.send(DomainInfo::new(domain)).await?.domain;
    let Some(expiration) = info.and_then(|info| info.expiration) else {
        return Ok(format!("{domain} was not renewed: nothing tells when it expires"));
    };
    let expires = expiration.strftime("%Y-%m-%d").to_string().parse().expect("a date that was just written");

    let renewed = client
        .call(Renew::new(domain, 1).no_renew_if_late_renew_fee_needed(true))
        .max_price(limit, Currency::USD)
        .expected_expiry(expires)
        .send()
        .await;
    let error = match renewed {
        Ok(reply) => {
            let until = reply.expiration.map_or("a day that was not told".to_owned(), |until| until.to_string());
            return Ok(format!("{domain} is renewed until {until}"));
        }
        Err(error) => error,
    };
    // The order may or may not have been carried out. To send it again could pay twice, so we ask.
    if error.may_have_run() {
        let found = client.reconcile(&error).await?;
        return Ok(match found.verdict {
            Verdict::CarriedOut => format!("{domain} is renewed, though the answer was lost"),
            Verdict::NotCarriedOut => format!("{domain} was not renewed; it may be ordered again"),
            _ => format!("{domain}: not known yet, ask again later ({})", found.evidence.join("; ")),
        });
    }
    Ok(format!("{domain} was not renewed: {error}"))
}
