//! Tests of the item histories that `status` prints.

use super::*;
use crate::ledger::{DeliveryState, LedgerState};

#[test]
fn history_is_by_sink_and_time() {
    let new = ["https://a.org/new", "blog:a.md"];
    let a = || attempt("a", &new, "linkedin");
    let ledger_state: LedgerState = [
        event(7, sent(attempt("z", &["https://b.org/"], "linkedin"))),
        event(
            9,
            failed(attempt(
                "b",
                &["https://a.org/old", "id:tag:a.org,2026:1"],
                "mastodon",
            )),
        ),
        event(5, sent(a())),
        event(4, intent(a())),
        event(2, adopted(&["https://a.org/old", "blog:a.md"], None)),
        event(3, moved(&new, None)),
        event(1, created()),
        event(8, adopted(&["https://c.org/"], None)),
    ]
    .into_iter()
    .collect();

    let histories = ledger_state.histories();
    let items: Vec<_> = histories.iter().map(|history| history.item).collect();
    assert_eq!(
        items,
        ["https://a.org/old", "https://b.org/", "https://c.org/"]
    );

    let first = &histories[0];
    assert_eq!(first.keys.len(), 4);
    assert_eq!(first.first.kind.name(), "adopted");
    let deliveries: Vec<(_, Vec<_>)> = first
        .deliveries
        .iter()
        .map(|delivery| {
            let kinds = delivery.events.iter().map(|event| event.kind.name());
            (delivery.sink, kinds.collect())
        })
        .collect();
    assert_eq!(
        deliveries,
        [
            (Some("linkedin"), vec!["adopted", "intent", "sent"]),
            (Some("mastodon"), vec!["adopted", "failed"]),
        ]
    );
    assert!(matches!(
        first.deliveries[0].state,
        DeliveryState::Sent { .. }
    ));
    assert!(matches!(
        first.deliveries[1].state,
        DeliveryState::Adopted { .. }
    ));

    let adopted = &histories[2].deliveries;
    assert_eq!(adopted.len(), 1);
    assert_eq!(adopted[0].sink, None);
    assert!(matches!(adopted[0].state, DeliveryState::Adopted { .. }));
}
