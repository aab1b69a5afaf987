//! Commands about orders.

use super::calendar::{date, parse_date};
use super::call::{Call, Done, Outcome, Refused};
use super::state::{Item, State};
use bindwire_dynadot::order::{GetOrderStatusReply, OrderListReply};
use bindwire_dynadot::types::{Order, OrderItem, OrderItemStatus, OrderItemType, OrderStatus, OrderStatusItem};
use bindwire_wire::{Date, Decimal, Format, Money, OpenEnum, Sign};

/// `format` decides how a date is told: XML tells the millisecond, JSON the day.
pub(super) fn order_list(state: &mut State, call: &Call<'_>, format: Format) -> Outcome {
    let search_by = call.required("searchBy")?;
    let day = |name: &str| -> Result<Date, Refused> {
        parse_date(call.required(name)?).ok_or_else(|| Refused::error(format!("{name} is no date")))
    };
    let range = if search_by == "date_range" { Some((day("startDate")?, day("endDate")?)) } else { None };
    let mut reply = OrderListReply::default();
    for order in &state.orders {
        if range.is_some_and(|(first, last)| !(first..=last).contains(&date(order.at))) {
            continue;
        }
        let total: Decimal = order.items.iter().map(|item| item.cost).sum();
        let mut shown = Order::default();
        shown.order_id = order.id.to_string().into();
        shown.submitted_date = Some(if format == Format::Json { date(order.at).into() } else { order.at.into() });
        shown.currency = Some(order.currency);
        shown.payment_method = "Account Balance".into();
        shown.total_cost = Some(Money::new(total).with_sign(Sign::Dollar));
        shown.total_paid = shown.total_cost;
        shown.status = Some(OrderStatus::Completed);
        shown.items = order.items.iter().map(item).collect();
        reply.orders.push(shown);
    }
    Ok(Done::told(reply))
}

fn item(item: &Item) -> OrderItem {
    let mut shown = OrderItem::default();
    shown.item_type = Some(<OrderItemType as OpenEnum>::parse(item.kind));
    shown.name = item.name.as_str().into();
    shown.duration = Some(item.years.into());
    shown.cost = Some(Money::new(item.cost));
    shown.status = Some(OrderItemStatus::Completed);
    shown
}

pub(super) fn get_order_status(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = call.required("order_id")?;
    let order = state.orders.iter().find(|order| order.id.to_string() == id);
    let order = order.ok_or_else(|| Refused::error("could not find order in your account"))?;
    let mut reply = GetOrderStatusReply::default();
    reply.order_id = id.into();
    reply.status = Some(OrderStatus::Completed);
    for item in &order.items {
        let mut shown = OrderStatusItem::default();
        shown.item_type = item.kind.into();
        shown.name = item.name.as_str().into();
        shown.status = Some(OrderItemStatus::Completed);
        reply.items.push(shown);
    }
    Ok(Done::told(reply))
}
