//! Breaks segments into lines.

use super::segments::Segment;

/// Tolerance in ems: the width of a line differs from the sum of its segments by the kerning between them.
const TOLERANCE: f32 = 0.001;

/// Returns the number of segments on each line of at most `width` ems. A segment that is wider has its own line.
pub(super) fn wrap(segments: &[Segment], width: f32) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut count, mut used) = (0, 0.0);
    for segment in segments {
        let needed = used + segment.width + segment.end_width;
        if count > 0 && needed > width + TOLERANCE {
            lines.push(count);
            (count, used) = (0, 0.0);
        }
        count += 1;
        used += segment.width + segment.space_width;
    }
    if count > 0 {
        lines.push(count);
    }
    lines
}

/// Breaks as [`wrap`] does, but with lines of about equal length: in the smallest width that needs no more lines.
pub(super) fn wrap_balanced(segments: &[Segment], width: f32) -> Vec<usize> {
    const STEPS: usize = 12;
    let lines = wrap(segments, width);
    let widest = segments.iter().map(|it| it.width + it.end_width);
    let (mut low, mut high) = (widest.fold(0.0, f32::max).min(width), width);
    for _ in 0..STEPS {
        let middle = f32::midpoint(low, high);
        if wrap(segments, middle).len() > lines.len() {
            low = middle;
        } else {
            high = middle;
        }
    }
    wrap(segments, high)
}

/// Returns the text of a line of these segments.
pub(super) fn text_of(segments: &[Segment]) -> String {
    let mut text = String::new();
    for (index, segment) in segments.iter().enumerate() {
        text.push_str(&segment.text);
        text.push_str(if index + 1 < segments.len() {
            segment.space
        } else {
            segment.end
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(widths: &[f32]) -> Vec<Segment> {
        let segment = |width: &f32| Segment {
            text: "x".to_owned(),
            space: " ",
            width: *width,
            space_width: 0.25,
            end: "",
            end_width: 0.0,
        };
        widths.iter().map(segment).collect()
    }

    #[test]
    fn lines_are_filled() {
        assert_eq!(wrap(&words(&[2.0, 2.0, 2.0]), 4.25), [2, 1]);
        assert_eq!(wrap(&words(&[2.0, 2.0, 2.0]), 4.2), [1, 1, 1]);
        assert_eq!(wrap(&words(&[9.0, 1.0]), 4.0), [1, 1]);
        assert_eq!(wrap(&[], 4.0), [0; 0]);
    }

    #[test]
    fn last_line_is_not_a_single_word() {
        let segments = words(&[1.0; 9]);
        assert_eq!(wrap(&segments, 10.0), [8, 1]);
        assert_eq!(wrap_balanced(&segments, 10.0), [5, 4]);
    }

    #[test]
    fn hyphen_is_drawn_at_line_end_only() {
        let mut segments = words(&[1.0, 1.0]);
        segments[0].end = "-";
        segments[0].space = "";
        assert_eq!(text_of(&segments), "xx");
        assert_eq!(text_of(&segments[..1]), "x-");
    }
}
