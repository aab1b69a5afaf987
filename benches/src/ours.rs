//! Our own ways to read: owned values from a body, borrowed items of a body, items from a reader.

use bindwire_dynadot::auction::{GetOpenAuctions, GetOpenAuctionsReply};
use bindwire_dynadot::domain::{DomainInfo, DomainInfoReply, ListDomain, ListDomainReply};
use bindwire_dynadot::types::{Auction, Domain};
use bindwire_wire::{Body, Command, Options, ReadItems, Record, ReplyShape, decode};
use std::hint::black_box;
use std::io::Read;

/// Where the answer's parts stand, and what its list is called.
pub const DOMAINS: (&ReplyShape, &str) = (ListDomain::INFO.reply, "domains");

/// As [`DOMAINS`].
pub const AUCTIONS: (&ReplyShape, &str) = (GetOpenAuctions::INFO.reply, "auctions");

fn owned<T: Record + Default>(shape: &'static ReplyShape, body: &[u8], options: &Options) -> Result<T, String> {
    let reply = decode::<T>(shape, body, options).map_err(|error| error.to_string())?;
    reply.into_result().map_err(|refusal| refusal.to_string())
}

/// Owned values of an answer to `list_domain`.
///
/// # Errors
/// When it cannot be decoded.
pub fn list_domain(body: &[u8]) -> Result<ListDomainReply, String> {
    owned(DOMAINS.0, body, &Options::default())
}

/// Owned values of an answer to `domain_info`.
///
/// # Errors
/// When it cannot be decoded.
pub fn domain_info(body: &[u8]) -> Result<DomainInfoReply, String> {
    owned(DomainInfo::INFO.reply, body, &Options::default())
}

/// As [`domain_info`], without the forms of the answers before: a limit of one's own is kept by reading by name alone.
///
/// # Errors
/// When it cannot be decoded.
pub fn domain_info_by_name(body: &[u8]) -> Result<DomainInfoReply, String> {
    owned(DomainInfo::INFO.reply, body, &Options { max_value: Some(usize::MAX), ..Options::default() })
}

/// Owned values of an answer to `get_open_auctions`.
///
/// # Errors
/// When it cannot be decoded.
pub fn auctions(body: &[u8]) -> Result<GetOpenAuctionsReply, String> {
    owned(AUCTIONS.0, body, &Options::default())
}

/// As [`auctions`], however large the values are.
///
/// # Errors
/// When it cannot be decoded.
pub fn auctions_unlimited(body: &[u8]) -> Result<GetOpenAuctionsReply, String> {
    owned(AUCTIONS.0, body, &Options { max_value: Some(usize::MAX), ..Options::default() })
}

/// Goes over the items of a list and sums up the length of their texts; also says how many there are.
///
/// # Errors
/// When the body cannot be decoded.
pub fn texts(list: (&'static ReplyShape, &str), body: &[u8]) -> Result<(usize, usize), String> {
    let body = Body::new(body);
    let mut items = body.items(list.0, list.1, &Options::default()).map_err(|error| error.to_string())?;
    let (mut count, mut length) = (0, 0);
    while let Some(item) = items.next().map_err(|error| error.to_string())? {
        count += 1;
        length += item.texts().map(str::len).sum::<usize>();
    }
    Ok((count, length))
}

/// Goes over the items of a list without looking at them; how many there are.
///
/// # Errors
/// When the body cannot be decoded.
pub fn bare(list: (&'static ReplyShape, &str), body: &[u8]) -> Result<usize, String> {
    let body = Body::new(body);
    let mut items = body.items(list.0, list.1, &Options::default()).map_err(|error| error.to_string())?;
    let mut count = 0;
    while let Some(item) = items.next().map_err(|error| error.to_string())? {
        black_box(&item);
        count += 1;
    }
    Ok(count)
}

/// Reads the domains from a reader; how many there are.
///
/// # Errors
/// When the body cannot be decoded.
pub fn read_domains(reader: impl Read) -> Result<usize, String> {
    read::<Domain>(DOMAINS, reader)
}

/// Reads the auctions from a reader; how many there are.
///
/// # Errors
/// When the body cannot be decoded.
pub fn read_auctions(reader: impl Read) -> Result<usize, String> {
    read::<Auction>(AUCTIONS, reader)
}

fn read<T: Record + Default>(list: (&'static ReplyShape, &str), reader: impl Read) -> Result<usize, String> {
    let items =
        ReadItems::<_, T>::new(reader, list.0, list.1, &Options::default()).map_err(|error| error.to_string())?;
    let mut count = 0;
    for item in items {
        black_box(item.map_err(|error| error.to_string())?);
        count += 1;
    }
    Ok(count)
}
