//! Heap: what `bench-heap` does.

use crate::bodies::{Damage, Layout, Markup, auctions, list_domain, list_head, list_items, list_tail};
use crate::hostile::{READERS, kinds, read};
use crate::row::Row;
use crate::{ours, peers};
use std::hint::black_box;
use std::io::Read;

const MIB: usize = 1 << 20;
/// What a body of any kind is held to.
const LARGE: usize = 20_000_000;
/// A failure may hold so much beside what its body allows: an error has its surroundings with it.
const FLOOR: f64 = 65_536.0;

/// The counters of the binary's allocator.
pub struct Meter {
    /// Bytes that are live.
    pub current: fn() -> usize,
    /// The most that were live since the last reset.
    pub peak: fn() -> usize,
    /// Forgets the peak.
    pub reset: fn(),
}

impl Meter {
    /// The most bytes that `work` held at a time, with what it gives.
    fn peak_of<T>(&self, work: impl FnOnce() -> T) -> usize {
        let before = (self.current)();
        (self.reset)();
        let made = black_box(work());
        let peak = (self.peak)();
        drop(made);
        peak - before
    }
}

/// Owned values of bodies as in the pages.
///
/// # Errors
/// When something cannot be decoded.
pub fn values(meter: &Meter) -> Result<(), String> {
    for (markup, name) in [(Markup::Xml, "XML"), (Markup::Json, "JSON")] {
        for (layout, kind, limit) in [(Layout::Indented, "indented", 0.6), (Layout::Compact, "compact", 1.0)] {
            let body = list_domain(markup, layout, 10_000, Damage::Clean);
            ours::list_domain(&body)?;
            let group = format!("Heap {name} {kind}");
            let peak = meter.peak_of(|| ours::list_domain(&body));
            of_body(&group, "owned", peak, body.len()).at_most("of_body", limit, " of the body").print()?;
            let peak = meter.peak_of(|| ours::texts(ours::DOMAINS, &body));
            of_body(&group, "borrowed", peak, body.len()).print()?;
            let damaged = list_domain(markup, layout, 10_000, Damage::Every);
            let peak = meter.peak_of(|| ours::list_domain(&damaged));
            of_body(&group, "owned, all damaged", peak, damaged.len()).print()?;
            let (peer, peak) = match markup {
                Markup::Xml => ("quick_xml::de", meter.peak_of(|| peers::xml::list_domain(&body))),
                Markup::Json => ("serde_json", meter.peak_of(|| peers::json::serde(&body))),
            };
            of_body(&group, peer, peak, body.len()).print()?;
        }
    }
    let body = auctions(50_000, Damage::Clean);
    let peak = meter.peak_of(|| ours::auctions_unlimited(&body));
    of_body("Heap CSV", "owned", peak, body.len()).print()?;
    let peak = meter.peak_of(|| peers::csv::auctions(&body));
    of_body("Heap CSV", "csv with serde", peak, body.len()).print()
}

fn of_body(group: &str, name: &str, peak: usize, body: usize) -> Row {
    let part = peak as f64 / body as f64;
    let figure = format!("{:7.2} MiB, {part:.2} of the body", peak as f64 / MIB as f64);
    Row::new(group, name, figure).number("bytes", peak as f64).number("of_body", part)
}

/// An iterator over a million domains, fed in pieces.
///
/// # Errors
/// When something cannot be decoded.
pub fn reader(meter: &Meter) -> Result<(), String> {
    const BLOCK: usize = 1_000;
    const COUNT: usize = 1_000_000;
    for (markup, name) in [(Markup::Xml, "XML"), (Markup::Json, "JSON")] {
        let layout = Layout::Indented;
        let (mut block, comma) = (list_items(markup, layout, 0..BLOCK, Damage::Clean), markup == Markup::Json);
        let last = block.clone();
        if comma {
            block.push(',');
        }
        let mut count = Ok(0);
        let peak = meter.peak_of(|| {
            let blocks = Blocks { block: block.as_bytes(), at: 0, left: COUNT / BLOCK - 1 };
            let body = list_head(markup, layout).as_bytes().chain(blocks).chain(last.as_bytes());
            count = ours::read_domains(body.chain(list_tail(markup, layout).as_bytes()));
        });
        let count = count?;
        if count != COUNT {
            return Err(format!("{name} from a reader: {count} of {COUNT} domains"));
        }
        let mib = peak as f64 / MIB as f64;
        Row::new("Heap from a reader", &format!("{name}, 1,000,000 domains"), format!("{mib:7.2} MiB"))
            .number("mib", mib)
            .at_most("mib", 1.0, " MiB")
            .print()?;
    }
    Ok(())
}

/// The same block again and again, in pieces of a socket's size.
struct Blocks<'a> {
    block: &'a [u8],
    at: usize,
    left: usize,
}

impl Read for Blocks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let rest = &self.block[self.at..];
        let size = rest.len().min(buffer.len()).min(16 << 10);
        buffer[..size].copy_from_slice(&rest[..size]);
        self.at += size;
        if self.at == self.block.len() {
            (self.at, self.left) = (0, self.left - 1);
        }
        Ok(size)
    }
}

/// Hostile bodies, with every reader; when it is to be quick, with the first.
///
/// # Errors
/// When a row cannot be printed.
pub fn hostile(meter: &Meter, quick: bool) -> Result<(), String> {
    for reader in if quick { &READERS[..1] } else { &READERS[..] } {
        // A reader's window doubles, and an item that does not end stands whole in it.
        let most = if *reader == "from a reader" { 3.1 } else { 2.0 };
        for kind in kinds() {
            let peak = |size: usize| {
                let body = kind.body(size);
                meter.peak_of(|| read(&kind, reader, &body)) as f64
            };
            let (one, four) = (peak(MIB), peak(4 * MIB));
            let growth = four / one.max(1.0);
            let twenty = peak(LARGE);
            let part = twenty / LARGE as f64;
            let figure = format!(
                "1 MiB {:6.2} of its size, 4 MiB {growth:5.2} times, 20 MB {part:5.2} of its size",
                one / MIB as f64
            );
            Row::new(&format!("Heap hostile {}, {reader}", kind.format), kind.name, figure)
                .number("of_1_mib", one / MIB as f64)
                .number("growth", growth)
                .number("of_20_mb", part)
                .aim("4 MiB: at most 4.5 times 1 MiB".to_owned(), growth <= 4.5 || four <= FLOOR)
                .at_most("of_20_mb", most, " of the size")
                .print()?;
        }
    }
    Ok(())
}
