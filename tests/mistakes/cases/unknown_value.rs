//! An unknown value comes from reading only.

use bindwire_dynadot::types::RenewOption;
use bindwire_wire::{OpenEnum, UnknownValue};

fn main() {
    let _ = RenewOption::Unknown(UnknownValue("later".into()));
    let _ = RenewOption::Unknown(UnknownValue::new("later"));
    let _ = RenewOption::Unknown(UnknownValue::from("later"));
    let _ = RenewOption::from_unknown("later");
    let _ = UnknownValue::default();
}
