//! Hand-made leaves, records and envelopes, after the documented replies.

use crate::{
    ApiShape, CsvLayout, Envelope, Format, JsonAs, Leaf, LeafKind, LeafSpec, Node, Plain, ReplyShape, Shape, Unparsed,
};

/// A text; empty stands for absent.
#[derive(Debug, Clone, Default)]
pub(super) struct Word(pub String);

impl Leaf for Word {
    fn read(&mut self, text: &str, _: &LeafSpec) -> Result<(), Unparsed> {
        self.0 = text.to_owned();
        Ok(())
    }

    fn write(&self, _: usize, _: &LeafSpec, _: Format, out: &mut String) -> bool {
        out.push_str(&self.0);
        !self.0.is_empty()
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(&self.0)
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Text
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The texts as words.
pub(super) fn words<const N: usize>(texts: [&str; N]) -> Vec<Word> {
    texts.map(Word::from).into()
}

/// Declares a record with numbered leaves and children, and its shape.
macro_rules! record {
    ($name:ident {$($id:literal = $leaf:ident: $kind:ty),* $(; $child_id:literal = $child:ident: $child_kind:ty)*} $nodes:expr) => {
        #[derive(Debug, Clone, Default)]
        pub(super) struct $name {
            $(pub $leaf: $kind,)*
            $(pub $child: $child_kind,)*
        }

        impl $name {
            pub(super) const SHAPE: &'static crate::Shape = {
                static SHAPE: crate::Shape = crate::Shape { name: stringify!($name), nodes: $nodes };
                &SHAPE
            };
        }

        impl crate::Record for $name {
            fn shape(&self) -> &'static crate::Shape {
                Self::SHAPE
            }

            fn leaf(&self, id: u16) -> Option<&dyn crate::Leaf> {
                match id {
                    $($id => Some(&self.$leaf),)*
                    _ => None,
                }
            }

            fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn crate::Leaf> {
                match id {
                    $($id => Some(&mut self.$leaf),)*
                    _ => None,
                }
            }

            fn child(&self, id: u16) -> Option<&dyn crate::Child> {
                match id {
                    $($child_id => Some(&self.$child),)*
                    _ => None,
                }
            }

            fn child_mut(&mut self, id: u16) -> Option<&mut dyn crate::Child> {
                match id {
                    $($child_id => Some(&mut self.$child),)*
                    _ => None,
                }
            }
        }
    };
}
pub(super) use record;

static API: ApiShape = ApiShape {
    name: "test",
    codes: &["SuccessCode", "ResponseCode"],
    statuses: &["Status"],
    errors: &["Error"],
    success: &[0],
    generic_root: "Response",
    roots: &[],
    outcomes: &[],
    phrases: &[],
    unsure: &[],
    code_classes: &[],
    code_words: &[],
    soap: None,
};

/// A reply with the usual names: `root`, `header` in XML, the code a number in JSON.
pub(super) fn reply(root: &'static str, header: &'static str, shape: &'static Shape) -> ReplyShape {
    let xml = Envelope { root, header, code: "SuccessCode", status: "Status", code_as: JsonAs::String };
    ReplyShape {
        command: "test_command",
        shape,
        xml,
        json: Envelope { header: "", code: "ResponseCode", code_as: JsonAs::Number, ..xml },
        csv: None,
        default_root: root,
        root_aliases: &[],
        api: &API,
    }
}

/// A reply in CSV.
pub(super) fn csv_reply(shape: &'static Shape, layout: CsvLayout) -> ReplyShape {
    ReplyShape { csv: Some(layout), ..reply("", "", shape) }
}

record! { Nothing {} &[] }

record! { SearchResult { 0 = domain: Word, 1 = available: Word, 2 = price: Word } &[
    Node::group("SearchHeader", 3).json(""),
    Node::leaf(0, "domain", "DomainName"),
    Node::leaf(1, "available", "Available"),
    Node::leaf(2, "price", "Price").optional(),
] }

record! { Search {; 0 = results: Vec<SearchResult>} &[
    Node::list(0, "results", "SearchResponse", SearchResult::SHAPE).json("SearchResults"),
] }

record! { AuthCode { 0 = auth_code: Word, 1 = note: Word } &[
    Node::group("AuthContent", 1).json(""),
    Node::leaf(1, "note", "Note"),
    Node::group("AuthHeader", 1).json(""),
    Node::leaf(0, "auth_code", "AuthCode"),
] }

record! { OrderItem { 0 = name: Word, 1 = duration: Word } &[
    Node::leaf(0, "name", "Name"),
    Node::leaf(1, "duration", "Duration").json_as(JsonAs::Number),
] }

record! { Order { 0 = id: Word ; 0 = items: Vec<OrderItem> } &[
    Node::leaf(0, "id", "OrderId"),
    Node::list(0, "items", "OrderItem", OrderItem::SHAPE).json("ItemList"),
] }

record! { Orders {; 0 = orders: Vec<Order>} &[
    Node::group("OrderListContent", 2).json(""),
    Node::group("OrderList", 1).json(""),
    Node::list(0, "orders", "Order", Order::SHAPE).json("OrderList"),
] }

record! { Server { 0 = id: Word, 1 = ips: Vec<Word>, 2 = ports: Vec<Word> } &[
    Node::leaf(0, "id", "ServerId"),
    Node::group("ServerIps", 2).xml("").json_array(),
    Node::leaf(1, "ips", "ServerIp").json("Ip").many().optional(),
    Node::leaf(2, "ports", "Port").many().optional(),
] }

record! { Servers {; 0 = servers: Vec<Server>} &[
    Node::group("Content", 1).json(""),
    Node::list(0, "servers", "Server", Server::SHAPE).json("ServerList"),
] }

record! { Closeout { 0 = domain: Word, 1 = links: Word, 2 = idn: Word } &[
    Node::leaf(0, "domain", "DomainName").json("domainName"),
    Node::leaf(1, "links", "InboundLinks").json("inboundLinks").none(&["-1"], ["-1", "-1", ""]).json_as(JsonAs::Number),
    Node::leaf(2, "idn", "IsIDN").json("isIdn").json_as(JsonAs::Bool),
] }

record! { Closeouts { 0 = size: Word ; 0 = domains: Vec<Closeout> } &[
    Node::leaf(0, "size", "Size").xml("").json_as(JsonAs::Number),
    Node::group("Content", 2).json(""),
    Node::group("CloseoutDomains", 1).xml("").json_array(),
    Node::list(0, "domains", "CloseoutItem", Closeout::SHAPE).json("closeoutItem"),
] }

record! { Hosts { 0 = hosts: Vec<Word> } &[
    Node::group("NsContent", 1),
    Node::leaf(0, "hosts", "Host").many().json_repeat().numbered(),
] }

record! { Pushed { 0 = domains: Vec<Word> } &[
    Node::group("PushContent", 1).json(""),
    Node::leaf(0, "domains", "PushDomainName").json("pushDomainName").many().in_string(),
] }

record! { Folder { 0 = id: Word, 1 = name: Word } &[
    Node::leaf(0, "id", "FolderId").none(&["-1"], ["-1"; 3]),
    Node::leaf(1, "name", "FolderName").none(&["(no folder)"], ["(no folder)"; 3]),
] }

record! { DomainInfo {
    0 = name: Word, 1 = registrant: Word, 2 = admin: Word, 3 = note: Word, 4 = idn: Word, 5 = dns: Word, 6 = ads: Word
    ; 0 = folder: Folder ; 1 = glue: Option<Folder>
} &[
    // JSON calls the level otherwise than XML does, and stands one level higher.
    Node::group("DomainInfoContent", 12).json(""),
    Node::group("Domain", 11).json("DomainInfo"),
    Node::leaf(0, "name", "Name"),
    Node::leaf(4, "idn", "Idn").xml("").json("").csv("idn"),
    Node::group("Whois", 2),
    Node::group("Registrant", 1),
    Node::leaf(1, "registrant", "ContactId"),
    // The same level again, as two fields with paths of their own give it.
    Node::group("Whois", 2),
    Node::group("Admin", 1),
    Node::leaf(2, "admin", "ContactId"),
    Node::leaf(3, "note", "Note"),
    Node::one(0, "folder", "Folder", Folder::SHAPE),
    Node::one(1, "glue", "Glue", Folder::SHAPE).optional(),
    Node::group("Dns", 2).xml("DomainInfoContent").optional(),
    Node::leaf(5, "dns", "Type"),
    Node::leaf(6, "ads", "WithAds").optional(),
] }

record! { Auction { 0 = id: Word, 1 = domain: Word, 2 = links: Word, 3 = idn: Word } &[
    Node::leaf(0, "id", "AuctionId").json("auction_id").json_as(JsonAs::Number),
    Node::leaf(1, "domain", "Domain").json("domain"),
    Node::group("Traffic", 1),
    Node::leaf(2, "links", "Links").json("links").none(&["-", "-1"], ["-1", "-", "-1"]).json_as(JsonAs::Any),
    Node::leaf(3, "idn", "").json("is_idn").json_as(JsonAs::Bool),
] }

record! { Auctions { 0 = tags: Vec<Word> ; 0 = auctions: Vec<Auction> } &[
    Node::leaf(0, "tags", "Tag").xml("").json("tags").many().optional(),
    Node::list(0, "auctions", "Auction", Auction::SHAPE).json("auction_list"),
] }
