//! Renders what the crawler of a platform reads from the page: a summary line that expands to the values and gaps.

use super::card::{capitalised, push};
use super::names::DeliveryId;
use super::text::message;
use crate::engine::{PageGap, PageReading};
use crate::preview::crawler::{gap_text, reading_rows, reading_title};
use loopback_page::Escaped;

/// Renders a reading.
pub(super) fn crawler(reading: &PageReading, of: &DeliveryId<'_>) -> String {
    let title = message(&capitalised(&reading_title(reading)));
    // The advice has the warnings already; here it is about the elements.
    let gaps = reading.gaps.iter();
    let gaps = gaps.filter(|gap| !gap.is_warning() || gap.add.is_some());
    let gaps: Vec<&PageGap> = gaps.collect();
    let missing = match gaps.len() {
        0 => String::new(),
        1 => " · 1 remark".to_owned(),
        count => format!(" · {count} remarks"),
    };
    let mut html = format!(
        "<details class=\"facts crawler\" id=\"{}-page\"><summary>{}</summary><dl>",
        of.id,
        of.label(&format!("{title}{missing}"))
    );
    for row in reading_rows(reading) {
        push(
            &mut html,
            format_args!(
                "<div><dt>{}</dt><dd>{} <span class=\"muted\">{}</span></dd></div>",
                capitalised(row.label),
                Escaped(&row.value),
                Escaped(&row.origin)
            ),
        );
    }
    html.push_str("</dl>");
    for gap in gaps {
        html.push_str(&remark(gap));
    }
    html.push_str("</details>");
    html
}

fn remark(gap: &PageGap) -> String {
    let class = if gap.is_warning() { "" } else { " muted" };
    let mut html = format!("<p class=\"gap{class}\">{}</p>", message(&gap_text(gap)));
    if let Some(element) = &gap.add {
        push(
            &mut html,
            format_args!("<pre tabindex=\"0\">{}</pre>", Escaped(element)),
        );
    }
    html
}
