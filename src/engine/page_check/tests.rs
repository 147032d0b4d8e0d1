//! Tests of the summary.

use std::sync::Arc;

use syndicate_api::{Item, PageOccasion, PagePart};

use super::*;
use crate::engine::page_reading::{GapKind, PageGap, ReadPart};

/// Returns a page of the sink 0 with a title from `origin`, and with a gap of each part in `gaps`.
fn page(path: &str, origin: &str, gaps: &[(PagePart, bool)]) -> CheckedPage {
    let gap = |(part, is_important): &(PagePart, bool)| PageGap {
        part: *part,
        kind: GapKind::Missing,
        message: "missing".to_owned(),
        effect: "none".to_owned(),
        add: None,
        is_important: *is_important,
        occasion: PageOccasion::EachPost,
    };
    let reading = PageReading {
        crawler: "Test".to_owned(),
        parts: vec![ReadPart {
            part: PagePart::Title,
            text: path.to_owned(),
            origin: origin.to_owned(),
        }],
        gaps: gaps.iter().map(gap).collect(),
        ..PageReading::default()
    };
    CheckedPage {
        item: Arc::new(Item {
            path: Some(path.to_owned()),
            ..Item::default()
        }),
        readings: vec![(0, reading)],
    }
}

#[test]
fn gaps_of_pages_are_summed_up() {
    let picture = (PagePart::Picture, true);
    let report = PageReport {
        pages: vec![
            page("a.md", "<title>", &[(PagePart::Author, false), picture]),
            page("b.md", "og:title", &[]),
            page("c.md", "og:title", &[picture]),
        ],
        ..PageReport::default()
    };
    let summaries = summarise(&report);
    let [summary] = &summaries[..] else {
        panic!("{summaries:?}")
    };
    assert_eq!((summary.sink, summary.pages), (0, 3));
    let [(PagePart::Title, origins)] = &summary.parts[..] else {
        panic!("{:?}", summary.parts)
    };
    let origins: Vec<(&str, usize)> = origins
        .iter()
        .map(|count| (count.origin.as_str(), count.pages))
        .collect();
    assert_eq!(origins, [("og:title", 2), ("<title>", 1)]);
    let gaps: Vec<(PagePart, Vec<&str>)> = summary
        .gaps
        .iter()
        .map(|gap| {
            let items = gap.items.iter().map(|item| item.label());
            (gap.gap.part, items.collect())
        })
        .collect();
    let expected = [
        (PagePart::Picture, vec!["a.md", "c.md"]),
        (PagePart::Author, vec!["a.md"]),
    ];
    assert_eq!(gaps, expected);
}
