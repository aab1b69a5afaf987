//! The documented record of a domain, with values that vary from number to number.

use super::{Dice, name};

/// A name with what stands under it.
pub enum Part {
    /// A value.
    Leaf(&'static str, String),
    /// More names.
    Level(&'static str, Vec<Part>),
}

/// The parts of the domain with this number, in the order of the pages.
pub fn record(number: usize) -> Vec<Part> {
    let mut dice = Dice::of(number);
    let registration = 1_234_567_890_123 + dice.below(300_000_000_000);
    let expiration = registration + (1 + dice.below(9)) * 31_536_000_000;
    let contact = dice.below(4_000_000).to_string();
    let (folder, folder_name) = folder(&mut dice);
    let leaf = |name, value: &str| Part::Leaf(name, value.to_owned());
    let holder = |name, id: &str| Part::Level(name, vec![leaf("ContactId", id)]);
    vec![
        leaf("Name", &name(&mut dice, number)),
        leaf("Expiration", &expiration.to_string()),
        leaf("Registration", &registration.to_string()),
        Part::Level("NameServerSettings", vec![leaf("Type", "Dynadot Parking"), leaf("WithAds", "Yes")]),
        Part::Level(
            "Whois",
            vec![
                holder("Registrant", &contact),
                holder("Admin", &dice.below(4_000_000).to_string()),
                holder("Technical", &contact),
                holder("Billing", &contact),
            ],
        ),
        leaf("Locked", "yes"),
        leaf("Disabled", "no"),
        leaf("UdrpLocked", "no"),
        leaf("RegistrantUnverified", "no"),
        leaf("Hold", "no"),
        leaf("Privacy", "none"),
        leaf("isForSale", "no"),
        leaf("RenewOption", "no renew option"),
        Part::Leaf("Note", note(&mut dice)),
        Part::Level("Folder", vec![Part::Leaf("FolderId", folder), Part::Leaf("FolderName", folder_name)]),
    ]
}

/// Seven of ten notes are empty, and one of fifty has a character that the markup escapes.
fn note(dice: &mut Dice) -> String {
    match dice.below(50) {
        0 => "parked, ask \"R&D\" first".to_owned(),
        1..15 => format!("bought by order {} for a customer", dice.below(9_000_000)),
        _ => String::new(),
    }
}

/// One of four domains is in a folder.
fn folder(dice: &mut Dice) -> (String, String) {
    match dice.below(4) {
        0 => {
            let id = 100_000 + dice.below(40);
            (id.to_string(), format!("Portfolio {}", id % 40))
        }
        _ => ("-1".to_owned(), "(no folder)".to_owned()),
    }
}
