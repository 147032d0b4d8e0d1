//! Formats the status line of `watch`.

use tokio::time::Instant;

use crate::engine::watch::{PendingDelivery, Waiting};

/// Returns the remaining seconds, rounded up.
pub(super) fn seconds(pending: &PendingDelivery, now: Instant) -> u128 {
    let left = pending.end.saturating_duration_since(now);
    left.as_millis().div_ceil(1000)
}

/// Formats the pending deliveries on one line.
pub(super) fn format_status(waiting: &Waiting, now: Instant) -> String {
    let mut parts = Vec::new();
    if let Some(next) = waiting.pending.first() {
        let PendingDelivery { label, sink, .. } = next;
        let seconds = seconds(next, now);
        let verb = match next.is_retry {
            true => "tried again",
            false => "sent",
        };
        let more = match waiting.pending.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        parts.push(format!(
            "{label} → {sink} will be {verb} in {seconds} s{more} (Enter holds back)"
        ));
    }
    if waiting.held > 0 {
        parts.push(format!("{} held back", waiting.held));
    }
    if let Some(why) = &waiting.why {
        parts.push(format!("{} waiting ({why})", waiting.waiting));
    }
    if waiting.asks > 0 {
        parts.push(format!("{} to be decided", waiting.asks));
    }
    if parts.is_empty() {
        parts.push("waiting for a save".to_owned());
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn status_line_counts_what_it_waits_for() {
        let now = Instant::now();
        let status = |pending, held, waiting: usize| Waiting {
            pending,
            held,
            waiting,
            why: (waiting > 0).then(|| "quiet until 07:00".to_owned()),
            asks: 0,
        };
        assert_eq!(
            format_status(&status(Vec::new(), 0, 0), now),
            "waiting for a save"
        );
        let next = PendingDelivery {
            item: "https://example.org/a".to_owned(),
            label: "a.md".to_owned(),
            sink: "linkedin".to_owned(),
            end: now + Duration::from_millis(11_200),
            is_retry: false,
        };
        assert_eq!(
            format_status(&status(vec![next.clone()], 1, 2), now),
            "a.md → linkedin will be sent in 12 s (Enter holds back); 1 held back; \
             2 waiting (quiet until 07:00)"
        );
        let next = PendingDelivery {
            is_retry: true,
            ..next
        };
        assert_eq!(
            format_status(&status(vec![next], 0, 0), now),
            "a.md → linkedin will be tried again in 12 s (Enter holds back)"
        );
    }
}
