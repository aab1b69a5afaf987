//! probe
use super::vectors::{command, decode, replies};
use bindwire_wire::Format;
#[test]
fn probe() {
    for vector in replies().into_iter().filter(|vector| vector.id.contains("/fr/")) {
        for name in ["get_backorder_auction_details", "get_expired_closeout_domains", "place_auction_bid", "tld_price", "get_auction_bids", "get_open_auctions", "get_auction_details"] {
            if vector.format != Format::Json || !(vector.command == "place_auction_bid" || vector.command=="get_auction_details") || vector.command == name { continue }
            if let Ok((reply, value)) = decode(command(name), &vector.body, vector.format) && reply.is_ok() {
                println!("{} as {name}: {:?}\n   {}", vector.id, reply.notes.iter().map(|n| n.to_string()).collect::<Vec<_>>(), value.to_string().replace('\n', "").replace("  ",""));
            }
        }
    }
}
