//! The documented requests, and those constructed on facts, built from typed values: one expression a command.

use bindwire_dynadot::registry::raw;
use bindwire_dynadot::types::{
    AfternicAction, AuctionType, ClearableService, ContactType, CouponType, DnsRecordType, DnskeyFlags, EmailAlias,
    EmailForward, EnterpriseIdType, ForSaleType, Hosting, HostingType, IndividualIdType, ListingType, MainRecord,
    OrderSearch, PaymentMethod, PrivacyOption, RenewOption, SedoAction, SubRecord, TransferDirection,
};
use bindwire_dynadot::{
    account::*, account_default::*, auction::*, backorder::*, closeout::*, contact::*, dns::*, domain::*, folder::*,
    marketplace::*, name_server::*, order::*, push::*, transfer::*,
};
use bindwire_wire::{Command, Currency, Date, Decimal, Format};
use std::fmt::Debug;
use std::net::Ipv4Addr;

/// What every request is, and every reply, as generated code has them.
pub trait Sendable: Command<Reply: Debug + Send> + Clone + Debug + Send + Sync {}

impl<C: Command<Reply: Debug + Send> + Clone + Debug + Send + Sync> Sendable for C {}

/// Takes every documented request.
pub trait Visitor {
    /// The command of every example of it but those that have one of their own.
    fn all(&mut self, command: &'static str, request: impl Sendable);

    /// The command of an example in one format.
    fn only(&mut self, format: Format, command: &'static str, request: impl Sendable);
}

const JANUARY_FIRST: Date = Date::constant(2015, 1, 1);
const MAY: Date = Date::constant(2015, 5, 15);
const NEW_CENTURY: Date = Date::constant(2000, 1, 2);
const USD: Currency = Currency::USD;
const MAIL: &str = "name@example.com";
const LOOPBACK: &str = "0:0:0:0:0:0:0:1";
const ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 1);

/// 99.9, the bid of the examples.
fn bid() -> Decimal {
    Decimal::new(999, 1)
}

fn forward() -> EmailForward {
    EmailForward::Forward { aliases: vec![EmailAlias::new("peter", MAIL)] }
}

/// Shows every documented request to a visitor.
#[allow(deprecated)] // They are documented all the same.
pub fn visit(v: &mut impl Visitor) {
    // Constructed on the facts: commands that no page describes.
    v.all("clear_dnssec", ClearDnssec::new("example.com"));
    v.all("get_dnssec", GetDnssec::new("example.com"));
    v.all("list_coupons", ListCoupons::new(CouponType::Renewal));
    v.all("restore", Restore::new("example.com"));
    v.all("set_contact_lt_setting", SetContactLtSetting::new("12345", "301234567"));
    v.all(
        "set_dnssec",
        SetDnssec::new("example.com", 13)
            .flags(DnskeyFlags::KeySigningKey)
            .public_key("mdsswUyr3DPW132mOi8V9xESWE8jTo0d+xx"),
    );
    v.all(
        "set_for_sale",
        SetForSale::new(["example.com", "example.net"], ForSaleType::Marketplace)
            .listing_type(ListingType::BuyNow)
            .price(Decimal::new(125_000, 2))
            .currency(USD),
    );
    v.all("set_sedo_confirm_action", SetSedoConfirmAction::new("example.com", SedoAction::Confirm));
    v.all("transfer_domain_list", TransferDomainList::new());
    v.all("unlock_domain", UnlockDomain::new("example.com"));
    v.all("account_info", AccountInfo::new());
    v.all(
        "add_backorder_request",
        AddBackorderRequest::new(["droppingdomain.com", "domaindropping.net", "domaindrop.org"]),
    );
    v.all("add_ns", AddNs::new("ns1.mydomain.com"));
    v.all("authorize_transfer_away", AuthorizeTransferAway::new("domian.com", "123", "approve"));
    v.all("backorder_request_list", BackorderRequestList::new(JANUARY_FIRST, Date::constant(2015, 5, 20)));
    v.all("bulk_register", BulkRegister::new(["domain0.com", "domain1.com"]).currency(USD));
    v.all("buy_expired_closeout_domain", BuyExpiredCloseoutDomain::new("domain.com").currency(USD));
    v.all("buy_it_now", BuyItNow::new("domain").currency(USD));
    v.all("cancel_transfer", CancelTransfer::new("domain4.com"));
    v.all("contact_list", ContactList::new());
    v.all(
        "create_cn_audit",
        CreateCnAudit::new(
            "testcontactid",
            ContactType::Enterprise,
            IndividualIdType::IdentityCard,
            "testlicenseid",
            "url1",
        )
        .enterprise_id_type(EnterpriseIdType::OrganizationCodeCertificate)
        .enterprise_license_id("testlicenseid2")
        .enterprise_url("url2"),
    );
    // The JSON example is that of an older form of the command: it lacks what the table of params requires.
    v.only(
        Format::Json,
        "create_cn_audit",
        raw("create_cn_audit")
            .param("contact_id", "testcontactid")
            .param("license_id", "testlicenseid")
            .param("url", "url"),
    );
    let contact = CreateContact::new("Webb", MAIL, "8662623399", "1", "PO Box 345", "San Mateo", "94401", "US");
    v.all("create_contact", contact.state("America"));
    v.all("create_folder", CreateFolder::new("new"));
    v.all("delete", Delete::new("domain1.com"));
    v.all("delete_backorder_request", DeleteBackorderRequest::new(["domaindropp.com"]));
    v.all("delete_contact", DeleteContact::new(["0"]));
    v.all("delete_folder", DeleteFolder::new(["0", "1"]));
    v.all("delete_ns", DeleteNs::new(["0"]));
    v.all("delete_ns_by_domain", DeleteNsByDomain::new("ns1.testnameserver.com"));
    v.all("domain_info", DomainInfo::new("domain1.com"));
    v.all(
        "edit_contact",
        EditContact::new("0", "Webb", MAIL, "8662623399", "1", "PO Box 345", "San Mateo", "U.S", "94401", "US"),
    );
    v.all("folder_list", FolderList::new());
    v.all("get_account_balance", GetAccountBalance::new());
    v.all("get_auction_bids", GetAuctionBids::new().currency(USD));
    v.all("get_auction_details", GetAuctionDetails::new(["domain0.com"]).currency(USD));
    v.all("get_backorder_auction_details", GetBackorderAuctionDetails::new("example.com").currency(USD));
    v.all("get_closed_auctions", GetClosedAuctions::new(NEW_CENTURY, MAY));
    v.all("get_closed_backorder_auctions", GetClosedBackorderAuctions::new(NEW_CENTURY, MAY));
    v.all("get_cn_audit_status", GetCnAuditStatus::new("testcontactid"));
    v.all("get_contact", GetContact::new("10000"));
    v.all("get_dns", GetDns::new("mydomain.com"));
    v.all("get_domain_push_request", GetDomainPushRequest::new());
    v.all("get_expired_closeout_domains", GetExpiredCloseoutDomains::new().currency(USD));
    v.all("get_listing_item", GetListingItem::new("domain_name").currency(USD));
    v.all("get_listings", GetListings::new().currency(USD));
    v.all("get_ns", GetNs::new("mydomain.com"));
    v.all("get_open_auctions", GetOpenAuctions::new([AuctionType::Expired]).currency(USD));
    v.all("get_open_backorder_auctions", GetOpenBackorderAuctions::new().currency(USD));
    v.all("get_order_status", GetOrderStatus::new("0"));
    v.all(
        "get_transfer_auth_code",
        GetTransferAuthCode::new("domian1.com").new_code(true).unlock_domain_for_transfer(true),
    );
    v.all("get_transfer_status", GetTransferStatus::new("domian1.com", TransferDirection::Incoming));
    v.all("is_processing", IsProcessing::new());
    v.all("list_domain", ListDomain::new());
    v.all("lock_domain", LockDomain::new("domain4.com"));
    v.all(
        "order_list",
        OrderList::new(OrderSearch::DateRange)
            .start_date(Date::constant(2024, 1, 1))
            .end_date(Date::constant(2024, 1, 31))
            .payment_methods([PaymentMethod::AccountBalance, PaymentMethod::CreditCard]),
    );
    v.all("place_auction_bid", PlaceAuctionBid::new("example.com", bid()).currency(USD));
    v.all("place_backorder_auction_bid", PlaceBackorderAuctionBid::new("example.com", bid()).currency(USD));
    v.all("push", Push::new(["domian1.com"], "username").currency(USD));
    v.all("register", Register::new("domain1.net", 3).currency(USD));
    v.all("register_ns", RegisterNs::new("domain1.com", ADDRESS));
    v.all("renew", Renew::new("domian1.com", 1).currency(USD).coupon("testcoupon"));
    v.all("search", Search::new(["mydomain.com", "mydomain.net"]).show_price(true).currency(USD));
    v.all("server_list", ServerList::new());
    v.all("set_afternic_confirm_action", SetAfternicConfirmAction::new("domain.com", AfternicAction::Confirm));
    v.all("set_clear_default_setting", SetClearDefaultSetting::new(ClearableService::NameServers));
    v.all("set_clear_domain_setting", SetClearDomainSetting::new(["domain1.com"], ClearableService::NameServers));
    v.all("set_clear_folder_setting", SetClearFolderSetting::new("0", ClearableService::NameServers));
    v.all("set_contact_eu_setting", SetContactEuSetting::new("0", "AT"));
    v.all("set_contact_lv_setting", SetContactLvSetting::new("0", "test_reg_number").vat_number("test_vat_number"));
    v.all("set_customer_id", SetCustomerId::new(["domain1.com", "domain2.com"], "123456"));
    v.all("set_default_dns", SetDefaultDns::new(DnsRecordType::Aaaa, LOOPBACK));
    v.all("set_default_dns2", SetDefaultDns2::new([MainRecord::new(DnsRecordType::Aaaa, LOOPBACK)]));
    v.all("set_default_email_forward", SetDefaultEmailForward::new(forward()));
    v.all("set_default_forwarding", SetDefaultForwarding::new("http://mydomain.com"));
    v.all("set_default_hosting", SetDefaultHosting::new(HostingType::Advanced));
    v.all("set_default_ns", SetDefaultNs::new(["ns1.hosts.com", "ns2.host.com"]));
    // The example has the folder of the folder command beside it; the table of params has none.
    v.all("set_default_parking", SetDefaultParking::new().with_ads(false).extra("folder_id", "0"));
    v.all("set_default_renew_option", SetDefaultRenewOption::new(RenewOption::Auto));
    v.all("set_default_stealth", SetDefaultStealth::new("http://www.obamashop.com").stealth_title("obama's shop"));
    v.all("set_default_whois", SetDefaultWhois::new("0", "0", "0", "0"));
    v.all(
        "set_dns2",
        SetDns2::new(["domain1.com"])
            .main_records([
                MainRecord::new(DnsRecordType::Aaaa, LOOPBACK),
                MainRecord::new(DnsRecordType::Mx, "mail1.myisp.com").extra("0"),
            ])
            .sub_records([SubRecord::new("www", DnsRecordType::A, "192.168.1.1")]),
    );
    let domains = ["domain-haha1.com", "domain-haha2.com", "domain-haha3.com"];
    v.all("set_domain_push_request", SetDomainPushRequest::new(domains, "accept"));
    v.all("set_email_forward", SetEmailForward::new(["domain1.com"], forward()));
    v.all("set_folder", SetFolder::new("domian1.com", "folder1"));
    v.all("set_folder_dns", SetFolderDns::new("0", DnsRecordType::Aaaa, LOOPBACK));
    v.all("set_folder_dns2", SetFolderDns2::new("0", [MainRecord::new(DnsRecordType::Aaaa, LOOPBACK)]));
    v.all("set_folder_email_forward", SetFolderEmailForward::new("0", forward()));
    v.all("set_folder_forwarding", SetFolderForwarding::new("0", "http://mydomain.com").sync(true));
    v.all("set_folder_hosting", SetFolderHosting::new("0", HostingType::Advanced).sync(true));
    v.all("set_folder_name", SetFolderName::new("0", "new"));
    v.all("set_folder_ns", SetFolderNs::new("0", ["ns1.hosts.com", "ns2.host.com"]).enable(true).sync(true));
    v.all("set_folder_parking", SetFolderParking::new("0").with_ads(false));
    v.all("set_folder_renew_option", SetFolderRenewOption::new("0", RenewOption::Auto));
    v.all(
        "set_folder_stealth",
        SetFolderStealth::new("0", "http://www.obamashop.com").stealth_title("obama's shop").sync(true),
    );
    v.all("set_folder_whois", SetFolderWhois::new("0", "0", "0", "0", "0"));
    v.all("set_forwarding", SetForwarding::new(["domain1.com", "domain2.com"], "http://www.mydomain.com"));
    v.all("set_hosting", SetHosting::new(["domain8.com"], Hosting::Advanced { mobile_view: Some(true) }));
    v.all("set_note", SetNote::new("domain1.com", "Do not modify any information"));
    v.all("set_ns", SetNs::new(["domain1.com", "domain2.com"], ["ns1.hostns.com", "ns2.hostns.com"]));
    v.all("set_ns_ip", SetNsIp::new("1", [ADDRESS]));
    v.all("set_parking", SetParking::new(["domain1.com"]).with_ads(false));
    v.all("set_privacy", SetPrivacy::new(["domain1.com"], PrivacyOption::Off));
    v.all("set_renew_option", SetRenewOption::new(["domain1.com"], RenewOption::Auto));
    v.all("set_stealth", SetStealth::new(["domain1.com"], "http://www.obamashop.com").stealth_title("obama's shop"));
    v.all("set_transfer_auth_code", SetTransferAuthCode::new("domain4.com", "testauthcode"));
    v.all("set_whois", SetWhois::new(["domain4.com"], "0", "0", "0", "0"));
    v.all("tld_price", TldPrice::new().currency(USD));
    v.all("transfer", Transfer::new("domian1.com", "testauth").currency(USD).coupon("testcoupon"));
}
