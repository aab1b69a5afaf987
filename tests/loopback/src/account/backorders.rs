//! Commands about backorders.

use super::calendar::days_later;
use super::call::{Call, Done, Outcome};
use super::state::State;
use bindwire_dynadot::backorder::BackorderRequestListReply;
use bindwire_dynadot::types::{BackorderRequest, BackorderRequestStatus};

pub(super) fn add_backorder_request(state: &mut State, call: &Call<'_>) -> Outcome {
    for name in call.domains()? {
        if !state.backorders.contains(&name) {
            state.backorders.push(name);
        }
    }
    Ok(Done::just_changed())
}

pub(super) fn delete_backorder_request(state: &mut State, call: &Call<'_>) -> Outcome {
    let names = call.domains()?;
    state.backorders.retain(|name| !names.contains(name));
    Ok(Done::just_changed())
}

/// All of them, whatever days are asked for: when a name drops is not known here.
pub(super) fn backorder_request_list(state: &mut State, call: &Call<'_>) -> Outcome {
    call.required("startDate")?;
    call.required("endDate")?;
    let mut reply = BackorderRequestListReply::default();
    for name in &state.backorders {
        let mut request = BackorderRequest::default();
        request.domain = name.as_str().into();
        request.cutoff_time = Some(days_later(state.now, 1));
        request.status = Some(BackorderRequestStatus::Active);
        reply.requests.push(request);
    }
    Ok(Done::told(reply))
}
