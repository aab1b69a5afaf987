//! What the list of orders says of a lost one.

use super::evidence::{Case, Sign};
use crate::Result;
use crate::engine::{CallOptions, Engine};
use crate::error::Lost;
use bindwire_dynadot::order::OrderList;
use bindwire_dynadot::types::{Order, OrderItem, OrderItemType, OrderSearch};
use bindwire_wire::{DateOrTimestamp, DomainName, Format, Timestamp};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use std::time::Duration;

/// How far the clock of the server may be behind.
const SKEW: Duration = Duration::from_secs(15 * 60);

/// Looks for orders that name what the lost one did.
///
/// XML is asked for: it tells the time of an order to the millisecond, JSON only the day.
pub(super) async fn ask(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    // A day more on either side: the server counts days in a time zone of its own.
    let (from, to) = (day(lost.sent_at()).saturating_sub(1.day()), day(lost.given_up_at()).saturating_add(1.day()));
    let question = OrderList::new(OrderSearch::DateRange).start_date(from).end_date(to);
    let options = CallOptions { format: Some(Format::Xml), ..CallOptions::default() };
    let orders = crate::call::value(engine, &question, options).await?.orders;
    for name in case.open() {
        let matching: Vec<&Order> = orders.iter().filter(|order| is_about(order, lost, &name)).collect();
        let signs = matching.iter().map(|order| when(order, lost));
        let sign = signs.max().unwrap_or(Sign::Absent);
        match matching.iter().find(|order| when(order, lost) == sign) {
            Some(order) => {
                let status = order.status.as_ref().map_or(String::new(), |status| format!(", {status:?}"));
                case.note(format!("order_list: order {} is about {name}{status}", order.order_id.as_str()));
            }
            None => case.note(format!("order_list: no order about {name} from {from} to {to}")),
        }
        case.put(&name, sign);
    }
    Ok(())
}

fn is_about(order: &Order, lost: &Lost, name: &DomainName) -> bool {
    order.items.iter().any(|item| name.is(&item.name) && can_be(item, lost.command()))
}

/// Whether an item can be what the command ordered. Only the kinds that the spec lists can be told apart.
fn can_be(item: &OrderItem, command: &str) -> bool {
    match &item.item_type {
        Some(OrderItemType::Registration) => {
            matches!(command, "register" | "bulk_register" | "buy_expired_closeout_domain")
        }
        Some(OrderItemType::Renewal) => matches!(command, "renew" | "restore"),
        Some(OrderItemType::Transfer) => matches!(command, "transfer" | "buy_it_now"),
        _ => true,
    }
}

/// What the time of an order says.
fn when(order: &Order, lost: &Lost) -> Sign {
    match order.submitted_date {
        Some(DateOrTimestamp::Timestamp(at)) if at >= lost.sent_at() => Sign::Done,
        Some(DateOrTimestamp::Timestamp(at)) => {
            let earliest = lost.sent_at().checked_sub(SKEW).unwrap_or(Timestamp::MIN);
            if at >= earliest { Sign::Unclear } else { Sign::Absent }
        }
        // A day can hold an earlier order of the same kind; and no time at all says nothing.
        Some(DateOrTimestamp::Date(day)) => {
            let earliest = lost.sent_at().to_zoned(TimeZone::UTC).date().saturating_sub(1.day());
            if day >= earliest { Sign::Unclear } else { Sign::Absent }
        }
        _ => Sign::Unclear,
    }
}
