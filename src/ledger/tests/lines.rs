//! Tests of the line format, and of the errors for unreadable lines.

use proptest::prelude::*;
use serde_json::json;
use syndicate_api::CodedError as _;

use super::*;
use crate::ledger::lines::{TrailingBytes, read};
use crate::ledger::wire::{line, parse};
use crate::ledger::{Digests, Ids, LedgerError, RandomIds};

pub(super) fn one_of_each() -> Vec<Event> {
    let a = || attempt("a", &["https://a.org/x", "blog:x.md"], "linkedin");
    let without_url = Receipt::new("urn:2");
    [
        created(),
        adopted(&["https://a.org/y"], None),
        adopted(&["https://a.org/y"], Some("linkedin")),
        intent(a()),
        sent(a()),
        failed(a()),
        unknown(a()),
        settled(a(), Settlement::NotSent),
        settled(a(), Settlement::Sent { remote: None }),
        settled(
            a(),
            Settlement::Sent {
                remote: Some(without_url),
            },
        ),
        retracted(a()),
        EventKind::Approved {
            item: "https://a.org/x".to_owned(),
            keys: vec!["https://a.org/x".to_owned()],
            sink: "linkedin".to_owned(),
            hash: "sha256:00".to_owned(),
        },
        probed(a()),
        EventKind::Updated {
            attempt: Attempt {
                digests: Some(Digests {
                    item: "1:aa".to_owned(),
                    editable: "bb".to_owned(),
                    fixed: "cc".to_owned(),
                }),
                ..a()
            }
            .into(),
            remote: None,
        },
        EventKind::Moved {
            item: "https://a.org/z".to_owned(),
            keys: vec!["https://a.org/z".to_owned(), "https://a.org/y".to_owned()],
            from: None,
            evidence: None,
        },
        EventKind::Failed {
            attempt: a().into(),
            code: "throttled".to_owned(),
            message: "enough for today".to_owned(),
            until: Some("2027-01-16T00:00:00Z".parse().unwrap()),
            existing: None,
        },
        EventKind::FollowedUp {
            attempt: a().into(),
            step: "reference".to_owned(),
            skipped: false,
        },
        EventKind::FollowedUp {
            attempt: a().into(),
            step: "reference".to_owned(),
            skipped: true,
        },
    ]
    .into_iter()
    .zip(1..)
    .map(|(kind, second)| event(second, kind))
    .collect()
}

#[test]
fn every_kind_has_fixed_key_order() {
    let text: String = one_of_each().iter().map(line).collect();
    insta::assert_snapshot!(text, @r#"
    {"v":1,"id":"0001-created","at":"2027-01-15T08:00:01Z","kind":"created"}
    {"v":1,"id":"0002-adopted","at":"2027-01-15T08:00:02Z","kind":"adopted","item":"https://a.org/y","keys":["https://a.org/y"]}
    {"v":1,"id":"0003-adopted","at":"2027-01-15T08:00:03Z","kind":"adopted","sink":"linkedin","item":"https://a.org/y","keys":["https://a.org/y"]}
    {"v":1,"id":"0004-intent","at":"2027-01-15T08:00:04Z","kind":"intent","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","slots":{"author":"urn:li:person:1"}}
    {"v":1,"id":"0005-sent","at":"2027-01-15T08:00:05Z","kind":"sent","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","remote":{"id":"post-a","url":"https://social.example/post-a"}}
    {"v":1,"id":"0006-failed","at":"2027-01-15T08:00:06Z","kind":"failed","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","code":"unavailable","message":"no route to host"}
    {"v":1,"id":"0007-unknown","at":"2027-01-15T08:00:07Z","kind":"unknown","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","code":"outcome_unknown","message":"the connection broke"}
    {"v":1,"id":"0008-settled","at":"2027-01-15T08:00:08Z","kind":"settled","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","as":"not_sent"}
    {"v":1,"id":"0009-settled","at":"2027-01-15T08:00:09Z","kind":"settled","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","as":"sent"}
    {"v":1,"id":"0010-settled","at":"2027-01-15T08:00:10Z","kind":"settled","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","as":"sent","remote":{"id":"urn:2"}}
    {"v":1,"id":"0011-retracted","at":"2027-01-15T08:00:11Z","kind":"retracted","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a"}
    {"v":1,"id":"0012-approved","at":"2027-01-15T08:00:12Z","kind":"approved","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x"],"hash":"sha256:00"}
    {"v":1,"id":"0013-probed","at":"2027-01-15T08:00:13Z","kind":"probed","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a"}
    {"v":1,"id":"0014-updated","at":"2027-01-15T08:00:14Z","kind":"updated","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","digests":{"item":"1:aa","editable":"bb","fixed":"cc"}}
    {"v":1,"id":"0015-moved","at":"2027-01-15T08:00:15Z","kind":"moved","item":"https://a.org/z","keys":["https://a.org/z","https://a.org/y"]}
    {"v":1,"id":"0016-failed","at":"2027-01-15T08:00:16Z","kind":"failed","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","code":"throttled","message":"enough for today","until":"2027-01-16T00:00:00Z"}
    {"v":1,"id":"0017-followed_up","at":"2027-01-15T08:00:17Z","kind":"followed_up","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","step":"reference"}
    {"v":1,"id":"0018-followed_up","at":"2027-01-15T08:00:18Z","kind":"followed_up","sink":"linkedin","item":"https://a.org/x","keys":["https://a.org/x","blog:x.md"],"attempt":"a","hash":"sha256:a","step":"reference","skipped":true}
    "#);
}

#[test]
fn every_kind_round_trips() {
    for event in one_of_each() {
        assert_eq!(parse(line(&event).as_bytes()).unwrap(), event);
    }
}

#[test]
fn unknown_fields_and_kinds_are_kept() {
    let a = attempt("a", &["k"], "s");
    for mut event in [
        event(1, sent(a)),
        event(2, EventKind::Other("blessed".to_owned())),
    ] {
        event.rest.insert("by".to_owned(), json!({"who": ["me"]}));
        assert_eq!(parse(line(&event).as_bytes()).unwrap(), event);
    }
}

#[test]
fn event_id_sorts_by_time() {
    let at: Timestamp = "2026-11-22T10:00:00.123456789Z".parse().unwrap();
    let event = Event::new(&RandomIds, at, created());
    assert_eq!(event.at.to_string(), "2026-11-22T10:00:00.123Z");
    let later = RandomIds.next(at + std::time::Duration::from_secs(1));
    assert!(event.id < later, "{} {later}", event.id);
    assert_ne!(RandomIds.next(at), RandomIds.next(at));
    let ids = |at: Timestamp| format!("id-{}", at.as_second());
    assert_eq!(Event::new(&ids, at, created()).id, "id-1795341600");
}

#[test]
fn unreadable_line_is_named_with_reason() {
    let good = line(&event(1, created()));
    let sent = line(&event(2, sent(attempt("a", &["k"], "s"))));
    let cases = [
        (
            r#"{"v":1,"id":"x","#.to_owned(),
            "invalid JSON at column 16",
        ),
        ("7".to_owned(), "not a JSON object"),
        (sent.replace(r#""sink":"s","#, ""), "`sent` has no `sink`"),
        (
            sent.replace(r#""sink":"s""#, r#""sink":7"#),
            "`sink` of `sent`: invalid type: integer `7`, expected a string",
        ),
        (
            sent.replace(r#""id":"post-a","#, r#""id":7,"#),
            "`remote` of `sent`: invalid type: integer `7`, expected a string",
        ),
        (
            good.replace(r#""v":1"#, r#""v":2"#),
            "this line has version `2`, and this `syndicate` reads version `1`; update it",
        ),
        (good.replace("\"at\"", "\"when\""), "`event` has no `at`"),
        ("<<<<<<< HEAD".to_owned(), "unresolved git conflict marker"),
        ("=======".to_owned(), "unresolved git conflict marker"),
        (
            ">>>>>>> theirs".to_owned(),
            "unresolved git conflict marker",
        ),
    ];
    for (bad, expected) in cases {
        let text = format!("{good}\n{}\n{good}", bad.trim_end());
        let error = read("l.jsonl", text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("l.jsonl:3: {expected}"));
        assert!(error.hint().is_some_and(|hint| !hint.is_empty()));
        assert!(matches!(error, LedgerError::Damaged { line: 3, .. }));
    }
}

#[test]
fn bom_and_crlf_are_accepted() {
    let events = one_of_each();
    let text: String = events.iter().map(line).collect();
    let edited = format!("\u{feff}{}\n\n", text.replace('\n', "\r\n"));
    let read = read("l", edited.as_bytes()).unwrap();
    assert_eq!(read.events, events);
    assert_eq!(read.tail, TrailingBytes::Whole);
}

#[test]
fn complete_invalid_last_line_is_damage() {
    let text = format!("{}{{\"v\":1,\"id\":\"x\"}}", line(&event(1, created())));
    let error = read("l", text.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "l:2: `event` has no `at`");
}

#[test]
fn crash_at_any_byte_keeps_complete_lines() {
    let mut events = one_of_each();
    if let EventKind::Adopted { item, .. } = &mut events[1].kind {
        *item = "ünïcödé 🦀".to_owned();
    }
    let lines: Vec<String> = events.iter().map(line).collect();
    let text = lines.concat();
    for cut in 0..=text.len() {
        let read = read("l", &text.as_bytes()[..cut]).unwrap();
        let mut end = 0;
        let whole = lines
            .iter()
            .take_while(|line| {
                end += line.len();
                end - 1 <= cut
            })
            .count();
        assert_eq!(read.events, events[..whole], "cut at {cut}");
        let ends: usize = lines[..whole].iter().map(String::len).sum();
        match read.tail {
            TrailingBytes::Whole => assert_eq!(cut, ends),
            TrailingBytes::Unended => assert_eq!(cut + 1, ends),
            TrailingBytes::Torn { at, .. } => assert_eq!(at, ends as u64, "cut at {cut}"),
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        // Both an error and an event are acceptable; a panic is not.
        read("l", &bytes).map(|read| read.events.len()).ok();
    }

    #[test]
    fn any_text_survives_the_line(
        item in any::<String>(),
        slot in any::<String>(),
        url in any::<Option<String>>(),
        follow_ups in proptest::collection::vec(any::<String>(), 0..3),
    ) {
        let mut attempt = attempt("a", &["k"], "s");
        attempt.item = item;
        let slots = BTreeMap::from([(slot.clone(), slot.clone().into())]);
        let remote = Receipt {
            url,
            ..Receipt::new(slot)
        };
        for kind in [EventKind::Intent {
            attempt: attempt.clone().into(),
            slots,
            claim: Claim::default(),
            repeat: None,
            follow_ups: follow_ups.clone(),
        }, EventKind::Sent { attempt: attempt.into(), remote, follow_ups }] {
            let event = event(1, kind);
            let line = line(&event);
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert_eq!(parse(line.as_bytes()).unwrap(), event);
        }
    }
}
