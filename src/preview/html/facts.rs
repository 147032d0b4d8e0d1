//! Renders the details of a delivery: a summary line that expands to the full list.

use syndicate_api::PagePart;

use super::card::push;
use super::names::DeliveryId;
use crate::preview::attachment::{AttachmentPart, parts};
use crate::preview::view::{CardView, DeliveryView, PictureView, facts as facts_of};
use loopback_page::Escaped;
use syndicate_api::text::plural;

/// Renders the details of a delivery.
pub(super) fn facts(view: &DeliveryView<'_>, of: &DeliveryId<'_>) -> String {
    let mut html = format!(
        "<details class=\"facts\" id=\"{}-facts\"><summary>{}</summary><dl>",
        of.id,
        of.label(&Escaped(&summary_line(view)).to_string())
    );
    for (name, value) in rows(view) {
        push(
            &mut html,
            format_args!("<div><dt>{name}</dt><dd>{}</dd></div>", Escaped(&value)),
        );
    }
    push(
        &mut html,
        format_args!(
            "<div><dt>Payload</dt><dd><code>{}</code></dd></div></dl></details>",
            Escaped(&view.composed.hash)
        ),
    );
    html
}

fn rows(view: &DeliveryView<'_>) -> Vec<(&'static str, String)> {
    let mut rows = vec![("Kind", view.kind()), ("Text", view.count())];
    if let Some(card) = &view.card {
        rows.extend(card_rows(view, card));
    }
    if let Some(attachment) = &view.composed.post.attachment {
        rows.extend(parts(attachment).into_iter().filter_map(|part| match part {
            AttachmentPart::File(medium, alt) => Some(("File", facts_of(medium) + &alt_text(alt))),
            _ => None,
        }));
    }
    rows.retain(|(_, value)| !value.is_empty());
    rows
}

fn card_rows(view: &DeliveryView<'_>, card: &CardView<'_>) -> Vec<(&'static str, String)> {
    let page = card.page;
    let origin = |origin: Option<&str>| {
        let origin = origin.map(|origin| format!(" ({origin})"));
        origin.unwrap_or_default()
    };
    let part = |part| Some(page?.part(part)?.origin.as_str());
    let length = plural(card.title.chars().count(), "character");
    let seen = view.composed.appearance.title;
    let seen = seen.map(|seen| format!(", about {seen} seen"));
    let mut rows = vec![
        (
            "Title",
            format!(
                "{length}{}{}",
                seen.unwrap_or_default(),
                origin(part(PagePart::Title))
            ),
        ),
        ("Address", card.url.to_owned()),
    ];
    if let Some(description) = card.description {
        let from = origin(part(PagePart::Description));
        rows.push(("Description", format!("{description}{from}")));
    }
    let from = page.and_then(|page| page.picture.as_ref());
    let picture = match &card.picture {
        Some(picture) => {
            describe_picture(picture) + &origin(from.map(|picture| picture.origin.as_str()))
        }
        None => card.no_picture().to_owned(),
    };
    rows.push(("Picture", picture));
    rows
}

fn summary_line(view: &DeliveryView<'_>) -> String {
    let mut parts = vec![view.count()];
    if let Some(card) = &view.card {
        let pixels = |picture: &PictureView<'_>| match picture.source.pixels() {
            Some((width, height)) => format!("picture {width}×{height}"),
            None => "picture".to_owned(),
        };
        let picture = card.picture.as_ref().map(pixels);
        parts.push(picture.unwrap_or_else(|| card.no_picture().to_owned()));
    }
    // The first eight digits of the hash, enough for `--only`.
    let hash = view.composed.hash.trim_start_matches("sha256:");
    parts.push(format!("payload {}", hash.get(..8).unwrap_or(hash)));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn describe_picture(picture: &PictureView<'_>) -> String {
    let crop = picture.crop.as_ref().map(|crop| format!("; {crop}"));
    picture.facts() + &crop.unwrap_or_default() + &alt_text(picture.alt)
}

/// Formats an alternative text as the end of the description of its picture.
fn alt_text(alt: Option<&str>) -> String {
    alt.map(|alt| format!("; alt: {alt}")).unwrap_or_default()
}
