//! Decoding of a hand-written shape in all three formats; the generated crate's tests go over every command.

use bindwire_wire::*;

/// Declares a record with its leaves and children, as generated code does.
macro_rules! record {
    ($name:ident { $($leaf:ident: $leaf_type:ty = $leaf_id:literal,)* } { $($child:ident: $child_type:ty = $child_id:literal,)* } $nodes:expr) => {
        #[derive(Debug, Clone, Default, PartialEq)]
        struct $name { $($leaf: $leaf_type,)* $($child: $child_type,)* }
        impl $name { const SHAPE: &'static Shape = &Shape { name: stringify!($name), nodes: $nodes }; }
        impl Record for $name {
            fn shape(&self) -> &'static Shape { Self::SHAPE }
            fn leaf(&self, id: u16) -> Option<&dyn Leaf> { match id { $($leaf_id => Some(&self.$leaf),)* _ => None } }
            fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> { match id { $($leaf_id => Some(&mut self.$leaf),)* _ => None } }
            fn child(&self, id: u16) -> Option<&dyn Child> { match id { $($child_id => Some(&self.$child),)* _ => None } }
            fn child_mut(&mut self, id: u16) -> Option<&mut dyn Child> { match id { $($child_id => Some(&mut self.$child),)* _ => None } }
        }
    };
}

record! { Item { kind: Text = 0, name: DomainName = 1, years: Option<i64> = 2, cost: Option<Money> = 3, status: Text = 4, } {} &[
    Node::leaf(0, "kind", "ItemType"),
    Node::leaf(1, "name", "Name"),
    Node::leaf(2, "years", "Duration").json_as(JsonAs::Number),
    Node::leaf(3, "cost", "Cost"),
    Node::leaf(4, "status", "Status"),
]}
record! { Order { id: Text = 0, submitted: Option<DateOrTimestamp> = 1, total: Option<Money> = 2, status: Text = 3, currency: Option<Currency> = 4, method: Text = 5, paid: Option<Money> = 6, } { items: Vec<Item> = 0, } &[
    Node::leaf(0, "id", "OrderId"),
    Node::leaf(1, "submitted", "SubmittedDate"),
    Node::leaf(2, "total", "TotalCost"),
    Node::leaf(4, "currency", "Currency"),
    Node::leaf(5, "method", "PaymentMethod"),
    Node::leaf(6, "paid", "TotalPaid"),
    Node::leaf(3, "status", "Status"),
    Node::list(0, "items", "OrderItem", Item::SHAPE).json("ItemList"),
]}
record! { OrderListReply {} { orders: Vec<Order> = 0, } &[
    Node::group("OrderListContent", 2).json(""),
    Node::group("OrderList", 1).json(""),
    Node::list(0, "orders", "Order", Order::SHAPE).json("OrderList"),
]}

static API: ApiShape = ApiShape {
    name: "test",
    codes: &["SuccessCode", "ResponseCode"],
    statuses: &["Status"],
    errors: &["Error"],
    success: &[0, 200],
    generic_root: "Response",
    roots: &[("OrderListResponse", "order_list"), ("RenewResponse", "renew")],
    outcomes: &[],
    phrases: &[("invalid key", Class::Auth), ("system_busy", Class::Busy)],
    unsure: &[],
    code_classes: &[],
    code_words: &[],
    soap: None,
};

static ORDER_LIST: ReplyShape = ReplyShape {
    command: "order_list",
    shape: OrderListReply::SHAPE,
    xml: Envelope {
        root: "OrderListResponse",
        header: "OrderListHeader",
        code: "ResponseCode",
        status: "Status",
        code_as: JsonAs::String,
    },
    json: Envelope {
        root: "OrderListResponse",
        header: "",
        code: "ResponseCode",
        status: "Status",
        code_as: JsonAs::Number,
    },
    csv: None,
    default_root: "OrderListResponse",
    root_aliases: &[],
    api: &API,
};

const XML: &str = include_str!("../../../tests/vectors/dynadot/order_list/fr/reply.xml");
const JSON: &str = include_str!("../../../tests/vectors/dynadot/order_list/fr/reply.json");

fn read(body: &str) -> Reply<'_, OrderListReply> {
    decode(&ORDER_LIST, body.as_bytes(), &Options::default()).unwrap()
}

#[test]
fn both_formats_give_the_documented_orders() {
    for body in [XML, JSON] {
        let reply = read(body);
        assert_eq!(reply.notes.to_vec(), []);
        let orders = &reply.value.as_ref().unwrap().orders;
        assert_eq!(orders.len(), 2);
        assert_eq!((orders[0].items.len(), orders[1].items.len()), (6, 0));
        assert_eq!(orders[0].items[5].name, "test5.net");
        assert_eq!(orders[0].items[5].years, Some(1));
        assert_eq!(orders[1].total.as_ref().unwrap().amount.to_string(), "100.00");
    }
}

#[test]
fn blanks_that_only_unicode_knows_are_passed_over() {
    for blank in ["\u{c}", "\u{b}", "\u{85}", "\u{a0}", "\u{3000}"] {
        let (before, after) = JSON.split_once("\"OrderList\": [").unwrap();
        for comma in ["", ","] {
            let body = format!("{before}\"OrderList\": [{blank}{comma}{after}");
            let reply = read(&body);
            assert!(reply.notes.iter().any(|note| note.kind == NoteKind::UnquotedValue), "{:?}", reply.notes);
            assert_eq!(reply.value.unwrap().orders.len(), 2);
        }
    }
}

#[test]
fn every_cut_off_body_is_refused() {
    for body in [XML, JSON] {
        for end in 0..body.trim_end().len() {
            if let Ok(reply) = decode::<OrderListReply>(&ORDER_LIST, &body.as_bytes()[..end], &Options::default()) {
                panic!("cut off after {end} bytes of {}: {reply:?}", body.len());
            }
        }
    }
}

#[test]
fn a_reader_gives_the_same_items() {
    for body in [XML, JSON] {
        let whole = read(body).value.unwrap().orders;
        let items: Result<Vec<Order>, _> =
            ReadItems::new(body.as_bytes(), &ORDER_LIST, "orders", &Options::default()).unwrap().collect();
        assert_eq!(items.unwrap(), whole);
        let text = Body::new(body.as_bytes());
        let mut items = text.items(&ORDER_LIST, "orders", &Options::default()).unwrap();
        for order in &whole {
            let item = items.next().unwrap().unwrap();
            assert_eq!(item.get("id"), Some(order.id.as_str()));
            assert_eq!(item.to_owned::<Order>(), *order);
        }
        assert!(items.next().unwrap().is_none());
        assert_eq!(items.ending().unwrap().head.code, Some(0));
    }
}

static RAW: ReplyShape = ReplyShape {
    command: "raw",
    shape: OpenReply::SHAPE,
    xml: Envelope { root: "", header: "", code: "", status: "", code_as: JsonAs::Any },
    json: Envelope { root: "", header: "", code: "", status: "", code_as: JsonAs::Any },
    csv: None,
    default_root: "",
    root_aliases: &[],
    api: &API,
};

#[test]
fn a_raw_reply_is_taken_as_it_comes() {
    for body in [XML, JSON] {
        let reply = decode::<OpenReply>(&RAW, body.as_bytes(), &Options::default()).unwrap();
        assert!(reply.is_ok());
        assert_eq!(reply.notes.to_vec(), []);
        let value = reply.value.unwrap();
        let path =
            if body == XML { "OrderListContent/OrderList/Order/PaymentMethod" } else { "OrderList/PaymentMethod" };
        assert_eq!(value.text(path), Some("Account Balance"));
    }
}
