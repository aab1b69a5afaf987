//! A secret is no text: it cannot be used as one by a slip.

use bindwire_dynadot::transfer::Transfer;
use bindwire_wire::{Query, Secret, request_url};

fn main() {
    let secret = Secret::from("code");
    let _: &str = &secret;
    let _: String = secret.clone().into();
    let _ = secret.len();
    let _ = secret == "code";
    let _ = Transfer::new("a.com", secret).auth_code.as_str();
    let url = request_url("https://host/", "", &[], &Query::new("search"));
    let _: String = url.into();
}
