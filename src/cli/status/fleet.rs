//! Formats the workers of a ledger that many workers share: what they have claimed, and how fast they send.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::ledger::{Fleet, LedgerState, ListedClaim};
use crate::terminal::escape_value;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Returns the workers and the rates of the sinks as JSON.
pub(super) fn fleet_json(fleet: &Fleet, ledger_state: &LedgerState) -> Value {
    let claims = fleet.claims.iter().map(|claim| {
        json!({
            "item": claim.item,
            "sink": claim.sink,
            "run": claim.run,
            "host": claim.host,
            "since": claim.since,
            "until": claim.until,
            "live": claim.is_live,
        })
    });
    let rates = rates(fleet.now, ledger_state).into_iter();
    let rates = rates.map(|(sink, hour, day)| json!({"sink": sink, "hour": hour, "day": day}));
    json!({
        "now": fleet.now,
        "claims": claims.collect::<Vec<_>>(),
        "sent": rates.collect::<Vec<_>>(),
    })
}

/// Returns lines about the workers and the rates of the sinks.
pub(super) fn format_fleet(fleet: &Fleet, ledger_state: &LedgerState) -> Vec<String> {
    let claims = fleet.claims.iter().map(format_claim);
    let rates = rates(fleet.now, ledger_state).into_iter();
    let rates = rates.map(|(sink, hour, day)| {
        let sink = escape_value(sink).into_owned();
        format!("sent to {sink}: {hour} in the last hour, {day} in the last 24 hours")
    });
    claims.chain(rates).collect()
}

fn format_claim(claim: &ListedClaim) -> String {
    let time = |at: Timestamp| at.strftime("%H:%M:%S").to_string();
    let (since, until) = (time(claim.since), time(claim.until));
    let lease = match claim.is_live {
        true => format!("until {until} UTC"),
        false => format!("lease ended at {until} UTC"),
    };
    let host = claim.host.as_deref().unwrap_or("unknown host");
    // The end of the id is random.
    let run = claim.run.get(claim.run.len().saturating_sub(8)..);
    format!(
        "worker {} (run {}) has {} → {} since {since}, {lease}",
        escape_value(host),
        escape_value(run.unwrap_or(&claim.run)),
        escape_value(&claim.item),
        escape_value(&claim.sink),
    )
}

/// Returns for each sink the number of posts of the last hour and of the last 24 hours before `now`.
fn rates(now: Timestamp, ledger_state: &LedgerState) -> Vec<(&str, usize, usize)> {
    let sinks = ledger_state.seen().sinks.iter().flatten();
    sinks
        .map(|sink| {
            let hour = ledger_state.sent_after(sink, now - HOUR);
            let day = ledger_state.sent_after(sink, now - DAY);
            (sink.as_str(), hour, day)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claim_is_formatted_with_its_lease() {
        let claim = |is_live| ListedClaim {
            item: "https://example.org/a".to_owned(),
            sink: "linkedin".to_owned(),
            run: "01a2286d-1079-7a0d-8af7-66e30cf90e4b".to_owned(),
            host: Some("worker-1".to_owned()),
            since: "2026-11-29T10:00:00Z".parse().unwrap(),
            until: "2026-11-29T10:10:00Z".parse().unwrap(),
            is_live,
        };
        assert_eq!(
            format_claim(&claim(true)),
            "worker worker-1 (run 0cf90e4b) has https://example.org/a → linkedin since 10:00:00, \
             until 10:10:00 UTC"
        );
        assert!(format_claim(&claim(false)).ends_with("lease ended at 10:10:00 UTC"));
    }
}
