use std::cell::Cell;

use proptest::prelude::*;
use syndicate_api::{Measure, RichText, TextSpan};

use super::{MeasureText, MentionTable, TextPiece, TooLong, fit};
use crate::engine::render::placeholders::TextOrigin::{self, Value, Written};

/// Measures UTF-16 code units, as LinkedIn does, and counts the measured texts.
struct CountingMeasure {
    limit: usize,
    measured: Cell<usize>,
}

impl CountingMeasure {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            measured: Cell::new(0),
        }
    }
}

impl MeasureText for CountingMeasure {
    fn limit(&self) -> usize {
        self.limit
    }

    fn measure(&self, text: &RichText) -> usize {
        if text
            .0
            .iter()
            .any(|span| matches!(span, TextSpan::Hashtag(_)))
        {
            self.measured.set(self.measured.get() + 1);
        }
        text.plain().encode_utf16().count()
    }
}

fn piece(origin: TextOrigin, text: &str, min: Option<usize>) -> TextPiece {
    TextPiece {
        origin,
        text: text.to_owned(),
        min,
    }
}

fn fitted(pieces: &[TextPiece], limit: usize) -> Result<String, TooLong> {
    fit(
        pieces,
        &MentionTable::default(),
        &CountingMeasure::new(limit),
    )
    .map(|rendered| rendered.text.plain())
}

#[test]
fn longest_part_is_shortened_first() {
    let pieces = [
        piece(Value, "A short title", Some(5)),
        piece(Written, "\n", None),
        piece(
            Value,
            "A description that goes on for a good while",
            Some(5),
        ),
        piece(Written, "\n#tail", None),
    ];
    for (limit, expected) in [
        (
            63,
            "A short title\nA description that goes on for a good while\n#tail",
        ),
        (
            62,
            "A short title\nA description that goes on for a good…\n#tail",
        ),
        (40, "A short title\nA description that…\n#tail"),
        (34, "A short title\nA description…\n#tail"),
        (33, "A short…\nA description…\n#tail"),
        (29, "A short…\nA description…\n#tail"),
    ] {
        match fitted(&pieces, limit) {
            Ok(text) => assert_eq!(text, expected, "at {limit}"),
            Err(error) => panic!("at {limit}: {error:?}"),
        }
    }
}

#[test]
fn fit_keeps_minimum_length() {
    let pieces = [
        piece(Value, "one two three four", Some(8)),
        piece(Written, " #tail", None),
    ];
    assert_eq!(fitted(&pieces, 21).unwrap(), "one two three… #tail");
    let error = fitted(&pieces, 19).unwrap_err();
    assert_eq!(
        error,
        TooLong {
            measure: Measure::new("characters", 20, 19),
            had_parts: true
        }
    );
}

#[test]
fn text_without_parts_is_not_cut() {
    let error = fitted(&[piece(Value, "one two", None)], 6).unwrap_err();
    assert_eq!(
        error,
        TooLong {
            measure: Measure::new("characters", 7, 6),
            had_parts: false
        }
    );
}

#[test]
fn fit_measures_under_twenty_times() {
    let measurer = CountingMeasure::new(3000);
    let pieces = [
        piece(Value, &"many words ".repeat(2000), Some(40)),
        piece(Written, "\n\n#tail", None),
    ];
    let rendered = fit(&pieces, &MentionTable::default(), &measurer).unwrap();
    assert!(rendered.shortened);
    let length = rendered.text.plain().encode_utf16().count();
    assert!((2985..=3000).contains(&length), "{length}");
    assert!(measurer.measured.get() < 20, "{}", measurer.measured.get());
}

proptest! {
    #[test]
    fn fit_result_is_within_limit(
        first in r"[a-zé ,.👩‍👧]{0,60}",
        second in r"\PC{0,60}",
        min in 0_usize..20,
        limit in 0_usize..120,
    ) {
        let pieces = [
            piece(Value, &first, Some(min)),
            piece(Written, "\n\n", None),
            piece(Value, &second, Some(min)),
            piece(Written, "\n\n#tail", None),
        ];
        let unlimited = fitted(&pieces, usize::MAX).unwrap();
        let length = unlimited.encode_utf16().count();
        match fit(&pieces, &MentionTable::default(), &CountingMeasure::new(limit)) {
            Ok(rendered) => {
                let text = rendered.text.plain();
                prop_assert!(text.encode_utf16().count() <= limit);
                prop_assert_eq!(rendered.shortened, length > limit);
                prop_assert_eq!(rendered.text.0.last(), Some(&TextSpan::Hashtag("tail".to_owned())));
                if length <= limit {
                    prop_assert_eq!(text, unlimited);
                }
            }
            Err(error) => prop_assert!(length > limit && !error.measure.fits()),
        }
    }
}
