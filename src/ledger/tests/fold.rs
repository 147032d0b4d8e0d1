//! Tests of the tables in the cache. A ledger that was read with their help has the state that its text alone gives, however it
//! was changed since they were written.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;
use syndicate_api::testkit::trials;
use tempfile::TempDir;

use super::merge::{any_events, states};
use super::*;
use crate::ledger::wire::line;
use crate::ledger::{JsonLines, LedgerState, LedgerStore as _};

struct Place {
    folder: TempDir,
}

impl Place {
    /// Writes a ledger with the lines `before` and its tables, and then the lines `after`.
    fn new(before: &[String], after: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        fs::write(place.path(), before.concat()).unwrap();
        place.store().write_tables().unwrap();
        fs::write(place.path(), after.concat()).unwrap();
        place
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("l.jsonl")
    }

    fn store(&self) -> JsonLines {
        JsonLines::new(self.path()).with_cache(Some(&self.folder.path().join("cache")))
    }

    /// Returns the state that is read with the tables, and the one without them.
    fn states(&self) -> (Option<LedgerState>, Option<LedgerState>) {
        let read = |store: JsonLines| {
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            runtime.unwrap().block_on(async { store.read().await.ok() })
        };
        (read(self.store()), read(JsonLines::new(self.path())))
    }
}

/// Returns everything that queries return for a state.
fn answers(ledger_state: &LedgerState) -> String {
    let histories: Vec<String> = ledger_state
        .histories()
        .iter()
        .map(|history| format!("{:?} {:?}", history.keys, history.deliveries))
        .collect();
    let unsettled = ledger_state.unsettled_histories();
    let unsettled: Vec<&str> = unsettled.iter().map(|history| history.item).collect();
    let history = |sink: &str| {
        let mut sent = ledger_state.send_history(sink);
        sent.out.sort();
        let limits = (ledger_state.last_sent(sink), ledger_state.throttled(sink));
        (
            sent,
            limits,
            ledger_state.last_account(sink).map(str::to_owned),
        )
    };
    let ids: Vec<&str> = ledger_state
        .events()
        .iter()
        .map(|event| event.id.as_str())
        .collect();
    let attempts: Vec<usize> = ["a-s", "b-s", "c-t", "d-t"]
        .iter()
        .map(|id| ledger_state.attempt(id).len())
        .collect();
    format!(
        "{:?}\n{:?}\n{histories:?}\n{unsettled:?}\n{:?}\n{:?}\n{ids:?}\n{attempts:?}\n{:?}\n{}",
        ledger_state.events(),
        states(ledger_state),
        history("s"),
        history("t"),
        ledger_state.seen(),
        ledger_state.has_evidence(),
    )
}

fn lines(events: &[Event]) -> Vec<String> {
    events.iter().map(line).collect()
}

fn story() -> Vec<String> {
    let kinds = [
        created(),
        adopted(&["k1"], None),
        intent(attempt("a", &["k2", "https://a.org/2"], "s")),
        sent(attempt("a", &["k2", "https://a.org/2"], "s")),
        moved(&["id:x", "k3"], Some(&["k9"])),
        EventKind::Closed {
            to: "ref".to_owned(),
        },
        EventKind::Other("blessed".to_owned()),
        intent(attempt("b", &["k4"], "t")),
    ];
    let events: Vec<Event> = kinds
        .into_iter()
        .zip(1..)
        .map(|(kind, at)| event(at, kind))
        .collect();
    lines(&events)
}

#[test]
fn tables_are_used_for_equal_start_alone() {
    let story = story();
    let (before, more) = story.split_at(6);
    let mut edited = story.clone();
    edited[2] = edited[2].replace("k2", "k7");
    let mut cut = before.concat();
    cut.truncate(cut.len() - 20);
    let mut merged = story.clone();
    merged.swap(1, 2);
    for (name, after, is_used) in [
        ("unchanged", before.to_vec(), true),
        ("appended", story.clone(), true),
        ("edited", edited, false),
        ("merged", merged, false),
        ("truncated", before[..5].to_vec(), false),
        ("another one", more.to_vec(), false),
        ("cut in a line", vec![cut.clone()], false),
    ] {
        let place = Place::new(before, &after);
        assert_eq!(place.store().has_tables(), is_used, "{name}");
        let (with, without) = place.states();
        assert_eq!(
            with.as_ref().map(answers),
            without.as_ref().map(answers),
            "{name}"
        );
    }
}

#[test]
fn empty_state_lacks_all_events_of_tables() {
    let place = Place::new(&story(), &story());
    assert!(place.store().has_tables());
    let loaded = place.states().0.unwrap();
    let empty = LedgerState::default().version();
    let lacking = loaded.appended_since(empty).map(|events| events.len());
    assert_eq!(lacking, Some(story().len()));
}

#[test]
fn damaged_tables_are_like_missing_ones() {
    let story = story();
    let place = Place::new(&story, &story);
    let tables = fs::read_dir(place.folder.path().join("cache/ledgers"));
    let tables = tables.unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&tables).unwrap();
    let (_, expected) = place.states();
    let expected = answers(&expected.unwrap());
    let check = |bytes: &[u8]| {
        fs::write(&tables, bytes).unwrap();
        assert!(!place.store().has_tables());
        assert_eq!(answers(&place.states().0.unwrap()), expected);
    };
    for at in (0..whole.len()).step_by(61) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        check(&damaged);
        check(&whole[..at]);
    }
    fs::write(&tables, &whole).unwrap();
    assert!(place.store().has_tables());
}

#[test]
fn damaged_line_after_the_tables_keeps_its_number() {
    let story = story();
    let mut after = story.clone();
    after.push("{]\n".to_owned());
    after.push(story[0].clone());
    let place = Place::new(&story, &after);
    assert!(place.store().has_tables());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let error = |store: JsonLines| runtime.block_on(store.read()).unwrap_err().to_string();
    let message = error(place.store());
    assert!(
        message.contains(&format!(":{}: ", story.len() + 1)),
        "{message}"
    );
    assert_eq!(message, error(JsonLines::new(place.path())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(200), ..ProptestConfig::default() })]

    #[test]
    fn tables_and_rest_give_the_state_of_the_text(
        events in proptest::collection::vec(any_events(), 4),
        cut in any::<Index>(),
        (change, at, to) in (0..8, any::<Index>(), any::<Index>()),
        byte in any::<u8>(),
    ) {
        let mut story = story();
        story.extend(lines(&events.concat()));
        let mut before = story[..=cut.index(story.len())].to_vec();
        let mut after = story.clone();
        let (at, to) = (at.index(after.len()), to.index(after.len()));
        match change {
            0 => {}
            1 => drop(after.remove(at)),
            2 => after.swap(at, to),
            3 => after.truncate(at + 1),
            4 => after.insert(at, story[to].clone()),
            5 => after.sort(),
            6 => before.sort(),
            _ => {
                let mut bytes = after[at].clone().into_bytes();
                let place = to % bytes.len();
                bytes[place] = byte;
                after[at] = String::from_utf8_lossy(&bytes).into_owned();
            }
        }
        let place = Place::new(&before, &after);
        let starts = after.concat().starts_with(&before.concat());
        prop_assert_eq!(place.store().has_tables(), starts);
        let (with, without) = place.states();
        prop_assert_eq!(with.as_ref().map(answers), without.as_ref().map(answers));
        if let (Some(mut with), Some(mut without)) = (with, without) {
            for event in events.iter().flatten().rev() {
                with.insert(event.clone());
                without.insert(event.clone());
            }
            with.extend(events.concat());
            without.extend(events.concat());
            prop_assert_eq!(answers(&with), answers(&without));
        }
    }
}
