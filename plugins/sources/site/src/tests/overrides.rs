//! The `syndicate:` block of the front matter.

use serde_json::json;
use syndicate_api::{AttachmentSpec, Overrides, SinkRef, SkippedSinks};

use super::TestSite;

fn site(block: &str) -> TestSite {
    TestSite::new()
        .option("timezone", json!("Europe/Oslo"))
        .file("a.md", format!("---\ntitle: A\n{block}\n---\n"))
}

#[test]
fn hash_outside_yaml_is_text() {
    let front = "+++\n[syndicate]\ncommentary = \"see: Hello #all\"\n+++\n";
    let item = TestSite::new().file("a.md", front).item();
    assert_eq!(
        item.overrides.commentary.as_deref(),
        Some("see: Hello #all")
    );
}

#[test]
fn overrides_of_every_shape() {
    let linkedin = || SkippedSinks::Named(vec!["linkedin".to_owned()]);
    for (block, skip) in [
        ("syndicate: false", SkippedSinks::All),
        ("syndicate: true", SkippedSinks::None),
        ("syndicate:", SkippedSinks::None),
        ("syndicate: {skip: true}", SkippedSinks::All),
        ("syndicate: {skip: false}", SkippedSinks::None),
        ("syndicate: {skip: linkedin}", linkedin()),
        ("syndicate:\n  skip: [linkedin]", linkedin()),
        ("syndicate:\n  skip:\n  at:\n  id: ''", SkippedSinks::None),
    ] {
        assert_eq!(site(block).item().overrides.skip, skip, "{block}");
    }

    let block = "syndicate:\n  id: 7\n  at: 2026-12-01 09:00\n  commentary: 'Hello #all'\n  \
                 linkedin: {commentary: Hello LinkedIn}\n  mastodon:";
    let item = site(block).item();
    let at = item.overrides.at.clone().unwrap();
    assert_eq!(at.timestamp().to_string(), "2026-12-01T08:00:00Z");
    let expected = Overrides {
        skip: SkippedSinks::None,
        id: Some("7".to_owned()),
        at: Some(at),
        commentary: Some("Hello #all".to_owned()),
        sink_commentary: [("linkedin".to_owned(), "Hello LinkedIn".to_owned())].into(),
        attachment: None,
        attachment_line: None,
        named_sinks: [("linkedin", 7), ("mastodon", 8)]
            .map(|(name, line)| SinkRef {
                name: name.to_owned(),
                key: format!("syndicate.{name}"),
                line: Some(line),
            })
            .into(),
    };
    assert_eq!(*item.overrides, expected);
    assert_eq!(item.keys, ["blog:a.md", "id:7"]);

    let item = site("syndicate: {at: '2026-12-01T09:00+03:00'}").item();
    let at = item.overrides.at.as_ref().unwrap().timestamp().to_string();
    assert_eq!(at, "2026-12-01T06:00:00Z");
}

#[test]
fn skip_accepts_every_negative() {
    for value in [
        "false",
        "no",
        "No",
        "off",
        "OFF",
        "'no'",
        "\"false\"",
        "n",
        "0",
        "'0'",
        "never",
        "none",
    ] {
        let block = format!("syndicate: {value}");
        assert_eq!(
            site(&block).item().overrides.skip,
            SkippedSinks::All,
            "{block}"
        );
    }
    for value in [
        "true",
        "yes",
        "'On'",
        "1",
        "y",
        "all",
        "'*'",
        "[everywhere]",
    ] {
        let block = format!("syndicate:\n  skip: {value}");
        assert_eq!(
            site(&block).item().overrides.skip,
            SkippedSinks::All,
            "{block}"
        );
    }
    for value in ["no", "'false'", "0", "never", "[]"] {
        let block = format!("syndicate:\n  skip: {value}");
        assert_eq!(
            site(&block).item().overrides.skip,
            SkippedSinks::None,
            "{block}"
        );
    }
    let sinks = SkippedSinks::Named(vec!["a".to_owned(), "B".to_owned()]);
    for value in ["a, B", "[a, B]", "['a ', B]"] {
        let block = format!("syndicate: {{skip: {value}}}").replace("a, B}", "'a, B'}");
        assert_eq!(site(&block).item().overrides.skip, sinks, "{block}");
    }
}

#[test]
fn override_keys_ignore_case() {
    let skip = |block: &str| site(block).item().overrides.skip.clone();
    assert_eq!(skip("Syndicate: false"), SkippedSinks::All);
    assert_eq!(skip("SYNDICATE: {SKIP: true}"), SkippedSinks::All);
    assert_eq!(
        skip("Syndicate:\n  Skip: [x]"),
        SkippedSinks::Named(vec!["x".to_owned()])
    );
    let item = site("Syndicate: {Commentary: Hi, At: 2026-12-01, ID: z}").item();
    assert_eq!(item.overrides.commentary.as_deref(), Some("Hi"));
    assert!(item.overrides.at.is_some() && item.keys.contains(&"id:z".to_owned()));
}

#[test]
fn misspelt_override_block_is_rejected() {
    for (block, line, message, hint) in [
        (
            "syndciate: false",
            3,
            "unknown key `syndciate`",
            "did you mean `syndicate`?",
        ),
        (
            "a: b\nsyndicat: {skip: true}",
            4,
            "unknown key `syndicat`",
            "did you mean `syndicate`?",
        ),
        (
            "syndicate.skip: true",
            3,
            "unknown key `syndicate.skip`",
            "write `skip` under `syndicate:`",
        ),
        (
            "syndicate_skip: true",
            3,
            "unknown key `syndicate_skip`",
            "write `skip` under `syndicate:`",
        ),
        (
            "syndicate: {skp: true}",
            3,
            "unknown key `syndicate.skp`",
            "did you mean `skip`?",
        ),
        (
            "syndicate:\n  comentary: x",
            4,
            "unknown key `syndicate.comentary`",
            "did you mean `commentary`?",
        ),
        (
            "syndicate: {linkedin: {comentary: x}}",
            3,
            "unknown key `syndicate.linkedin.comentary`",
            "did you mean `commentary`?",
        ),
        (
            "syndicate: {skip: no, Skip: yes}",
            3,
            "are the same key",
            "keep one of them",
        ),
        (
            "syndicate: {a: 1}\nSyndicate: no",
            3,
            "are the same key",
            "keep one of them",
        ),
    ] {
        let fault = site(block).fault();
        assert!(fault.message.contains(message), "{block}: {fault}");
        assert_eq!(fault.hint.as_deref(), Some(hint), "{block}");
        if !block.contains("Syndicate") {
            assert_eq!(fault.line(), Some(line), "{block}");
        }
    }
    // Keys of other programs that resemble ours are ignored.
    for block in [
        "syndication: [https://a.example]",
        "syndicated: true",
        "syndicate_to: x",
    ] {
        assert_eq!(
            *site(block).item().overrides,
            Overrides::default(),
            "{block}"
        );
    }
}

#[test]
fn inherited_skip_survives_empty_block() {
    let item = |block: &str| {
        TestSite::new()
            .option("generator", json!("eleventy"))
            .file(
                "posts/posts.json",
                r#"{"tags": "posts", "syndicate": false}"#,
            )
            .file(
                "posts/a.md",
                format!("---\ntitle: A\ndate: 2026-11-20\n{block}---\nText\n"),
            )
            .item()
    };
    assert_eq!(item("syndicate:\n").overrides.skip, SkippedSinks::All);
    assert_eq!(item("syndicate: true\n").overrides.skip, SkippedSinks::None);
}

#[test]
fn invalid_override_names_line() {
    for (block, line, message) in [
        ("syndicate: maybe", 3, "`syndicate` is not a map"),
        (
            "syndicate:\n  skip: 3",
            4,
            "expected `true`, `false` or sinks for `syndicate.skip`, found `3`",
        ),
        ("syndicate: ~", 3, "`syndicate` is null"),
        ("syndicate: null # off", 3, "`syndicate` is null"),
        ("syndicate: []", 3, "`syndicate` is not a map"),
        ("syndicate: [linkedin]", 3, "`syndicate` is not a map"),
        (
            "syndicate:\n  skip: {}",
            4,
            "expected `true`, `false` or sinks for `syndicate.skip`, found `{}`",
        ),
        (
            "syndicate:\n  skip: [a, '']",
            4,
            "expected `true`, `false` or sinks for `syndicate.skip`, found `[\"a\",\"\"]`",
        ),
        (
            "syndicate:\n  skip: [true]",
            4,
            "expected `true`, `false` or sinks for `syndicate.skip`, found `[true]`",
        ),
        (
            "syndicate:\n  at: []",
            4,
            "invalid date `[]` in `syndicate.at`",
        ),
        (
            "syndicate:\n  at: {}",
            4,
            "invalid date `{}` in `syndicate.at`",
        ),
        (
            "syndicate:\n  at: [2026-12-01]",
            4,
            "invalid date `[\"2026-12-01\"]` in `syndicate.at`",
        ),
        (
            "syndicate:\n  commentary: []",
            4,
            "`syndicate.commentary` is not text",
        ),
        ("syndicate:\n  id: {}", 4, "`syndicate.id` is not text"),
        (
            "syndicate:\n  linkedin: []",
            4,
            "`syndicate.linkedin` is not a map",
        ),
        ("syndicate:\n  id: [a]", 4, "`syndicate.id` is not text"),
        (
            "syndicate:\n  commentary: x\n  at: soon",
            5,
            "invalid date `soon` in `syndicate.at`",
        ),
        (
            "syndicate:\n  commentary: [a]",
            4,
            "`syndicate.commentary` is not text",
        ),
        (
            "syndicate:\n  linkedin: hello",
            4,
            "`syndicate.linkedin` is not a map",
        ),
        (
            "syndicate:\n  linkedin:\n    text: x",
            4,
            "unknown key `syndicate.linkedin.text`",
        ),
        (
            "syndicate:\n  commentary: Hello #all",
            4,
            "YAML reads the end of `syndicate.commentary` as a comment",
        ),
        (
            "syndicate: {linkedin: {commentary: [a]}}",
            3,
            "`syndicate.linkedin.commentary` is not text",
        ),
    ] {
        let fault = site(block).fault();
        assert_eq!(
            (fault.line(), fault.message.as_str()),
            (Some(line), message),
            "{block}"
        );
    }
}

#[test]
fn override_keys_are_not_sinks() {
    for key in Overrides::KEYS.iter().chain(AttachmentSpec::KEYS) {
        assert!(Overrides::is_key(key), "{key}");
        let faults = site(&format!("syndicate: {{{key}: {{commentary: Hello}}}}"))
            .scan()
            .faults;
        assert_eq!(faults.len(), 1, "{key}");
    }
    assert!(!Overrides::is_key("linkedin"));
}

#[test]
fn own_overrides_beat_inherited_ones() {
    let item = |block: &str| {
        TestSite::new()
            .option("generator", json!("eleventy"))
            .file(
                "posts/posts.json",
                r#"{"tags": "posts", "syndicate": {"skip": ["a"], "commentary": "For all", "poll": {"question": "Q", "options": ["x", "y"]}}}"#,
            )
            .file("posts/a.md", format!("---\ntitle: A\ndate: 2026-11-20\n{block}---\nText\n"))
            .item()
    };
    let skip = SkippedSinks::Named(vec!["a".to_owned()]);
    let around = item("").overrides;
    assert_eq!(
        (&around.skip, around.commentary.as_deref()),
        (&skip, Some("For all"))
    );
    let own = item("syndicate: {commentary: Own}\n").overrides;
    assert_eq!((&own.skip, own.commentary.as_deref()), (&skip, Some("Own")));
    assert!(own.attachment.is_some());
    let own = item("syndicate: {skip: false}\n").overrides;
    assert_eq!(
        (&own.skip, own.commentary.as_deref()),
        (&SkippedSinks::None, Some("For all"))
    );
}

#[test]
fn commentary_resembling_keys_is_text() {
    let item = site(
        "syndicate:\n  commentary: |\n    linkedin:\n      commentary: a word #cut\n  linkedin:\n    commentary: |\n      Fine.\n",
    )
    .item();
    assert!(item.overrides.commentary.as_ref().unwrap().contains("#cut"));
    let faults = site("syndicate:\n  commentary: |\n    commentary: x\n  linkedin:\n    commentary: a word #cut\n")
        .scan()
        .faults;
    assert_eq!((faults.len(), faults[0].line()), (1, Some(6)), "{faults:?}");
}
