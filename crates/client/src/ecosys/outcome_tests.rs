//! Results are matched to records whatever order they come in, and nothing that is unclear looks like a success.

use super::*;
use bindwire_ecosys::types::ReasonCode;
use proptest::collection::vec;
use proptest::prelude::*;

fn result(index: impl Into<Option<i64>>, success: Option<bool>) -> ObjectResult {
    let mut result = ObjectResult::default();
    result.index = index.into();
    result.success = success;
    result.external_id = result.index.map_or(Text::default(), |index| format!("R{index}").into());
    if success == Some(false) {
        result.messages.push(failure());
    }
    result
}

fn failure() -> ResultMessage {
    let mut message = ResultMessage::default();
    message.level = Some(ResultLevel::Failure);
    message.reason = Some(ReasonCode::ObjectNotFoundByKey);
    message
}

fn states(outcomes: &Outcomes) -> Vec<RecordState> {
    outcomes.records.iter().map(|record| record.state).collect()
}

#[test]
fn each_record_has_its_result() {
    let outcomes = match_results(2, &[result(0, Some(true)), result(1, Some(false))]);
    assert_eq!(states(&outcomes), [RecordState::Written, RecordState::Failed]);
    assert_eq!(outcomes.records[1].messages[0].reason, Some(ReasonCode::ObjectNotFoundByKey));
    assert_eq!(outcomes.written().map(|(index, _)| index).collect::<Vec<_>>(), [0]);
    assert_eq!(outcomes.failed().map(|(index, record)| (index, &*record.external_id)).collect::<Vec<_>>(), [(1, "R1")]);
    assert!(outcomes.notes.is_empty() && outcomes.unplaced.is_empty() && !outcomes.all_written());
    assert!(match_results(1, &[result(0, Some(true))]).all_written());
    assert!(match_results(0, &[]).all_written());
}

#[test]
fn what_is_odd_is_noted_and_no_success() {
    use ResultNote as N;
    let mut silent = result(0, Some(false));
    silent.messages.clear();
    let mut two_faced = result(0, Some(true));
    two_faced.messages.push(failure());
    let cases: [(&[ObjectResult], RecordState, &[ResultNote]); 9] = [
        (&[], RecordState::Unknown, &[N::Missing(0)]),
        (&[result(0, None)], RecordState::Unknown, &[N::WithoutFlag(0)]),
        (&[silent], RecordState::Failed, &[N::WithoutMessage(0)]),
        (&[result(0, Some(true)), result(0, Some(true))], RecordState::Written, &[N::Doubled(0)]),
        (&[result(0, Some(true)), result(0, Some(false))], RecordState::Unknown, &[N::Doubled(0), N::Contradictory(0)]),
        (&[result(0, Some(false)), result(0, None)], RecordState::Failed, &[N::Doubled(0), N::WithoutFlag(0)]),
        (&[result(0, Some(true)), result(0, None)], RecordState::Unknown, &[N::Doubled(0), N::WithoutFlag(0)]),
        (&[two_faced], RecordState::Unknown, &[N::Contradictory(0)]),
        (&[result(1, Some(true))], RecordState::Unknown, &[N::OutOfRange(1), N::Missing(0)]),
    ];
    for (results, state, notes) in cases {
        let outcomes = match_results(1, results);
        assert_eq!((outcomes.records[0].state, &*outcomes.notes), (state, notes), "{results:?}");
        assert_eq!(outcomes.all_written(), state == RecordState::Written, "{results:?}");
    }
    let outcomes = match_results(1, &[result(None, Some(true)), result(-1, Some(false)), result(0, Some(true))]);
    assert_eq!(outcomes.notes, [N::WithoutIndex(0), N::OutOfRange(-1)]);
    assert!(outcomes.records[0].is_written() && !outcomes.all_written(), "a failure belongs to somebody");
    let outcomes = match_results(3, &[result(2, Some(true)), result(0, Some(true)), result(1, Some(true))]);
    assert_eq!(outcomes.notes, [N::Unordered(0), N::Unordered(1)]);
    assert!(outcomes.all_written());
}

/// Results with any index and any flag.
fn any_results() -> impl Strategy<Value = Vec<ObjectResult>> {
    let index = prop_oneof![4 => (0_i64..8).prop_map(Some), 1 => any::<i64>().prop_map(Some), 1 => Just(None)];
    let flag = prop_oneof![Just(Some(true)), Just(Some(false)), Just(None)];
    vec((index, flag, any::<bool>()), 0..16).prop_map(|rows| {
        let of = |(index, success, clears): (Option<i64>, Option<bool>, bool)| {
            let mut result = result(index, success);
            if clears {
                result.messages.clear();
            }
            result
        };
        rows.into_iter().map(of).collect()
    })
}

proptest! {
    #[test]
    fn the_order_does_not_matter(results in any_results().prop_shuffle(), records in 0_usize..8) {
        let outcomes = match_results(records, &results);
        let mut sorted = results.clone();
        sorted.sort_by_key(|result| result.index);
        prop_assert_eq!(states(&outcomes), states(&match_results(records, &sorted)));
        prop_assert_eq!(outcomes.records.len(), records);
    }

    #[test]
    fn a_written_record_has_nothing_against_it(results in any_results(), records in 0_usize..8) {
        let outcomes = match_results(records, &results);
        for (index, record) in outcomes.written() {
            let own: Vec<_> = results.iter().filter(|result| result.index == Some(index as i64)).collect();
            prop_assert!(!own.is_empty() && own.iter().all(|result| result.success == Some(true)), "{own:?} {record:?}");
        }
        // A failure is in the open: with its record, or beside all of them.
        for failed in results.iter().filter(|result| result.success == Some(false)) {
            let place = failed.index.and_then(|index| usize::try_from(index).ok()).filter(|index| *index < records);
            match place {
                Some(index) => prop_assert!(!outcomes.records[index].is_written()),
                None => prop_assert!(outcomes.unplaced.contains(failed)),
            }
        }
        prop_assert!(!outcomes.all_written() || results.iter().all(|result| result.success == Some(true)));
    }

    #[test]
    fn no_result_is_lost(results in any_results(), records in 0_usize..8) {
        let outcomes = match_results(records, &results);
        let kept: usize = outcomes.records.iter().map(|record| record.messages.len()).sum();
        let beside: usize = outcomes.unplaced.iter().map(|result| result.messages.len()).sum();
        prop_assert_eq!(kept + beside, results.iter().map(|result| result.messages.len()).sum::<usize>());
    }

    #[test]
    fn what_is_cut_off_is_unknown(flags in vec(any::<bool>(), 1..16), cut in any::<prop::sample::Index>()) {
        let results: Vec<_> = flags.iter().enumerate().map(|(index, flag)| result(index as i64, Some(*flag))).collect();
        let cut = cut.index(results.len());
        let outcomes = match_results(results.len(), &results[..cut]);
        prop_assert!(outcomes.records[cut..].iter().all(|record| record.state == RecordState::Unknown));
        let missing: Vec<_> = (cut..results.len()).map(ResultNote::Missing).collect();
        prop_assert_eq!(outcomes.notes, missing);
    }
}
