//! Twelve commands that change something: made and deleted, once and twice alike, with secrets and without.

use bindwire_client::Result;
use bindwire_client_tests::{Dynect, Via};
use bindwire_dynect::a_record::{CreateARecord, DeleteARecords};
use bindwire_dynect::http_redirect::CreateHTTPRedirect;
use bindwire_dynect::secondary_zone::CreateSecondaryZone;
use bindwire_dynect::tsig_key::CreateTSIGKey;
use bindwire_dynect::txt_record::CreateTXTRecord;
use bindwire_dynect::types::{RDataA, RDataTXT, RedirectCode};
use bindwire_dynect::user::{CreateUser, UpdateUserPassword};
use bindwire_dynect::zone::{CreateZone, DeleteOneZone, FreezeZone, PublishZone};

/// A command that changes something.
pub struct Writing {
    /// Its name on the wire.
    pub command: &'static str,
    /// Whether the zone that it is about is there already.
    pub has_zone: bool,
    /// Sends it, with a secret where it takes one.
    pub send: fn(&Via<Dynect>, &str) -> Result<()>,
}

const fn writing(command: &'static str, send: fn(&Via<Dynect>, &str) -> Result<()>) -> Writing {
    Writing { command, has_zone: true, send }
}

/// All of them.
pub const WRITING: [Writing; 12] = [
    Writing {
        has_zone: false,
        ..writing("CreateZone", |client, _| {
            client.send(CreateZone::new("example.com", "hostmaster@example.com", 3600)).map(drop)
        })
    },
    writing("PublishZone", |client, _| client.send(PublishZone::new("example.com")).map(drop)),
    writing("CreateARecord", |client, _| {
        let data = RDataA { address: Some([192, 0, 2, 1].into()) };
        client.send(CreateARecord::new("www.example.com", "example.com", data)).map(drop)
    }),
    writing("CreateTXTRecord", |client, _| {
        let data = RDataTXT { txtdata: "a text".into() };
        client.send(CreateTXTRecord::new("www.example.com", "example.com", data)).map(drop)
    }),
    writing("CreateUser", |client, secret| {
        client.send(CreateUser::new("new", secret, "nick", "First", "Last", "new@example.com", "Example")).map(drop)
    }),
    writing("CreateTSIGKey", |client, secret| client.send(CreateTSIGKey::new().name("key").secret(secret)).map(drop)),
    writing("CreateHTTPRedirect", |client, _| {
        let code = RedirectCode::MovedPermanently;
        client
            .send(CreateHTTPRedirect::new("example.com", "https://example.net", code, true, "www.example.com"))
            .map(drop)
    }),
    writing("CreateSecondaryZone", |client, _| client.send(CreateSecondaryZone::new("example.net")).map(drop)),
    writing("DeleteOneZone", |client, _| client.send(DeleteOneZone::new("example.com")).map(drop)),
    writing("DeleteARecords", |client, _| client.send(DeleteARecords::new("www.example.com", "example.com")).map(drop)),
    writing("UpdateUserPassword", |client, secret| client.send(UpdateUserPassword::new(secret)).map(drop)),
    writing("FreezeZone", |client, _| client.send(FreezeZone::new("example.com")).map(drop)),
];
