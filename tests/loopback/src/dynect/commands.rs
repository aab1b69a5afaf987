//! What the commands do that the service knows.

use super::answer::{Answered, Message};
use super::state::State;
use super::{CUSTOMER, USER, VERSIONS};
use crate::soap::{Element, SoapCall, element};

impl State {
    /// Opens a session for whoever has the password.
    pub(super) fn login(&mut self, call: &SoapCall) -> Answered {
        let names: Vec<_> =
            call.names().into_iter().filter(|name| !matches!(*name, "fault_incompat" | "version")).collect();
        let [user, customer, password] = ["user_name", "customer_name", "password"].map(|name| call.asked.value(name));
        let is_right = user == Some(USER) && customer == Some(CUSTOMER) && password == Some(&self.password);
        if names != ["user_name", "customer_name", "password"] || !is_right {
            let text = "login: Credentials you entered did not match those in our database. Please try again";
            return Answered::refusal(vec![Message::error("INVALID_DATA", text), Message::bad_credentials()]);
        }
        let token = element("token", &self.new_token());
        Answered::Done(format!("<data>{token}{}</data>", element("version", VERSIONS[0])))
    }

    /// Carries out a command in a session.
    pub(super) fn carry_out(&mut self, command: &str, asked: &Element, token: &str) -> Answered {
        let zone = asked.value("zone").unwrap_or_default();
        match command {
            "SessionLogout" => {
                self.tokens.retain(|known| known != token);
                self.jobs.retain(|job| job.token != token);
                Answered::Done(String::new())
            }
            "CreateZone" if self.zones.contains_key(zone) => {
                Answered::refusal(vec![Message::error("TARGET_EXISTS", "name: Name already exists")])
            }
            "CreateZone" => {
                self.zones.insert(zone.to_owned(), 0);
                Answered::Done(data(zone, 0))
            }
            "GetZones" => Answered::Done(self.zones.iter().map(|(zone, serial)| data(zone, *serial)).collect()),
            "GetOneZone" | "PublishZone" | "DeleteOneZone" => match self.zones.get_mut(zone) {
                None => Answered::refusal(vec![Message::error("NOT_FOUND", "zone: No such zone")]),
                Some(serial) => {
                    *serial += u64::from(command == "PublishZone");
                    if command != "DeleteOneZone" {
                        return Answered::Done(data(zone, *serial));
                    }
                    self.zones.remove(zone);
                    Answered::Done(element("data", "Zone deleted"))
                }
            },
            _ => Answered::Done(String::new()),
        }
    }
}

/// The data of a zone.
fn data(zone: &str, serial: u64) -> String {
    let (zone, serial) = (element("zone", zone), element("serial", &serial.to_string()));
    format!("<data>{zone}<serial_style>increment</serial_style>{serial}<zone_type>Primary</zone_type></data>")
}
