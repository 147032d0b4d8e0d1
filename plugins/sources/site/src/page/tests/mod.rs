//! Dates and descriptions of pages.

use jiff::tz::TimeZone;

use super::{Page, read};

fn page(html: &str) -> Page {
    read(html.as_bytes(), None, &TimeZone::UTC)
}

/// Returns each date with its origin; a day without a time as the bare day.
fn dates(candidates: &super::Candidates<syndicate_api::PostDate>) -> Vec<String> {
    let dates = candidates.iter().map(|(date, origin)| {
        if date.day_only {
            format!("{origin}: {}", date.at.date())
        } else {
            format!("{origin}: {}", date.at.timestamp())
        }
    });
    dates.collect()
}

#[test]
fn page_dates_in_many_forms() {
    for (written, expected) in [
        ("2015-01-12T10:40:00.000Z", "2015-01-12T10:40:00Z"),
        ("2015-01-12T11:40:00+01:00", "2015-01-12T10:40:00Z"),
        ("2015-01-12 11:40:00 +0100", "2015-01-12T10:40:00Z"),
        ("2015-01-12 10:40", "2015-01-12T10:40:00Z"),
        ("Mon, 12 Jan 2015 10:40:00 GMT", "2015-01-12T10:40:00Z"),
        (
            "Mon Jan 12 2015 11:40:00 GMT+0100 (CET)",
            "2015-01-12T10:40:00Z",
        ),
        ("2015-01-12", "2015-01-12"),
        ("January 12, 2015", "2015-01-12"),
        ("20150112", "2015-01-12"),
        ("article.date.isoformat()", ""),
        ("01/12/2015", ""),
        ("0001-01-01T00:00:00Z", ""),
    ] {
        let html = format!(r#"<meta property="article:published_time" content="{written}">"#);
        let expected = (!expected.is_empty())
            .then(|| format!("page `article:published_time`: {expected}"))
            .into_iter();
        assert_eq!(
            dates(&page(&html).published),
            expected.collect::<Vec<_>>(),
            "{written}"
        );
    }
}

#[test]
fn page_date_without_offset_uses_zone() {
    let zone = TimeZone::get("Europe/Oslo").unwrap();
    let html = br#"<meta name="date" content="2015-07-12 10:40"><meta name="last-modified"
        content="2015-07-13 10:40">"#;
    let page = read(html, None, &zone);
    assert_eq!(
        dates(&page.published),
        ["page `meta date`: 2015-07-12T08:40:00Z"]
    );
    assert_eq!(
        dates(&page.updated),
        ["page `meta last-modified`: 2015-07-13T08:40:00Z"]
    );
}

#[test]
fn invalid_datetime_falls_back_to_visible_text() {
    for (time, expected) in [
        ("<time datetime=2024-05-01>2 May 2024</time>", "2024-05-01"),
        (
            "<time datetime=oops()>Wed 08 August 2012</time>",
            "2012-08-08",
        ),
        ("<time>May 1, 2024</time>", "2024-05-01"),
    ] {
        let published = page(&format!("<article>{time}")).published;
        let expected = [format!("page `article time`: {expected}")];
        assert_eq!(dates(&published), expected, "{time}");
        assert!(published.best_stated().is_none() && published.best().is_some());
    }
}

#[test]
fn long_paragraph_is_shortened() {
    let html = format!("<article><p>{}", "A sentence of the text. ".repeat(50));
    let page = page(&html);
    let (description, _) = page.description.best().unwrap();
    assert!(description.ends_with("text."), "{description}");
    assert!(description.chars().count() <= 300, "{description}");
}
