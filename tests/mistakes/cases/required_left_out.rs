//! A required param cannot be left out, neither in `new` nor in a literal.

use bindwire_dynadot::domain::{Register, Renew};
use bindwire_dynadot::name_server::SetNs;
use bindwire_dynadot::transfer::CancelTransfer;
use bindwire_dynadot::types::MainRecord;

fn main() {
    let _ = Register::new("a.com");
    let _ = SetNs::new(["a.com"]);
    let _ = CancelTransfer { order_id: None };
    let _ = Renew::default();
    let _ = MainRecord::new("a");
}
