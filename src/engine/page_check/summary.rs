//! Sums up the readings of many pages by sink: the elements that the values are from, and the gaps.

use std::collections::BTreeMap;
use std::sync::Arc;

use syndicate_api::{Item, PagePart};

use super::{CheckedPage, PageReport};
use crate::engine::page_reading::{PageGap, PageReading};

/// The readings of one sink.
#[derive(Debug)]
pub(crate) struct SinkSummary {
    /// The index of the sink.
    pub sink: usize,
    /// The name of the platform.
    pub crawler: String,
    /// The number of pages.
    pub pages: usize,
    /// The origins of each part, the most frequent first.
    pub parts: Vec<(PagePart, Vec<OriginCount>)>,
    /// The gaps, important ones first.
    pub gaps: Vec<GapSummary>,
}

/// The number of pages that have a part from one element.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OriginCount {
    /// The element.
    pub origin: String,
    /// The number of pages.
    pub pages: usize,
}

/// A gap of one or more pages.
#[derive(Debug)]
pub(crate) struct GapSummary {
    /// The gap of the first of these pages.
    pub gap: PageGap,
    /// The posts of these pages.
    pub items: Vec<Arc<Item>>,
}

/// Sums up `report` by sink, in the order of the pipeline.
pub(crate) fn summarise(report: &PageReport) -> Vec<SinkSummary> {
    let mut by_sink: BTreeMap<usize, Vec<(&CheckedPage, &PageReading)>> = BTreeMap::new();
    for checked in &report.pages {
        for (sink, reading) in &checked.readings {
            by_sink.entry(*sink).or_default().push((checked, reading));
        }
    }
    let by_sink = by_sink.into_iter();
    by_sink
        .map(|(sink, readings)| SinkSummary {
            sink,
            crawler: readings[0].1.crawler.clone(),
            pages: readings.len(),
            parts: parts(&readings),
            gaps: gaps(&readings),
        })
        .collect()
}

fn parts(readings: &[(&CheckedPage, &PageReading)]) -> Vec<(PagePart, Vec<OriginCount>)> {
    let mut parts: Vec<(PagePart, Vec<OriginCount>)> = Vec::new();
    for (part, origin) in readings.iter().flat_map(|(_, reading)| origins(reading)) {
        let at = parts.iter().position(|(own, _)| *own == part);
        let at = at.unwrap_or_else(|| {
            parts.push((part, Vec::new()));
            parts.len() - 1
        });
        let counts = &mut parts[at].1;
        match counts.iter_mut().find(|count| count.origin == origin) {
            Some(count) => count.pages += 1,
            None => counts.push(OriginCount {
                origin: origin.to_owned(),
                pages: 1,
            }),
        }
    }
    for (_, counts) in &mut parts {
        counts.sort_by_key(|count| std::cmp::Reverse(count.pages));
    }
    parts.sort_by_key(|(part, _)| *part);
    parts
}

fn origins(reading: &PageReading) -> impl Iterator<Item = (PagePart, &str)> {
    let picture = reading.picture.as_ref();
    let picture = picture.map(|picture| (PagePart::Picture, picture.origin.as_str()));
    let parts = reading.parts.iter();
    let parts = parts.map(|read| (read.part, read.origin.as_str()));
    parts.chain(picture)
}

fn gaps(readings: &[(&CheckedPage, &PageReading)]) -> Vec<GapSummary> {
    let mut gaps: Vec<GapSummary> = Vec::new();
    for (checked, reading) in readings {
        for gap in &reading.gaps {
            let is_same = |other: &&mut GapSummary| {
                (other.gap.part, other.gap.kind) == (gap.part, gap.kind)
                    && other.gap.effect == gap.effect
            };
            match gaps.iter_mut().find(is_same) {
                Some(known) => known.items.push(Arc::clone(&checked.item)),
                None => gaps.push(GapSummary {
                    gap: gap.clone(),
                    items: vec![Arc::clone(&checked.item)],
                }),
            }
        }
    }
    gaps.sort_by_key(|summary| (!summary.gap.is_important, summary.gap.part));
    gaps
}
