//! A choice takes only the params that go with it.

use bindwire_dynadot::dns::SetHosting;
use bindwire_dynadot::types::{EmailForward, Hosting, HostingType};

fn main() {
    let _ = EmailForward::DoNot { hosts: Vec::new() };
    let _ = EmailForward::Forward { hosts: Vec::new() };
    let _ = EmailForward::Mx {};
    let _ = Hosting::Basic { mobile_view: Some(true) };
    let _ = SetHosting::new(["a.com"], HostingType::Basic);
}
