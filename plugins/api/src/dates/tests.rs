use super::{PostDate, parse_date, parse_feed_date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn read(text: &str) -> Option<(String, bool, bool)> {
    let zone = TimeZone::get("Europe/Oslo").unwrap();
    let parsed = parse_date(text, &zone).ok()?;
    let at = parsed.date.at.timestamp().to_string();
    Some((at, parsed.date.day_only, parsed.has_offset))
}

#[test]
fn parse_date_accepts_each_format() {
    for (text, at, day_only, own_offset) in [
        ("2024-03-01", "2024-02-29T23:00:00Z", true, false),
        ("2024-3-1", "2024-02-29T23:00:00Z", true, false),
        ("2024/03/01", "2024-02-29T23:00:00Z", true, false),
        ("20240301", "2024-02-29T23:00:00Z", true, false),
        ("\u{a0}2015-11-3", "2015-11-02T23:00:00Z", true, false),
        ("25 Aug 2024", "2024-08-24T22:00:00Z", true, false),
        ("Aug 25, 2024", "2024-08-24T22:00:00Z", true, false),
        (
            "Sunday, 25 August 2024",
            "2024-08-24T22:00:00Z",
            true,
            false,
        ),
        ("2024-03-01 09:30", "2024-03-01T08:30:00Z", false, false),
        ("2024-03-01 9:30:15", "2024-03-01T08:30:15Z", false, false),
        (
            "2024-03-01T09:30:15.25",
            "2024-03-01T08:30:15.25Z",
            false,
            false,
        ),
        ("2024-03-01T09:30:15Z", "2024-03-01T09:30:15Z", false, true),
        (
            "2024-03-01T09:30:15.000Z",
            "2024-03-01T09:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01T09:30+01:00",
            "2024-03-01T08:30:00Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 +0100",
            "2024-03-01T08:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 -0800",
            "2024-03-01T17:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 -4",
            "2024-03-01T13:30:15Z",
            false,
            true,
        ),
        ("2024-03-01 09:30 UTC", "2024-03-01T09:30:00Z", false, true),
        (
            "2024-03-01 09:30 America/New_York",
            "2024-03-01T14:30:00Z",
            false,
            true,
        ),
        (
            "Fri, 01 Mar 2024 09:30:15 GMT",
            "2024-03-01T09:30:15Z",
            false,
            true,
        ),
        (
            "Fri Mar 1 09:30:15 2024 -0800",
            "2024-03-01T17:30:15Z",
            false,
            true,
        ),
        // In the hour that the clocks skip, the offset before it holds.
        ("2024-03-31 02:30", "2024-03-31T01:30:00Z", false, false),
    ] {
        let expected = Some((at.to_owned(), day_only, own_offset));
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn parse_date_rejects_ambiguous_text() {
    for text in [
        "",
        "soon",
        "2024",
        "2024-03",
        "01/02/2024",
        "2024-13-01",
        "2024-02-30",
        "1.2.2024",
        "2024-03-01 25:00",
        "2024-03-01 09",
        "2024-03-01 09:30 CET",
        "2024-03-01 2024-03-02",
        "12:30",
        "2024-03-01 +01:00",
        "true",
        "2024-03-01 09:30 +99:00",
        "March 2024",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn parse_feed_date_never_panics(text in "[0-9TZ:+ ,./a-zA-Z-]{0,30}") {
        drop(feed_date(&text));
    }

    #[test]
    fn rfc_3339_and_rfc_2822_round_trip(second in -2_208_988_800_i64..4_102_444_800) {
        let at = jiff::Timestamp::from_second(second).unwrap();
        prop_assert_eq!(instant(&at.to_string()), Some(at.to_string()));
        let rfc = jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap();
        prop_assert_eq!(instant(&rfc), Some(at.to_string()));
    }

    #[test]
    fn parse_date_ignores_outer_blanks(text in "\\PC{0,40}|[0-9TZ:./+ -]{0,30}(Mar|[a-z]{3})?[0-9 ]{0,6}") {
        let spaced = format!("\u{a0}{text} ");
        prop_assert_eq!(parse_date(&text, &TimeZone::UTC), parse_date(&spaced, &TimeZone::UTC));
    }

    #[test]
    fn parse_date_round_trips(seconds in 0_i64..4_000_000_000) {
        let at = jiff::Timestamp::from_second(seconds).unwrap();
        let read = parse_date(&at.to_string(), &TimeZone::UTC).unwrap();
        prop_assert_eq!(read.date.at.timestamp(), at);
    }
}

fn feed_date(text: &str) -> Option<PostDate> {
    parse_feed_date(text, &TimeZone::UTC).ok()
}

fn instant(text: &str) -> Option<String> {
    Some(feed_date(text)?.at.timestamp().to_string())
}

#[test]
fn feed_formats_mean_one_instant() {
    for text in [
        "2026-11-02T09:30:00Z",
        "2026-11-02T09:30:00.000Z",
        "2026-11-02T09:30Z",
        "2026-11-02t10:30:00+01:00",
        "2026-11-02T10:30:00+0100",
        "2026-11-02 04:30:00 -0500",
        "2026-11-02 04:30:00 -05:00",
        "2026/11/2 9:30",
        "Mon, 02 Nov 2026 09:30:00 GMT",
        "Mon, 2 Nov 2026 09:30:00 +0000",
        "Mon,02 Nov 2026 09:30 UT",
        "02 Nov 26 09:30 GMT",
        "2 November 2026 04:30:00 EST",
        "Montag, 2 Nov 2026 10:30:00 CET",
        "Lun., 02 Nov. 2026 10:30:00 +01:00",
        "Monday, 02-Nov-26 09:30:00 GMT",
        "Mon Nov  2 09:30:00 2026",
        "Nov 2, 2026 09:30",
        " 2026-11-02T09:30:00Z\n",
    ] {
        assert_eq!(
            instant(text).as_deref(),
            Some("2026-11-02T09:30:00Z"),
            "{text}"
        );
    }
    assert_eq!(
        instant("31 Dec 1998 23:59:60 GMT").as_deref(),
        Some("1998-12-31T23:59:59Z")
    );
    assert_eq!(
        instant("2 Nov 99 00:00 Z").as_deref(),
        Some("1999-11-02T00:00:00Z")
    );
}

#[test]
fn feed_date_may_be_a_day() {
    for text in ["2026-11-02", "Mon, 02 Nov 2026", "November 2, 2026"] {
        let moment = parse_feed_date(text, &TimeZone::get("Europe/Oslo").unwrap()).unwrap();
        assert!(moment.day_only, "{text}");
        assert_eq!(
            moment.at.timestamp().to_string(),
            "2026-11-01T23:00:00Z",
            "{text}"
        );
    }
}

#[test]
fn parse_feed_date_rejects_other_text() {
    for text in [
        "",
        "soon",
        "01/02/2026",
        "2026-13-01",
        "2026-02-30",
        "25:00",
        "2026",
        "2 Nov",
        "Mon, 02 Nov 2026 09:30:00 XYZ",
        "2026-11-02T09:30:00+99:00",
        "2026-11-02 2026-11-03",
        "1793612345",
        "2026-11-02T",
        "2026-11-02T09",
        "２ Nov 2026",
        "-",
        "T",
        ":",
    ] {
        assert_eq!(instant(text), None, "{text}");
    }
}

#[test]
fn date_after_last_instant_is_clamped() {
    let zone = TimeZone::get("America/New_York").unwrap();
    for text in ["9999-12-31", "9999-12-31 23:59:59"] {
        let dated = parse_date(text, &zone).unwrap().date;
        assert_eq!(dated.at.date().to_string(), "9999-12-31");
        assert_eq!(dated.at.timestamp(), jiff::Timestamp::MAX);
        // No clock shows the offset `+25:59:59`, and no other program parses it.
        assert_eq!(dated.at.strftime("%:z").to_string(), "+14:00");
    }
}
