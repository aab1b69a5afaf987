//! Decoding any bytes as the reply to a command of the registries, and the replies of the pages.

use bindwire_tests::vectors::{APIS, Vector, replies};
use bindwire_wire::{DecodeError, Entry, Format, Options, Record, Reply, decode_into};

/// The command called `name`, of whatever API.
pub fn command(name: &str) -> &'static Entry {
    let mut commands = APIS.iter().flat_map(|(_, commands)| *commands);
    commands.find(|entry| entry.info.name == name).unwrap_or_else(|| panic!("no registry has a command {name}"))
}

/// The replies that stand on the pages, in the order of the manifest.
pub fn documented() -> Vec<Vector> {
    replies().into_iter().filter(|vector| !vector.constructed).collect()
}

/// A reply and its value.
pub type Decoded<'a> = (Reply<'a, ()>, Box<dyn Record>);

/// `body` as the reply of `entry`, `format` having been asked for.
pub fn decode<'a>(entry: &Entry, body: &'a [u8], format: Format) -> Result<Decoded<'a>, DecodeError> {
    let mut value = (entry.new_reply)();
    let reply = decode_into(entry.info.reply, body, &Options::default().format(format), &mut *value)?;
    Ok((reply, value))
}
