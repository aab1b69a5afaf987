//! A plan: what a zone is, what it is to be, and the request that makes it so.

use super::changes::Changes;
use super::diff::Diff;
use super::error::{PlanError, PlanErrorKind};
use super::record::Record;
use super::snapshot::Zone;
use super::{check, target};
use bindwire_dynadot::dns::SetDns2;
use std::fmt;

/// What becomes of a zone by some changes, to be looked at before it is done.
///
/// Its Display form has a line for each record that is removed (`-`), changed (`~`) or added (`+`), and a summary as its last
/// line. Values of TXT records are printed, tokens of ACME among them: anybody can look them up.
///
/// ```text
/// - old CNAME www.example.com
/// ~ www A 192.0.2.1 -> 192.0.2.2
/// + _acme-challenge TXT gfj9Xq-Rg85_nM
/// example.com: 1 added, 1 changed, 1 removed, 12 kept
/// ```
#[derive(Debug, Clone)]
pub struct Plan {
    base: Zone,
    target: Zone,
    changes: Changes,
    diff: Diff,
}

impl Plan {
    /// The plan that makes `changes` to `zone`, one after the other.
    ///
    /// Records that stay keep their order. A new record stands where the one stood that it replaces, or behind all others of the
    /// domain itself, or of subdomains.
    ///
    /// # Errors
    /// When the zone could not be written back exactly as it was read; when a name lies outside the domain; when a record is to
    /// be removed that is not there; when a record is one that `set_dns2` refuses; when there would be more than 20 records of
    /// the domain itself or 100 of subdomains; when a CNAME would stand beside other records, and does not already; and when more
    /// than 30 % of the records would be removed that were not [allowed](Changes::allow_removals) to be. A record that another of
    /// its name and type takes the place of is changed, not removed.
    pub fn new(zone: &Zone, changes: &Changes) -> Result<Self, PlanError> {
        check::base(zone)?;
        let mut records = target::records(zone, changes)?;
        let diff = Diff::new(zone.records(), &records);
        check::target(zone, &records, &diff, changes)?;
        if diff.is_addition() {
            // A record that was removed and added again stands last; the request leaves it where it is.
            records = zone.records().to_vec();
            diff.added.iter().for_each(|record| target::append(&mut records, record.clone()));
        }
        Ok(Self { base: zone.clone(), target: zone.with_records(records), changes: changes.clone(), diff })
    }

    /// The same changes made to a newer snapshot of the same domain.
    ///
    /// # Errors
    /// As [`new`](Self::new), and when the snapshot is of another domain. A record that is to be removed and is gone by now is an
    /// error too: compare with [`target`](Self::target) first when the request may have been carried out.
    pub fn rebase(&self, zone: &Zone) -> Result<Self, PlanError> {
        if !self.base.domain().is(zone.domain()) {
            return Err(PlanError::new(
                PlanErrorKind::OtherDomain,
                self.base.domain(),
                format!("its plan cannot be made of a snapshot of {}; read the domain itself again", zone.domain()),
            ));
        }
        Self::new(zone, &self.changes)
    }

    /// The zone that the plan was made of.
    pub fn base(&self) -> &Zone {
        &self.base
    }

    /// What the zone is to be.
    pub fn target(&self) -> &Zone {
        &self.target
    }

    /// The changes that the plan was made of.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.diff.is_empty()
    }

    /// Records that come, in the order of the target.
    pub fn added(&self) -> &[Record] {
        &self.diff.added
    }

    /// Records with those of the same name and type that take their places, in the order of the base.
    pub fn changed(&self) -> &[(Record, Record)] {
        &self.diff.changed
    }

    /// Records that go without another in their places, in the order of the base.
    pub fn removed(&self) -> &[Record] {
        &self.diff.removed
    }

    /// Whether the request replaces all records, so that whatever another has changed since the snapshot is lost.
    pub fn is_replacement(&self) -> bool {
        !self.diff.is_addition()
    }

    /// The request that carries the plan out; none when there is nothing to do.
    ///
    /// When records are only added, they alone are sent, with `add_dns_to_current_setting`. Sending that twice may add them
    /// twice. Otherwise all records are sent, in order. The zone's time to live goes along with either.
    pub fn request(&self) -> Option<SetDns2> {
        if self.is_empty() {
            return None;
        }
        let records = if self.is_replacement() { self.target.records() } else { &self.diff.added };
        let (main, sub): (Vec<&Record>, Vec<&Record>) = records.iter().partition(|record| record.is_main());
        let mut request = SetDns2::new([self.base.domain()])
            .main_records(main.into_iter().map(Record::to_main))
            .sub_records(sub.into_iter().map(Record::to_sub))
            .add_to_current(!self.is_replacement());
        request.ttl = self.base.ttl();
        Some(request)
    }
}

/// A line each for what goes, changes and comes, and a summary.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (added, changed, removed) = (self.added().len(), self.changed().len(), self.removed().len());
        let kept = self.base.records().len() - changed - removed;
        write!(f, "{}{}: {added} added, ", self.diff, self.base.domain())?;
        write!(f, "{changed} changed, {removed} removed, {kept} kept")
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{json, read, zone};
    use super::super::{DnsRecordType, RecordData};
    use super::*;
    use bindwire_wire::{Format, Query};

    /// Ten records, three of them of the domain itself.
    fn ten() -> Zone {
        let mut records = vec![
            Record::a("@", [192, 0, 2, 1].into()),
            Record::mx("@", "mail.example.com", 10),
            Record::txt("@", "v=spf1 -all"),
            Record::cname("www", "example.com"),
        ];
        records.extend((0..6).map(|at| Record::txt("_acme-challenge", format!("token-{at}"))));
        zone(&records)
    }

    fn query(plan: &Plan) -> Option<String> {
        plan.request().map(|request| Query::of(&request).unwrap().to_query_string())
    }

    fn refusal(zone: &Zone, changes: &Changes) -> (PlanErrorKind, String) {
        let error = Plan::new(zone, changes).unwrap_err();
        assert!(!error.to_string().contains('\n'));
        (error.kind(), error.to_string())
    }

    fn assert_refused(changes: Changes, kind: PlanErrorKind, message: &str) {
        assert_eq!(refusal(&ten(), &changes), (kind, message.to_owned()));
    }

    #[test]
    fn a_plan_without_changes_has_no_request() {
        let there = Changes::new().add(Record::txt("_ACME-challenge.example.com", "token-1"));
        let set = Changes::new().set_rrset("@", DnsRecordType::Mx, [("mail.example.com", "10")]);
        let away = Changes::new().remove(Record::txt("@", "v=spf1 -all")).add(Record::txt("@", "v=spf1 -all"));
        let absent = Changes::new().remove_rrset("api", DnsRecordType::A);
        for changes in [Changes::new(), there, set, away, absent] {
            let plan = Plan::new(&ten(), &changes).unwrap();
            assert!(plan.is_empty() && !plan.is_replacement());
            assert_eq!(query(&plan), None);
            assert_eq!(plan.target(), plan.base());
            assert_eq!(plan.to_string(), "example.com: 0 added, 0 changed, 0 removed, 10 kept");
        }
    }

    #[test]
    fn what_is_only_added_is_added() {
        let changes = Changes::new()
            .add(Record::txt("_acme-challenge", "a+b"))
            .add(Record::mx("example.com", "mx2.example.com", 20))
            .set_rrset("www", DnsRecordType::Cname, ["example.com"]);
        let plan = Plan::new(&ten(), &changes).unwrap();
        assert!(!plan.is_replacement());
        assert_eq!(
            query(&plan).unwrap(),
            "command=set_dns2&domain=example.com&main_record_type0=mx&main_record0=mx2.example.com&main_recordx0=20\
             &subdomain0=_acme-challenge&sub_record_type0=txt&sub_record0=a%2Bb&ttl=300&add_dns_to_current_setting=1"
        );
        assert_eq!(
            plan.to_string(),
            "+ @ MX mx2.example.com 20\n+ _acme-challenge TXT a+b\nexample.com: 2 added, 0 changed, 0 removed, 10 kept"
        );
        assert_eq!(plan.target().records().len(), 12);
        assert_eq!(plan.target().records()[3], plan.added()[0]);
    }

    #[test]
    fn what_is_changed_stays_in_its_place_and_all_is_sent() {
        let base = zone(&[
            Record::a("@", [192, 0, 2, 1].into()),
            Record::mx("@", "mail.example.com", 10),
            Record::a("www", [192, 0, 2, 1].into()),
            Record::a("www", [192, 0, 2, 2].into()),
            Record::stealth("old", "https://a.example/", "A page"),
        ]);
        let changes = Changes::new()
            .set_rrset("@", DnsRecordType::Mx, [("mail.example.com", "20")])
            .set_rrset("WWW", DnsRecordType::A, ["192.0.2.3", "192.0.2.2", "192.0.2.3", "192.0.2.4"])
            .remove(Record::stealth("old.example.com", "https://a.example/", "A page"));
        let plan = Plan::new(&base, &changes).unwrap();
        assert!(plan.is_replacement());
        assert_eq!(
            plan.to_string(),
            "- old STEALTH https://a.example/ \"A page\"\n\
             ~ @ MX mail.example.com 10 -> mail.example.com 20\n\
             ~ www A 192.0.2.1 -> 192.0.2.3\n\
             + WWW A 192.0.2.4\n\
             example.com: 1 added, 2 changed, 1 removed, 2 kept"
        );
        assert_eq!(
            query(&plan).unwrap(),
            "command=set_dns2&domain=example.com\
             &main_record_type0=a&main_record0=192.0.2.1\
             &main_record_type1=mx&main_record1=mail.example.com&main_recordx1=20\
             &subdomain0=WWW&sub_record_type0=a&sub_record0=192.0.2.3\
             &subdomain1=www&sub_record_type1=a&sub_record1=192.0.2.2\
             &subdomain2=WWW&sub_record_type2=a&sub_record2=192.0.2.4&ttl=300"
        );
        assert_eq!(plan.base(), &base);
        assert_eq!(plan.changed()[1].0.name(), "www");
    }

    #[test]
    fn a_set_is_given_as_values_pairs_or_records() {
        let one = Record::a("www", [192, 0, 2, 1].into());
        let mixed = [RecordData::from(&one), "192.0.2.2".into(), std::net::Ipv4Addr::new(192, 0, 2, 3).into()];
        let plan =
            Plan::new(&zone(&[]), &Changes::new().set_rrset("www.example.com.", DnsRecordType::A, mixed)).unwrap();
        let added: Vec<&str> = plan.added().iter().map(Record::value).collect();
        assert_eq!(added, ["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
        let mail = [Record::mx("", "mx1", 10), Record::mx("example.com", "mx2", 20)];
        let plan = Plan::new(&zone(&[]), &Changes::new().set_rrset("@", DnsRecordType::Mx, mail)).unwrap();
        assert_eq!(plan.added().iter().filter_map(Record::extra).collect::<Vec<_>>(), ["10", "20"]);
    }

    #[test]
    fn a_zone_without_a_time_to_live_sends_none() {
        let base = read(&json(r#""Type":"Dynadot DNS""#), Format::Json);
        let plan = Plan::new(&base, &Changes::new().add(Record::txt("@", "a"))).unwrap();
        assert_eq!(
            query(&plan).unwrap(),
            "command=set_dns2&domain=example.com&main_record_type0=txt&main_record0=a&add_dns_to_current_setting=1"
        );
    }

    #[test]
    fn a_zone_that_cannot_be_written_back_is_refused_with_all_reasons() {
        let settings = r#""Type":"Dynadot Parking","MainDomains":[{"RecordType":"MX","Value":"mail"}],"TTL":"-1""#;
        let base = read(&json(settings), Format::Json);
        let message = "example.com: its records cannot be written back as they are, so that no plan is made: it is resolved by \
                       \"Dynadot Parking\", and set_dns2 would switch it to \"Dynadot DNS\"; record 1 of MainDomains has no \
                       Value2, and set_dns2 demands one of mx (its distance); its TTL is -1, and set_dns2 takes 0 to 4294967295; \
                       change them on Dynadot's site";
        for changes in [Changes::new(), Changes::new().add(Record::txt("a", "b")).allow_removals()] {
            assert_eq!(refusal(&base, &changes), (PlanErrorKind::Unwritable, message.to_owned()));
        }
    }

    #[test]
    fn a_name_must_be_one_of_the_domain() {
        assert_refused(
            Changes::new().add(Record::txt("_acme-challenge.example.org.", "a")),
            PlanErrorKind::Name,
            "example.com: the name _acme-challenge.example.org. lies outside the domain; leave its last dot out if a subdomain is \
             meant",
        );
        assert_refused(
            Changes::new().remove(Record::txt("a b", "a")),
            PlanErrorKind::Name,
            "example.com: the name \"a b\" has an empty label, a blank or a control character; give labels with dots between",
        );
        assert_refused(
            Changes::new().set_rrset("a..b", DnsRecordType::A, ["192.0.2.1"]),
            PlanErrorKind::Name,
            "example.com: the name a..b has an empty label, a blank or a control character; give labels with dots between",
        );
    }

    #[test]
    fn a_record_must_be_one_that_the_server_takes() {
        let unknown = read(&json(r#""MainDomains":[{"RecordType":"CAA","Value":"a"}]"#), Format::Json);
        let unknown = unknown.records()[0].record_type().clone();
        for (record, message) in [
            (
                Record::new("a", unknown, "b", ""),
                "example.com: the record a CAA b is of a type that set_dns2 is not known to take; it takes a, aaaa, cname, \
                 forward, txt, srv, mx, stealth, email",
            ),
            (
                Record::txt("a", ""),
                "example.com: the record a TXT \"\" has an empty value, which set_dns2 does not take; give it one, or remove the \
                 record",
            ),
            (
                Record::new("@", DnsRecordType::Mx, "mail", ""),
                "example.com: the record @ MX mail has no extra value, which set_dns2 demands of mx; give it its distance",
            ),
            (
                Record::new("@", DnsRecordType::Forward, "https://a.example", ""),
                "example.com: the record @ FORWARD https://a.example has no extra value, which set_dns2 demands of forward; give \
                 it 1 for a permanent redirect, 2 for a temporary one",
            ),
            (
                Record::stealth("@", "https://a.example", ""),
                "example.com: the record @ STEALTH https://a.example has no extra value, which set_dns2 demands of stealth; give \
                 it the page's title",
            ),
            (
                Record::email("@", "", "me@a.example"),
                "example.com: the record @ EMAIL me@a.example has no extra value, which set_dns2 demands of email; give it its \
                 alias",
            ),
        ] {
            assert_refused(Changes::new().add(record.clone()), PlanErrorKind::Record, message);
            let set = Changes::new().set_rrset(record.name(), record.record_type().clone(), [record.clone()]);
            assert_refused(set, PlanErrorKind::Record, message);
        }
        assert_refused(
            Changes::new().set_rrset("www", DnsRecordType::A, [Record::mx("@", "mail", 10)]),
            PlanErrorKind::Record,
            "example.com: the record @ MX mail 10 is not of the set www A that it was given for; give it to the set of its own \
             name and type",
        );
    }

    #[test]
    fn what_is_removed_must_be_there() {
        assert_refused(
            Changes::new().remove(Record::mx("@", "mail.example.com", 20)),
            PlanErrorKind::NotThere,
            "example.com: @ MX mail.example.com 20 is not there to be removed; there is @ MX with mail.example.com 10; name one of \
             those",
        );
        assert_refused(
            Changes::new().remove(Record::txt("_acme-challenge.example.com", "TOKEN-1")),
            PlanErrorKind::NotThere,
            "example.com: _acme-challenge TXT TOKEN-1 is not there to be removed; there is _acme-challenge TXT with token-0, \
             token-1, token-2, token-3, token-4, token-5; name one of those",
        );
        assert_refused(
            Changes::new().remove(Record::txt("www", "a")),
            PlanErrorKind::NotThere,
            "example.com: www TXT a is not there to be removed, nor is any other www TXT; leave the removal out",
        );
    }

    #[test]
    fn there_are_limits_of_what_is_sent() {
        let main: Vec<String> = (0..20).map(|at| format!("main-{at}")).collect();
        let sub: Vec<String> = (0..100).map(|at| format!("sub-{at}")).collect();
        let full = Changes::new().set_rrset("@", DnsRecordType::Txt, &main).set_rrset("a", DnsRecordType::Txt, &sub);
        let full = Plan::new(&zone(&[]), &full).unwrap().target().clone();
        for (record, message) in [
            (
                Record::txt("@", "one more"),
                "example.com: there would be 21 records of the domain itself, and set_dns2 takes 20; remove some with the same \
                 changes",
            ),
            (
                Record::txt("b", "one more"),
                "example.com: there would be 101 records of subdomains, and set_dns2 takes 100; remove some with the same changes",
            ),
        ] {
            assert_eq!(
                refusal(&full, &Changes::new().add(record.clone())),
                (PlanErrorKind::TooMany, message.to_owned())
            );
        }
        let exchange = Changes::new().remove(Record::txt("@", "main-3")).add(Record::txt("@", "one more"));
        assert_eq!(Plan::new(&full, &exchange).unwrap().changed().len(), 1);
    }

    #[test]
    fn a_cname_stays_alone() {
        let conflict = "example.com: www CNAME example.com would stand beside www TXT a, and a CNAME must be alone; remove the one \
                        or the other with the same changes";
        assert_refused(
            Changes::new().add(Record::txt("WWW.example.com", "a")),
            PlanErrorKind::CnameConflict,
            &conflict.replace("beside www", "beside WWW"),
        );
        assert_refused(Changes::new().add(Record::txt("www", "a")), PlanErrorKind::CnameConflict, conflict);
        assert_refused(
            Changes::new().add(Record::cname("www", "example.org")),
            PlanErrorKind::CnameConflict,
            "example.com: www CNAME example.com would stand beside www CNAME example.org, and a CNAME must be alone; remove the \
             one or the other with the same changes",
        );
        assert_refused(
            Changes::new().add(Record::cname("_acme-challenge", "a.example")),
            PlanErrorKind::CnameConflict,
            "example.com: _acme-challenge CNAME a.example would stand beside _acme-challenge TXT token-0, _acme-challenge TXT \
             token-1, _acme-challenge TXT token-2, _acme-challenge TXT token-3, _acme-challenge TXT token-4, _acme-challenge TXT \
             token-5, and a CNAME must be alone; remove the one or the other with the same changes",
        );
        // A conflict that is there already is not this change's.
        let base = zone(&[Record::cname("www", "a"), Record::txt("www", "b")]);
        assert!(Plan::new(&base, &Changes::new().add(Record::txt("www", "c"))).is_ok());
        let exchange = Changes::new().remove_rrset("www", DnsRecordType::Cname).add(Record::txt("www", "a"));
        assert!(Plan::new(&ten(), &exchange).is_ok());
    }

    #[test]
    fn more_than_thirty_percent_go_only_when_they_may() {
        let remove = |count: usize| {
            (0..count).fold(Changes::new(), |changes, at| {
                changes.remove(Record::txt("_acme-challenge", format!("token-{at}")))
            })
        };
        assert_eq!(Plan::new(&ten(), &remove(3)).unwrap().removed().len(), 3);
        let message = "example.com: 4 of 10 records would be removed, more than 30 %: _acme-challenge TXT token-0, _acme-challenge \
                       TXT token-1, _acme-challenge TXT token-2, _acme-challenge TXT token-3; call allow_removals if that is meant";
        assert_refused(remove(4), PlanErrorKind::Removals, message);
        assert!(Plan::new(&ten(), &remove(4).allow_removals()).is_ok());
        assert_eq!(
            refusal(&ten(), &Changes::new().remove_rrset("_acme-challenge", DnsRecordType::Txt)).0,
            PlanErrorKind::Removals
        );
        // Records that others take the place of are not removed.
        let tokens = ["a", "b", "c", "d", "e", "f"];
        let plan = Plan::new(&ten(), &Changes::new().set_rrset("_acme-challenge", DnsRecordType::Txt, tokens)).unwrap();
        assert_eq!((plan.changed().len(), plan.removed().len()), (6, 0));
    }

    #[test]
    fn a_plan_is_made_again_of_a_newer_snapshot() {
        let changes = Changes::new().add(Record::txt("@", "a")).remove(Record::txt("@", "v=spf1 -all"));
        let plan = Plan::new(&ten(), &changes).unwrap();
        let mut newer = ten().records().to_vec();
        newer.push(Record::a("new", [192, 0, 2, 9].into()));
        let again = plan.rebase(&zone(&newer)).unwrap();
        assert_eq!(again.target().records().len(), 11);
        assert_eq!(again.changes(), &changes);
        assert_eq!(plan.rebase(plan.target()).unwrap_err().kind(), PlanErrorKind::NotThere);

        let body = json(r#""Type":"Dynadot DNS""#);
        let other = Zone::read(&"example.org".into(), &super::super::testing::decoded(&body, Format::Json)).unwrap();
        let error = plan.rebase(&other).unwrap_err();
        assert_eq!(error.kind(), PlanErrorKind::OtherDomain);
        assert_eq!(
            error.to_string(),
            "example.com: its plan cannot be made of a snapshot of example.org; read the domain itself again"
        );
    }
}
