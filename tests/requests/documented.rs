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
use bindwire_wire::{Command, Currency, Date, Decimal, Format, Query, RequestError};
use std::net::Ipv4Addr;

/// How a documented request is built.
pub struct Documented {
    pub command: &'static str,
    /// The only format whose example it is; none: of every other.
    pub format: Option<Format>,
    pub query: fn() -> Result<Query, RequestError>,
}

const fn all(command: &'static str, query: fn() -> Result<Query, RequestError>) -> Documented {
    Documented { command, format: None, query }
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

/// Every documented request.
#[allow(deprecated)] // They are documented all the same.
pub const REQUESTS: &[Documented] = &[
    // Constructed on the facts: commands that no page describes.
    all("clear_dnssec", || Query::of(&ClearDnssec::new("example.com"))),
    all("get_dnssec", || Query::of(&GetDnssec::new("example.com"))),
    all("list_coupons", || Query::of(&ListCoupons::new(CouponType::Renewal))),
    all("restore", || Query::of(&Restore::new("example.com"))),
    all("set_contact_lt_setting", || Query::of(&SetContactLtSetting::new("12345", "301234567"))),
    all("set_dnssec", || {
        Query::of(
            &SetDnssec::new("example.com", 13)
                .flags(DnskeyFlags::KeySigningKey)
                .public_key("mdsswUyr3DPW132mOi8V9xESWE8jTo0d+xx"),
        )
    }),
    all("set_for_sale", || {
        Query::of(
            &SetForSale::new(["example.com", "example.net"], ForSaleType::Marketplace)
                .listing_type(ListingType::BuyNow)
                .price(Decimal::new(125_000, 2))
                .currency(USD),
        )
    }),
    all("set_sedo_confirm_action", || Query::of(&SetSedoConfirmAction::new("example.com", SedoAction::Confirm))),
    all("transfer_domain_list", || Query::of(&TransferDomainList::new())),
    all("unlock_domain", || Query::of(&UnlockDomain::new("example.com"))),
    all("account_info", || Query::of(&AccountInfo::new())),
    all("add_backorder_request", || {
        Query::of(&AddBackorderRequest::new(["droppingdomain.com", "domaindropping.net", "domaindrop.org"]))
    }),
    all("add_ns", || Query::of(&AddNs::new("ns1.mydomain.com"))),
    all("authorize_transfer_away", || Query::of(&AuthorizeTransferAway::new("domian.com", "123", "approve"))),
    all("backorder_request_list", || Query::of(&BackorderRequestList::new(JANUARY_FIRST, Date::constant(2015, 5, 20)))),
    all("bulk_register", || Query::of(&BulkRegister::new(["domain0.com", "domain1.com"]).currency(USD))),
    all("buy_expired_closeout_domain", || Query::of(&BuyExpiredCloseoutDomain::new("domain.com").currency(USD))),
    all("buy_it_now", || Query::of(&BuyItNow::new("domain").currency(USD))),
    all("cancel_transfer", || Query::of(&CancelTransfer::new("domain4.com"))),
    all("contact_list", || Query::of(&ContactList::new())),
    all("create_cn_audit", || {
        Query::of(
            &CreateCnAudit::new(
                "testcontactid",
                ContactType::Enterprise,
                IndividualIdType::IdentityCard,
                "testlicenseid",
                "url1",
            )
            .enterprise_id_type(EnterpriseIdType::OrganizationCodeCertificate)
            .enterprise_license_id("testlicenseid2")
            .enterprise_url("url2"),
        )
    }),
    // The JSON example is that of an older form of the command: it lacks what the table of params requires.
    Documented {
        command: "create_cn_audit",
        format: Some(Format::Json),
        query: || {
            Query::of(
                &raw("create_cn_audit")
                    .param("contact_id", "testcontactid")
                    .param("license_id", "testlicenseid")
                    .param("url", "url"),
            )
        },
    },
    all("create_contact", || {
        let contact = CreateContact::new("Webb", MAIL, "8662623399", "1", "PO Box 345", "San Mateo", "94401", "US");
        Query::of(&contact.state("America"))
    }),
    all("create_folder", || Query::of(&CreateFolder::new("new"))),
    all("delete", || Query::of(&Delete::new("domain1.com"))),
    all("delete_backorder_request", || Query::of(&DeleteBackorderRequest::new(["domaindropp.com"]))),
    all("delete_contact", || Query::of(&DeleteContact::new(["0"]))),
    all("delete_folder", || Query::of(&DeleteFolder::new(["0", "1"]))),
    all("delete_ns", || Query::of(&DeleteNs::new(["0"]))),
    all("delete_ns_by_domain", || Query::of(&DeleteNsByDomain::new("ns1.testnameserver.com"))),
    all("domain_info", || Query::of(&DomainInfo::new("domain1.com"))),
    all("edit_contact", || {
        Query::of(&EditContact::new(
            "0",
            "Webb",
            MAIL,
            "8662623399",
            "1",
            "PO Box 345",
            "San Mateo",
            "U.S",
            "94401",
            "US",
        ))
    }),
    all("folder_list", || Query::of(&FolderList::new())),
    all("get_account_balance", || Query::of(&GetAccountBalance::new())),
    all("get_auction_bids", || Query::of(&GetAuctionBids::new().currency(USD))),
    all("get_auction_details", || Query::of(&GetAuctionDetails::new(["domain0.com"]).currency(USD))),
    all("get_backorder_auction_details", || Query::of(&GetBackorderAuctionDetails::new("example.com").currency(USD))),
    all("get_closed_auctions", || Query::of(&GetClosedAuctions::new(NEW_CENTURY, MAY))),
    all("get_closed_backorder_auctions", || Query::of(&GetClosedBackorderAuctions::new(NEW_CENTURY, MAY))),
    all("get_cn_audit_status", || Query::of(&GetCnAuditStatus::new("testcontactid"))),
    all("get_contact", || Query::of(&GetContact::new("10000"))),
    all("get_dns", || Query::of(&GetDns::new("mydomain.com"))),
    all("get_domain_push_request", || Query::of(&GetDomainPushRequest::new())),
    all("get_expired_closeout_domains", || Query::of(&GetExpiredCloseoutDomains::new().currency(USD))),
    all("get_listing_item", || Query::of(&GetListingItem::new("domain_name").currency(USD))),
    all("get_listings", || Query::of(&GetListings::new().currency(USD))),
    all("get_ns", || Query::of(&GetNs::new("mydomain.com"))),
    all("get_open_auctions", || Query::of(&GetOpenAuctions::new([AuctionType::Expired]).currency(USD))),
    all("get_open_backorder_auctions", || Query::of(&GetOpenBackorderAuctions::new().currency(USD))),
    all("get_order_status", || Query::of(&GetOrderStatus::new("0"))),
    all("get_transfer_auth_code", || {
        Query::of(&GetTransferAuthCode::new("domian1.com").new_code(true).unlock_domain_for_transfer(true))
    }),
    all("get_transfer_status", || Query::of(&GetTransferStatus::new("domian1.com", TransferDirection::Incoming))),
    all("is_processing", || Query::of(&IsProcessing::new())),
    all("list_domain", || Query::of(&ListDomain::new())),
    all("lock_domain", || Query::of(&LockDomain::new("domain4.com"))),
    all("order_list", || {
        Query::of(
            &OrderList::new(OrderSearch::DateRange)
                .start_date(Date::constant(2024, 1, 1))
                .end_date(Date::constant(2024, 1, 31))
                .payment_methods([PaymentMethod::AccountBalance, PaymentMethod::CreditCard]),
        )
    }),
    all("place_auction_bid", || Query::of(&PlaceAuctionBid::new("example.com", bid()).currency(USD))),
    all("place_backorder_auction_bid", || {
        Query::of(&PlaceBackorderAuctionBid::new("example.com", bid()).currency(USD))
    }),
    all("push", || Query::of(&Push::new(["domian1.com"], "username").currency(USD))),
    all("register", || Query::of(&Register::new("domain1.net", 3).currency(USD))),
    all("register_ns", || Query::of(&RegisterNs::new("domain1.com", ADDRESS))),
    all("renew", || Query::of(&Renew::new("domian1.com", 1).currency(USD).coupon("testcoupon"))),
    all("search", || Query::of(&Search::new(["mydomain.com", "mydomain.net"]).show_price(true).currency(USD))),
    all("server_list", || Query::of(&ServerList::new())),
    all("set_afternic_confirm_action", || {
        Query::of(&SetAfternicConfirmAction::new("domain.com", AfternicAction::Confirm))
    }),
    all("set_clear_default_setting", || Query::of(&SetClearDefaultSetting::new(ClearableService::NameServers))),
    all("set_clear_domain_setting", || {
        Query::of(&SetClearDomainSetting::new(["domain1.com"], ClearableService::NameServers))
    }),
    all("set_clear_folder_setting", || Query::of(&SetClearFolderSetting::new("0", ClearableService::NameServers))),
    all("set_contact_eu_setting", || Query::of(&SetContactEuSetting::new("0", "AT"))),
    all("set_contact_lv_setting", || {
        Query::of(&SetContactLvSetting::new("0", "test_reg_number").vat_number("test_vat_number"))
    }),
    all("set_customer_id", || Query::of(&SetCustomerId::new(["domain1.com", "domain2.com"], "123456"))),
    all("set_default_dns", || Query::of(&SetDefaultDns::new(DnsRecordType::Aaaa, LOOPBACK))),
    all("set_default_dns2", || Query::of(&SetDefaultDns2::new([MainRecord::new(DnsRecordType::Aaaa, LOOPBACK)]))),
    all("set_default_email_forward", || Query::of(&SetDefaultEmailForward::new(forward()))),
    all("set_default_forwarding", || Query::of(&SetDefaultForwarding::new("http://mydomain.com"))),
    all("set_default_hosting", || Query::of(&SetDefaultHosting::new(HostingType::Advanced))),
    all("set_default_ns", || Query::of(&SetDefaultNs::new(["ns1.hosts.com", "ns2.host.com"]))),
    // The example has the folder of the folder command beside it; the table of params has none.
    all("set_default_parking", || Query::of(&SetDefaultParking::new().with_ads(false).extra("folder_id", "0"))),
    all("set_default_renew_option", || Query::of(&SetDefaultRenewOption::new(RenewOption::Auto))),
    all("set_default_stealth", || {
        Query::of(&SetDefaultStealth::new("http://www.obamashop.com").stealth_title("obama's shop"))
    }),
    all("set_default_whois", || Query::of(&SetDefaultWhois::new("0", "0", "0", "0"))),
    all("set_dns2", || {
        Query::of(
            &SetDns2::new(["domain1.com"])
                .main_records([
                    MainRecord::new(DnsRecordType::Aaaa, LOOPBACK),
                    MainRecord::new(DnsRecordType::Mx, "mail1.myisp.com").extra("0"),
                ])
                .sub_records([SubRecord::new("www", DnsRecordType::A, "192.168.1.1")]),
        )
    }),
    all("set_domain_push_request", || {
        let domains = ["domain-haha1.com", "domain-haha2.com", "domain-haha3.com"];
        Query::of(&SetDomainPushRequest::new(domains, "accept"))
    }),
    all("set_email_forward", || Query::of(&SetEmailForward::new(["domain1.com"], forward()))),
    all("set_folder", || Query::of(&SetFolder::new("domian1.com", "folder1"))),
    all("set_folder_dns", || Query::of(&SetFolderDns::new("0", DnsRecordType::Aaaa, LOOPBACK))),
    all("set_folder_dns2", || Query::of(&SetFolderDns2::new("0", [MainRecord::new(DnsRecordType::Aaaa, LOOPBACK)]))),
    all("set_folder_email_forward", || Query::of(&SetFolderEmailForward::new("0", forward()))),
    all("set_folder_forwarding", || Query::of(&SetFolderForwarding::new("0", "http://mydomain.com").sync(true))),
    all("set_folder_hosting", || Query::of(&SetFolderHosting::new("0", HostingType::Advanced).sync(true))),
    all("set_folder_name", || Query::of(&SetFolderName::new("0", "new"))),
    all("set_folder_ns", || {
        Query::of(&SetFolderNs::new("0", ["ns1.hosts.com", "ns2.host.com"]).enable(true).sync(true))
    }),
    all("set_folder_parking", || Query::of(&SetFolderParking::new("0").with_ads(false))),
    all("set_folder_renew_option", || Query::of(&SetFolderRenewOption::new("0", RenewOption::Auto))),
    all("set_folder_stealth", || {
        Query::of(&SetFolderStealth::new("0", "http://www.obamashop.com").stealth_title("obama's shop").sync(true))
    }),
    all("set_folder_whois", || Query::of(&SetFolderWhois::new("0", "0", "0", "0", "0"))),
    all("set_forwarding", || Query::of(&SetForwarding::new(["domain1.com", "domain2.com"], "http://www.mydomain.com"))),
    all("set_hosting", || Query::of(&SetHosting::new(["domain8.com"], Hosting::Advanced { mobile_view: Some(true) }))),
    all("set_note", || Query::of(&SetNote::new("domain1.com", "Do not modify any information"))),
    all("set_ns", || Query::of(&SetNs::new(["domain1.com", "domain2.com"], ["ns1.hostns.com", "ns2.hostns.com"]))),
    all("set_ns_ip", || Query::of(&SetNsIp::new("1", [ADDRESS]))),
    all("set_parking", || Query::of(&SetParking::new(["domain1.com"]).with_ads(false))),
    all("set_privacy", || Query::of(&SetPrivacy::new(["domain1.com"], PrivacyOption::Off))),
    all("set_renew_option", || Query::of(&SetRenewOption::new(["domain1.com"], RenewOption::Auto))),
    all("set_stealth", || {
        Query::of(&SetStealth::new(["domain1.com"], "http://www.obamashop.com").stealth_title("obama's shop"))
    }),
    all("set_transfer_auth_code", || Query::of(&SetTransferAuthCode::new("domain4.com", "testauthcode"))),
    all("set_whois", || Query::of(&SetWhois::new(["domain4.com"], "0", "0", "0", "0"))),
    all("tld_price", || Query::of(&TldPrice::new().currency(USD))),
    all("transfer", || Query::of(&Transfer::new("domian1.com", "testauth").currency(USD).coupon("testcoupon"))),
];
