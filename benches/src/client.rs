//! The client beside the HTTP libraries that it sends with: what `bench-client` does.

use crate::measure::quantile;
use crate::row::Row;
use bindwire_client::Limits;
use bindwire_client::dynadot::{Client, blocking};
use bindwire_dynadot::domain::{Search, SearchReply};
use bindwire_loopback::{Reply, Server};
use bindwire_wire::{Command as _, Options, decode};
use std::fmt::Display;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// The answer to every request.
const BODY: &str =
    r#"{"SearchResponse":{"ResponseCode":"0","SearchResults":[{"DomainName":"example.com","Available":"yes"}]}}"#;

/// As long as a key of the API is.
const KEY: &str = "8K6T7Q9W6Z8h6f7R8K9Y7C6y6c8b7G7M6C";

/// How long a call of the client may take unless it is set up otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How often a session has four calls, two of each. Each session has connections, and threads of a server, of its own, so that where
/// the system happens to run them weighs little.
const SESSION: usize = 250;

/// Calls that are not counted at the start of a session: they open the connections.
const WARM: usize = 20;

/// Sessions at least, however long they take.
const LEAST: usize = 7;

/// Measures both faces, about `budget` a pair.
///
/// # Errors
/// When a call fails, or brings something else than the server has sent.
pub fn all(budget: Duration) -> Result<(), String> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| format!("tokio: {error}"))?;
    awaited(&runtime, budget)?;
    blocking(&runtime, budget)
}

/// The client that is awaited beside reqwest, set up to keep connections and follow no redirect: beside an exchange that has its
/// address already, without a timeout and with that of the client; and beside the call by hand, which puts its address together,
/// has that timeout, and decodes the answer. The last does the same work without the client, so that it has the target.
fn awaited(runtime: &Runtime, budget: Duration) -> Result<(), String> {
    const GROUP: &str = "Client on loopback, beside reqwest";
    let bare = |timeout: bool| {
        let builder = reqwest::Client::builder().http1_only().redirect(reqwest::redirect::Policy::none());
        let builder = if timeout { builder.timeout(TIMEOUT) } else { builder };
        builder.user_agent(concat!("bindwire/", env!("CARGO_PKG_VERSION"))).build().map_err(text)
    };
    let session = |pairs: &mut Pairs, timeout: bool, by_hand: bool| {
        let server = server();
        let (ours, theirs, url) = (ours(&server)?, bare(timeout)?, url(&server));
        let base = format!("{}/api3.json", server.origin());
        let ours = async || ours.send(Search::new(["example.com"])).await.map_err(text);
        let get = async |url: reqwest::Url| theirs.get(url).send().await.map_err(text)?.bytes().await.map_err(text);
        let exchange = async || get(url.parse().map_err(text)?).await;
        let params = [("key", KEY), ("command", "search"), ("domain0", "example.com")];
        let call = async || read(&get(reqwest::Url::parse_with_params(&base, params).map_err(text)?).await?);
        runtime.block_on(async {
            check(&ours().await?)?;
            check(&call().await?)?;
            if by_hand { pairs.session(ours, call).await } else { pairs.session(ours, exchange).await }
        })
    };
    let pairs = Pairs::fill(budget, |pairs| session(pairs, true, true))?;
    let row = pairs.row(GROUP, "beside the call by hand");
    row.at_most("ratio", 1.05, " of the time of the call by hand").print()?;
    let pairs = Pairs::fill(budget, |pairs| session(pairs, true, false))?;
    pairs.row(GROUP, "beside the exchange alone, with a timeout").print()?;
    let pairs = Pairs::fill(budget, |pairs| session(pairs, false, false))?;
    pairs.row(GROUP, "beside the exchange alone").print()
}

/// The client that blocks beside ureq. Both keep their connections.
fn blocking(runtime: &Runtime, budget: Duration) -> Result<(), String> {
    const GROUP: &str = "Blocking client on loopback, beside ureq";
    let session = |pairs: &mut Pairs| {
        let server = server();
        let ours: blocking::Client =
            blocking::Client::builder(KEY).origin(server.origin()).limits(Limits::new(1, 0)).build().map_err(text)?;
        let config = ureq::Agent::config_builder().max_redirects(0).proxy(None);
        let theirs = config.user_agent(concat!("bindwire/", env!("CARGO_PKG_VERSION"))).build().new_agent();
        let url = url(&server);
        let ours = async || ours.send(Search::new(["example.com"])).map_err(text);
        let theirs = async || theirs.get(&url).call().map_err(text)?.body_mut().read_to_vec().map_err(text);
        runtime.block_on(async {
            check(&ours().await?)?;
            pairs.session(ours, theirs).await
        })
    };
    Pairs::fill(budget, session)?.row(GROUP, "beside the exchange alone").print()
}

fn server() -> Server {
    Server::start(|_| Reply::ok("application/json", BODY).into())
}

fn ours(server: &Server) -> Result<Client, String> {
    Client::builder(KEY).origin(server.origin()).limits(Limits::new(1, 0)).build().map_err(text)
}

/// What the client asks for, byte for byte.
fn url(server: &Server) -> String {
    format!("{}/api3.json?key={KEY}&command=search&domain0=example.com", server.origin())
}

fn read(body: &[u8]) -> Result<SearchReply, String> {
    let reply = decode::<SearchReply>(Search::INFO.reply, body, &Options::default()).map_err(text)?;
    reply.into_result().map_err(text)
}

fn check(reply: &SearchReply) -> Result<(), String> {
    if reply.results.first().is_some_and(|result| result.domain == "example.com") {
        return Ok(());
    }
    Err(format!("the server has sent {BODY}, and {reply:?} was read"))
}

fn text(error: impl Display) -> String {
    error.to_string()
}

/// Seconds of single calls of ours and of theirs.
#[derive(Default)]
struct Pairs {
    ours: Vec<f64>,
    theirs: Vec<f64>,
    /// Of each session, how much longer the median of ours is.
    ratios: Vec<f64>,
}

impl Pairs {
    /// Holds sessions for about `budget`.
    fn fill(budget: Duration, mut session: impl FnMut(&mut Self) -> Result<(), String>) -> Result<Self, String> {
        let mut pairs = Self::default();
        let start = Instant::now();
        while pairs.ratios.len() < LEAST || start.elapsed() < budget {
            session(&mut pairs)?;
        }
        Ok(pairs)
    }

    /// Takes the times of a session's calls: ours, theirs, theirs, ours, so that each comes as often after the other as after itself.
    async fn session<T, U>(
        &mut self,
        ours: impl AsyncFn() -> Result<T, String>,
        theirs: impl AsyncFn() -> Result<U, String>,
    ) -> Result<(), String> {
        for _ in 0..WARM {
            ours().await?;
            theirs().await?;
        }
        let start = self.ours.len();
        for _ in 0..SESSION {
            self.ours.push(timed(&ours).await?);
            self.theirs.push(timed(&theirs).await?);
            self.theirs.push(timed(&theirs).await?);
            self.ours.push(timed(&ours).await?);
        }
        self.ratios.push(quantile(&self.ours[start..], 0.5) / quantile(&self.theirs[start..], 0.5));
        Ok(())
    }

    fn row(&self, group: &str, name: &str) -> Row {
        let (ours, theirs) = (quantile(&self.ours, 0.5) * 1e6, quantile(&self.theirs, 0.5) * 1e6);
        let ratio = quantile(&self.ratios, 0.5);
        let (low, high) = (quantile(&self.ratios, 0.1), quantile(&self.ratios, 0.9));
        let calls = self.ours.len();
        let figure =
            format!("{ratio:.3} of its time ({low:.3} to {high:.3}): {ours:.1} and {theirs:.1} us, {calls} calls each");
        Row::new(group, name, figure)
            .number("ratio", ratio)
            .number("ratio_low", low)
            .number("ratio_high", high)
            .number("ours_us", ours)
            .number("theirs_us", theirs)
            .number("calls", calls as f64)
    }
}

/// Times a call. What it brings is dropped outside the time.
async fn timed<T>(call: impl AsyncFn() -> Result<T, String>) -> Result<f64, String> {
    let start = Instant::now();
    let brought = black_box(call().await?);
    let taken = start.elapsed().as_secs_f64();
    drop(brought);
    Ok(taken)
}
