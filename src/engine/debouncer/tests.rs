use std::sync::Arc;

use syndicate_api::{Appearance, Diagnostic, Item, Payload, Post};

use super::*;
use crate::engine::Composed;

const GRACE: Duration = Duration::from_secs(30);

/// A debouncer that receives a sequence of plans.
struct Timeline {
    debouncer: Debouncer,
    start: Instant,
}

impl Timeline {
    fn new() -> Self {
        Self {
            debouncer: Debouncer::new(GRACE),
            start: Instant::now(),
        }
    }

    fn at(&self, seconds: u64) -> Instant {
        self.start + Duration::from_secs(seconds)
    }

    fn observe(&mut self, seconds: u64, entries: Vec<PlanEntry>) {
        let (plan, now) = (plan(entries), self.at(seconds));
        self.debouncer.observe(&plan, Path::new("."), now);
    }

    fn record(&mut self, seconds: u64, entries: Vec<PlanEntry>) {
        let now = self.at(seconds);
        self.debouncer.record_outcome(&plan(entries), now);
    }

    /// Returns the hash of the only delivery that is due at this second.
    fn due(&self, seconds: u64) -> Option<String> {
        let mut due = self.debouncer.due(self.at(seconds));
        assert!(due.len() <= 1, "{due:?}");
        due.pop().map(|due| due.hash)
    }

    /// Asserts that the only delivery is first due at this second.
    #[track_caller]
    fn is_due_from(&self, seconds: u64) {
        assert_eq!(self.due(seconds - 1), None);
        assert!(self.due(seconds).is_some());
    }
}

fn plan(entries: Vec<PlanEntry>) -> Plan {
    Plan {
        entries,
        ..Plan::default()
    }
}

fn entry(action: Action, code: Code, hash: Option<&str>) -> PlanEntry {
    let composed = hash.map(|hash| Composed {
        post: Post::default(),
        payload: Payload::post("linkedin", "/", serde_json::Value::Null),
        page: None,
        hash: hash.to_owned(),
        visible_links: std::collections::BTreeMap::new(),
        measures: Vec::new(),
        appearance: Appearance::default(),
        warnings: Vec::new(),
        unreachable: None,
        revision: None,
        digests: None,
    });
    let item = Item {
        keys: vec!["https://example.org/a".to_owned()],
        ..Item::default()
    };
    PlanEntry {
        action,
        code,
        composed: composed.map(Box::new),
        ..PlanEntry::new(Arc::new(item), 0, "linkedin")
    }
}

fn send(hash: &str) -> PlanEntry {
    entry(Action::Send, Code::New, Some(hash))
}

fn failed(code: Code) -> PlanEntry {
    let mut entry = send("a");
    entry.fail(Outcome::Failed, Diagnostic::new(code, "in vain"));
    entry
}

#[test]
fn delay_starts_when_sendable() {
    for (action, code) in [
        (Action::Skip, Code::BeforeSince),
        (Action::Skip, Code::Filtered),
        (Action::Skip, Code::TemplateError),
        (Action::Ask, Code::NotApproved),
        (Action::Ask, Code::OutcomeUnknown),
        (Action::Wait, Code::QuietHours),
        (Action::Wait, Code::Spacing),
    ] {
        let mut timeline = Timeline::new();
        timeline.observe(0, vec![entry(action, code, None)]);
        timeline.observe(1000, vec![entry(action, code, None)]);
        assert_eq!(timeline.due(1000), None, "{code:?}");
        timeline.observe(1001, vec![send("a")]);
        timeline.observe(1010, vec![send("a")]);
        timeline.is_due_from(1031);
    }
}

#[test]
fn delay_restarts_after_interruption() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    timeline.observe(20, vec![entry(Action::Skip, Code::Filtered, None)]);
    assert_eq!(timeline.due(40), None);
    timeline.observe(50, vec![send("a")]);
    timeline.is_due_from(80);
    // The delivery left the plan, for example because its folder was moved away.
    timeline.observe(90, Vec::new());
    assert_eq!(timeline.due(90), None);
    timeline.observe(100, vec![send("a")]);
    timeline.is_due_from(130);
}

#[test]
fn delay_restarts_with_new_payload() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    timeline.observe(20, vec![send("b")]);
    timeline.is_due_from(50);
    assert_eq!(timeline.due(50).as_deref(), Some("b"));
    // The payload may also change while the plan does not encode it.
    timeline.observe(60, vec![entry(Action::Wait, Code::Spacing, None)]);
    timeline.observe(70, vec![send("c")]);
    timeline.is_due_from(100);
}

#[test]
fn save_restarts_delay_and_pause() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    let saved = |seconds: u64| {
        let file = std::fs::File::create(&file).unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        file.set_modified(time).unwrap();
        let mut entry = send("a");
        let item = Arc::make_mut(&mut entry.item);
        item.path = Some("a.md".to_owned());
        plan(vec![entry])
    };
    let mut timeline = Timeline::new();
    let start = timeline.start;
    let after = |seconds| start + Duration::from_secs(seconds);
    timeline
        .debouncer
        .observe(&saved(1), folder.path(), after(0));
    timeline.record(30, vec![failed(Code::Rejected)]);
    timeline
        .debouncer
        .observe(&saved(1), folder.path(), after(40));
    assert_eq!(timeline.due(10_000), None, "it would be refused again");
    timeline
        .debouncer
        .observe(&saved(2), folder.path(), after(50));
    timeline.is_due_from(80);
}

#[test]
fn pauses_grow_despite_waits() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    timeline.record(30, vec![failed(Code::Unavailable)]);
    timeline.is_due_from(45);
    timeline.record(45, vec![failed(Code::Unavailable)]);
    timeline.record(75, vec![failed(Code::Unavailable)]);
    timeline.is_due_from(135);
    // Neither a wait nor a temporarily missing folder shortens the pause …
    timeline.observe(76, vec![entry(Action::Wait, Code::Throttled, None)]);
    timeline.observe(77, vec![send("a")]);
    timeline.is_due_from(135);
    timeline.observe(78, Vec::new());
    timeline.observe(79, vec![send("a")]);
    timeline.is_due_from(135);
    // … or resets its growth.
    timeline.record(135, vec![failed(Code::Unavailable)]);
    timeline.is_due_from(255);
    // A delay that ends later than the pause applies.
    timeline.observe(250, vec![entry(Action::Wait, Code::QuietHours, None)]);
    timeline.observe(251, vec![send("a")]);
    timeline.is_due_from(281);
}

#[test]
fn success_ends_pauses() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    timeline.record(30, vec![failed(Code::Unavailable)]);
    let mut sent = send("a");
    sent.outcome = Some(Outcome::Sent);
    timeline.record(45, vec![sent]);
    timeline.observe(46, vec![entry(Action::Skip, Code::AlreadySent, None)]);
    assert_eq!(timeline.due(1000), None);
    timeline.observe(1000, vec![send("a")]);
    timeline.record(1030, vec![failed(Code::Unavailable)]);
    timeline.is_due_from(1045);
}

#[test]
fn throttled_delivery_pauses() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    timeline.record(30, vec![entry(Action::Wait, Code::Throttled, None)]);
    // Its timer has ended or its outcome was not recorded, so the plan would send it again at once.
    timeline.observe(30, vec![send("a")]);
    timeline.is_due_from(45);
}

#[test]
fn not_live_reported_once_per_reason() {
    let mut timeline = Timeline::new();
    let not_live = |reason: &str| {
        let mut entry = send("a");
        entry.wait(Code::NotLive, reason.to_owned());
        plan(vec![entry])
    };
    timeline.observe(0, vec![send("a")]);
    for (seconds, reason, count) in [
        (30, "status 404", 1),
        (45, "status 404", 0),
        (75, "status 503", 1),
        (135, "status 404", 1),
    ] {
        assert!(timeline.due(seconds).is_some());
        let (plan, now) = (not_live(reason), timeline.at(seconds));
        timeline.debouncer.record_outcome(&plan, now);
        let reported = timeline.debouncer.take_not_live(&plan);
        assert_eq!(reported.len(), count, "{reason}");
        timeline.observe(seconds, vec![send("a")]);
        assert!(timeline.debouncer.countdowns(now)[0].is_retry);
    }
    timeline.observe(200, vec![send("b")]);
    let countdowns = timeline.debouncer.countdowns(timeline.at(200));
    assert!(!countdowns[0].is_retry, "the payload has changed");
}

#[test]
fn cancel_survives_waits() {
    let mut timeline = Timeline::new();
    timeline.observe(0, vec![send("a")]);
    assert_eq!(timeline.debouncer.cancel(timeline.at(10)), 1);
    assert_eq!(timeline.debouncer.held_count(), 1);
    timeline.observe(11, vec![entry(Action::Wait, Code::Spacing, None)]);
    timeline.observe(12, Vec::new());
    timeline.observe(13, vec![send("a")]);
    assert_eq!(timeline.due(1000), None);
    assert_eq!(timeline.debouncer.held_count(), 1);
    assert_eq!(timeline.debouncer.held_deliveries().len(), 1);
    timeline.observe(1001, vec![send("b")]);
    timeline.is_due_from(1031);
    assert_eq!(timeline.debouncer.held_deliveries(), []);
}

#[test]
fn refused_delivery_is_held_back() {
    for (code, is_held) in [(Code::Rejected, true), (Code::Unavailable, false)] {
        let mut timeline = Timeline::new();
        timeline.observe(0, vec![send("a")]);
        timeline.record(30, vec![failed(code)]);
        timeline.observe(31, vec![send("a")]);
        let held = timeline.debouncer.held_deliveries();
        assert_eq!(!held.is_empty(), is_held, "{code:?}");
    }
}

#[test]
fn equal_payloads_have_own_timers() {
    let mut timeline = Timeline::new();
    let other = || PlanEntry {
        sink: "company".to_owned(),
        ..send("a")
    };
    timeline.observe(0, vec![send("a")]);
    timeline.observe(20, vec![send("a"), other()]);
    let due = timeline.debouncer.due(timeline.at(30));
    let sinks: Vec<&str> = due.iter().map(|due| due.sink.as_str()).collect();
    assert_eq!(sinks, ["linkedin"], "the added sink has not rested yet");
    assert_eq!(timeline.debouncer.due(timeline.at(50)).len(), 2);
}
