//! Differential tests of the parser for lines in the form that this program writes. It must return the same
//! event as the general parser, or leave the line to it.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;
use syndicate_api::testkit::trials;
use syndicate_api::{ItemEvidence, Repeat};

use super::lines::one_of_each;
use super::*;
use crate::ledger::typed_line::{LastAttempt, parse};
use crate::ledger::wire::{line, parse_fields};
use crate::ledger::{Digests, LedgerState, SinkName, SourceName};

/// Bytes that edits insert: those with a meaning in JSON, and some without.
const BYTES: &[u8] = b"\"\\{}[]:,.-+0129Zaz \t\n\x7f\xc3\xa9";

/// Fragments that edits insert.
const FRAGMENTS: [&str; 10] = [
    r#","digests":{"item":"a","editable":"b","fixed":"c"}"#,
    r#","type":"s""#,
    r#","evidence":{}"#,
    r#","until":"2027-01-16T00:00:00Z""#,
    r#","by":1"#,
    r#","url":null"#,
    r#","keys":[]"#,
    r#"\u0041"#,
    r#"[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"#,
    " ",
];

/// Returns lines of every kind, with every optional field.
fn lines() -> Vec<String> {
    let at = event(0, created()).at;
    let full = Arc::new(Attempt {
        digests: Some(Digests {
            item: "1:aa".to_owned(),
            editable: "bb".to_owned(),
            fixed: "cc".to_owned(),
        }),
        sink_type: Some("linkedin".to_owned()),
        account: Some("sha256:00".to_owned()),
        evidence: Some(ItemEvidence {
            title: Some("sha256:11".to_owned()),
            lang: Some("de".to_owned()),
            ..ItemEvidence::default()
        }),
        ..attempt("b", &["https://a.org/ö", "blog:ö.md", "id:x"], "s")
    });
    let mut remote = receipt("urn:1");
    remote.at = Some(at);
    remote
        .extra
        .insert("cid".to_owned(), json!([1.5, {"a": "}"}]));
    let claim = Claim::new("run", at);
    let mut slots = BTreeMap::from([("media:0".to_owned(), json!({"id": "\"x\"", "n": [1]}))]);
    slots.insert("now".to_owned(), json!(at));
    let follow_ups = vec!["tag".to_owned(), "pin".to_owned()];
    let intent = |repeat| EventKind::Intent {
        attempt: Arc::clone(&full),
        slots: slots.clone(),
        claim: claim.clone(),
        repeat,
        follow_ups: follow_ups.clone(),
    };
    let mut pipeline_names = PipelineNames {
        program: Some("syndicate 0".to_owned()),
        sites: vec!["a.org".to_owned()],
        ..PipelineNames::default()
    };
    pipeline_names.sinks.push(SinkName {
        name: "s".to_owned(),
        kind: "linkedin".to_owned(),
    });
    pipeline_names.sources.push(SourceName {
        name: "blog".to_owned(),
        kind: "site".to_owned(),
    });
    let more = [
        intent(None),
        intent(Some(Repeat::ALWAYS)),
        EventKind::Sent {
            attempt: Arc::clone(&full),
            remote: remote.clone(),
            follow_ups: follow_ups.clone(),
        },
        EventKind::Probed {
            attempt: Arc::clone(&full),
            claim,
        },
        EventKind::FollowedUp {
            attempt: Arc::clone(&full),
            step: "tag".to_owned(),
            skipped: false,
        },
        EventKind::FollowedUp {
            attempt: Arc::clone(&full),
            step: "tag".to_owned(),
            skipped: true,
        },
        EventKind::Updated {
            attempt: Arc::clone(&full),
            remote: Some(Receipt::default()),
        },
        refused_as_equal(full, Some("urn:2")),
        moved(&["id:y", "https://a.org/z"], Some(&["https://a.org/y"])),
        EventKind::Created {
            pipeline_names: pipeline_names.clone(),
        },
        EventKind::Known {
            pipeline_names,
            backfill: vec!["s".to_owned()],
        },
    ];
    let more = more
        .into_iter()
        .zip(100..)
        .map(|(kind, at)| event(at, kind));
    let events = one_of_each().into_iter().chain(more);
    events
        .map(|event| line(&event).trim_end().to_owned())
        .collect()
}

/// Checks that both parsers return the same, if the parser for typed lines returns anything.
fn assert_same(line: &[u8], last: &mut LastAttempt) {
    if let Some(event) = parse(line, last) {
        let text = String::from_utf8_lossy(line);
        assert_eq!(parse_fields(line).ok(), Some(event), "{text}");
    }
}

#[test]
fn every_written_line_is_typed() {
    let mut last = LastAttempt::default();
    for line in lines() {
        let event = parse(line.as_bytes(), &mut last);
        assert!(event.is_some(), "{line}");
        assert_same(line.as_bytes(), &mut last);
    }
}

#[test]
fn attempt_is_shared_only_with_equal_fields() {
    let mut last = LastAttempt::default();
    let mut attempt_of = |line: &str| {
        let event = parse(line.as_bytes(), &mut last).unwrap();
        Arc::clone(event.kind.attempt().unwrap())
    };
    let intent = line(&event(1, intent(attempt("a", &["k"], "s"))));
    let sent = line(&event(2, sent(attempt("a", &["k"], "s"))));
    let with_type = sent.replace(r#","remote""#, r#","type":"t","remote""#);
    let first = attempt_of(intent.trim_end());
    assert!(Arc::ptr_eq(&first, &attempt_of(sent.trim_end())));
    assert_eq!(
        attempt_of(with_type.trim_end()).sink_type.as_deref(),
        Some("t")
    );
    assert_eq!(attempt_of(sent.trim_end()).sink_type, None);
}

fn any_time() -> impl Strategy<Value = String> {
    let number =
        |most: u32, digits: usize| (0..=most).prop_map(move |number| format!("{number:0digits$}"));
    let day = (number(9999, 4), number(14, 2), number(33, 2));
    let time = (number(25, 2), number(61, 2), number(61, 2));
    let end = select(&["Z", ".123Z", ".1Z", ".000Z", "+01:00", ".1234Z", "z", ""][..]);
    (day, time, end).prop_map(|((year, month, day), (hour, minute, second), end)| {
        format!("{year}-{month}-{day}T{hour}:{minute}:{second}{end}")
    })
}

#[test]
fn edited_copies_of_one_line_are_events() {
    let copies = |edit: &dyn Fn(usize) -> String| {
        let written = line(&event(1, intent(attempt("a", &["k"], "s"))));
        let lines = (0..200).map(|number| written.replace("sha256:a", &edit(number)));
        let lines: Vec<String> = lines.collect();
        let mut packed = LedgerState::default();
        let read = |add: &mut dyn FnMut(&[u8]) -> _| {
            lines
                .iter()
                .try_for_each(|line| add(line.trim_end().as_bytes()))
        };
        packed.extend_lines(0, read).unwrap();
        packed.event_count()
    };
    assert_eq!(copies(&|number| format!("sha256:{number}")), 200);
    assert_eq!(copies(&|number| format!("sha256:{}", number % 2)), 2);
}

/// Returns lines with ids of their own, some of them in a form that only the general parser reads.
fn any_text() -> impl Strategy<Value = String> {
    let line = (any::<Index>(), 0..4, 0..30);
    proptest::collection::vec(line, 1..12).prop_map(|chosen| {
        let lines = lines();
        let chosen = chosen.into_iter().map(|(line, form, id)| {
            let line = line
                .get(&lines)
                .replacen(r#""id":""#, &format!(r#""id":"{id}-"#), 1);
            match form {
                0 => line.replacen(r#","at""#, r#", "at""#, 1),
                1 => line.strip_suffix('}').unwrap().to_owned() + r#","note":"\""}"#,
                _ => line,
            }
        });
        chosen.map(|line| line + "\n").collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(500), ..ProptestConfig::default() })]

    #[test]
    fn packed_lines_agree_with_parser(text in any_text()) {
        let lines = || text.lines().map(str::as_bytes);
        let mut packed = LedgerState::default();
        packed.extend_lines(0, |add| lines().try_for_each(add)).unwrap();
        let events = lines().filter_map(|line| parse_fields(line).ok());
        let built: LedgerState = events.collect();
        prop_assert_eq!(packed.events(), built.events());
        prop_assert_eq!(packed.histories().len(), built.histories().len());
        for event in built.events() {
            let attempt = event.kind.attempt().map(|attempt| attempt.id.as_str());
            let id = attempt.unwrap_or_default();
            prop_assert_eq!(packed.attempt(id), built.attempt(id));
            prop_assert!(packed.has_exactly(event));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(2000), ..ProptestConfig::default() })]

    #[test]
    fn typed_parser_agrees_on_edited_lines(
        edits in proptest::collection::vec(
            (any::<Index>(), any::<Index>(), 0..5, select(BYTES), select(&FRAGMENTS[..])),
            1..4,
        ),
        line in any::<Index>(),
        before in any::<Index>(),
    ) {
        let lines = lines();
        let mut last = LastAttempt::default();
        assert_same(before.get(&lines).as_bytes(), &mut last);
        let mut bytes = line.get(&lines).clone().into_bytes();
        for (at, end, edit, byte, fragment) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = at + end.index((bytes.len() - at).min(40)) + 1;
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.drain(at..end)),
                3 => bytes.splice(at..at, fragment.bytes()).for_each(drop),
                _ => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part).for_each(drop);
                }
            }
        }
        assert_same(&bytes, &mut last);
        assert_same(before.get(&lines).as_bytes(), &mut last);
    }

    #[test]
    fn typed_parser_agrees_on_times(at in any_time(), until in any_time()) {
        let failed = EventKind::Failed {
            attempt: attempt("a", &["k"], "s").into(),
            code: "throttled".to_owned(),
            message: "enough".to_owned(),
            until: Some(event(9, created()).at),
            existing: None,
        };
        let line = line(&event(1, failed));
        let line = line.trim_end().replace("2027-01-15T08:00:01Z", &at);
        let line = line.replace("2027-01-15T08:00:09Z", &until);
        assert_same(line.as_bytes(), &mut LastAttempt::default());
    }
}

#[test]
fn typed_parser_reads_every_day() {
    let mut date = jiff::civil::date(1899, 12, 31);
    let written = line(&event(1, created()));
    while date.year() < 2105 {
        let line = written.trim_end().replace("2027-01-15", &date.to_string());
        let event = parse(line.as_bytes(), &mut LastAttempt::default()).unwrap();
        assert_eq!(event.at.to_string(), format!("{date}T08:00:01Z"));
        date = date.tomorrow().unwrap();
    }
}
