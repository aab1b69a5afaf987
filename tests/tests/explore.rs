//! x
use bindwire_tests::arbitrary::*;
use bindwire_wire::*;
#[test]
fn explore() {
    let mut bytes = vec![]; let mut x: u32 = 12345; for _ in 0..900 { x = x.wrapping_mul(1664525).wrapping_add(1013904223); bytes.push((x>>24) as u8); }
    for (n,f) in [("get_dns",Format::Xml),("search",Format::Xml),("server_list",Format::Json),("get_open_auctions",Format::Csv),("set_default_ns",Format::Json)] {
        let e = bindwire_dynadot::registry::find(n).unwrap();
        let mut r = (e.new_reply)();
        let mut c = Choices::new(&bytes);
        let h = head(&mut c, e.info.reply, f);
        fill_reply(&mut c, e.info.reply, &mut *r, f);
        println!("{}", write_reply(e.info.reply, &h, &*r, f).unwrap());
    }
}
