//! Renders one delivery as HTML: the post as a feed shows it, then its details.

use std::fmt::Write as _;

use syndicate_api::{Attachment, Medium};

use super::names::DeliveryId;
use super::text::{commentary, message, web_address};
use crate::preview::attachment::{AttachmentPart, parts};
use crate::preview::view::{CardView, DeliveryView, PictureView, facts as facts_of};
use loopback_page::Escaped;

/// Returns the `src` of a medium on the page.
pub(super) type Pictures<'p> = &'p dyn Fn(&Medium) -> String;

/// Renders the post as readers see it. `name` is the account shown as its author.
pub(super) fn post(
    view: &DeliveryView<'_>,
    name: &str,
    of: &DeliveryId<'_>,
    pictures: Pictures<'_>,
) -> String {
    let (seen, folded) = commentary(&view.composed.post.text, view.shown.len());
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    let mut html = format!(
        "<div class=\"post\"><div class=\"who\"><span class=\"avatar\" aria-hidden=\"true\">{}</span>\
         <div><p class=\"name\">{}</p><p class=\"muted\">Preview of the post</p></div></div>",
        Escaped(&initial),
        Escaped(name),
    );
    let folds = !view.rest.trim().is_empty();
    let rest = if folds {
        format!("<span class=\"rest\">{folded}</span>")
    } else {
        folded
    };
    push(
        &mut html,
        format_args!("<div class=\"words\" dir=\"auto\">{seen}{rest}</div>"),
    );
    if folds {
        // A checkbox expands the text without a script.
        push(
            &mut html,
            format_args!(
                "<label class=\"more\"><input type=\"checkbox\" class=\"unseen\" id=\"{}-more\" \
                 aria-label=\"Show more ({})\"><span aria-hidden=\"true\">…see more</span>\
                 </label>",
                of.id,
                Escaped(of.name)
            ),
        );
    }
    if let Some(card) = &view.card {
        html.push_str(&link_card(card, pictures));
        if let Some(note) = &view.composed.card_note {
            push(
                &mut html,
                format_args!("<p class=\"muted\">{}</p>", Escaped(note)),
            );
        }
    }
    if let Some(attachment) = &view.composed.post.attachment {
        html.push_str(&attachment_html(attachment, pictures));
    }
    html.push_str("</div>");
    html
}

/// Renders the attachment that a post has instead of a card. Videos and documents are only named, because
/// viewing a preview must not open them.
fn attachment_html(attachment: &Attachment, pictures: Pictures<'_>) -> String {
    let several = matches!(attachment, Attachment::Pictures(of) if of.len() > 1);
    let mut html = format!(
        "<div class=\"attachment{}\" dir=\"auto\">",
        if several { " several" } else { "" }
    );
    for part in parts(attachment) {
        html.push_str(&match part {
            AttachmentPart::File(medium, alt) if medium.media_type.starts_with("image/") => {
                format!(
                    "<img src=\"{}\" alt=\"{}\">",
                    Escaped(&pictures(medium)),
                    Escaped(alt.unwrap_or_default())
                )
            }
            AttachmentPart::File(medium, alt) => format!(
                "<p class=\"file\">{} <span class=\"muted\">{}</span></p>",
                Escaped(&facts_of(medium)),
                Escaped(alt.unwrap_or_default())
            ),
            AttachmentPart::Title(title) => format!("<p class=\"title\">{}</p>", Escaped(title)),
            AttachmentPart::Choice(choice) => {
                format!("<p class=\"choice\">{}</p>", Escaped(choice))
            }
            AttachmentPart::Post(post) => format!("<p class=\"file\">↻ {}</p>", Escaped(post)),
            AttachmentPart::Note(note) => format!("<p class=\"muted\">{}</p>", Escaped(&note)),
        });
    }
    html.push_str("</div>");
    html
}

fn link_card(card: &CardView<'_>, pictures: Pictures<'_>) -> String {
    let picture = card.picture.as_ref().map_or_else(String::new, |picture| {
        let (width, height) = picture.medium.pixels.unwrap_or((1200, 627));
        format!(
            "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\">",
            Escaped(&pictures(picture.medium)),
            Escaped(picture.alt.unwrap_or_default())
        )
    });
    let inner = format!(
        "{picture}<span class=\"strip\" dir=\"auto\"><span class=\"title\">{}</span>\
         <span class=\"muted\">{}</span></span>",
        Escaped(&card.card.title),
        Escaped(&card.domain)
    );
    let bare = if picture.is_empty() { " bare" } else { "" };
    match web_address(&card.card.url) {
        Some(address) => format!(
            "<a class=\"article{bare}\" href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{inner}</a>",
            Escaped(address)
        ),
        None => format!("<span class=\"article{bare}\">{inner}</span>"),
    }
}

/// Renders the details of a delivery: a summary line that expands to the full list.
pub(super) fn facts(view: &DeliveryView<'_>, of: &DeliveryId<'_>) -> String {
    let mut html = format!(
        "<details class=\"facts\" id=\"{}-facts\"><summary>{}</summary><dl>",
        of.id,
        of.label(&Escaped(&summary_line(view)).to_string())
    );
    let mut fact = |name: &str, value: &str| {
        push(
            &mut html,
            format_args!("<div><dt>{name}</dt><dd>{}</dd></div>", Escaped(value)),
        );
    };
    fact("Kind", view.composed.post.kind().as_str());
    fact("Text", &view.count());
    if let Some(card) = &view.card {
        let length = card.card.title.chars().count();
        let seen = view
            .composed
            .appearance
            .title
            .map(|seen| format!(", about {seen} seen"));
        fact(
            "Title",
            &format!("{length} characters{}", seen.unwrap_or_default()),
        );
        fact("Address", &card.card.url);
        if let Some(description) = &card.card.description {
            fact("Description", description);
        }
        fact(
            "Picture",
            &match (&card.picture, &view.composed.card_note) {
                (Some(picture), _) => describe_picture(picture),
                (None, Some(note)) => note.clone(),
                (None, None) => "none".to_owned(),
            },
        );
    }
    if let Some(attachment) = &view.composed.post.attachment {
        for medium in attachment.media() {
            fact("File", &facts_of(medium));
        }
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

fn summary_line(view: &DeliveryView<'_>) -> String {
    let mut parts = vec![view.count()];
    if let Some(card) = &view.card {
        let pixels = |picture: &PictureView<'_>| match picture.medium.pixels {
            Some((width, height)) => format!("picture {width}×{height}"),
            None => "picture".to_owned(),
        };
        let picture = card.picture.as_ref().map(pixels);
        parts.push(picture.unwrap_or_else(|| card.no_picture.to_owned()));
    }
    // The first eight digits of the hash, enough for `--only`.
    let hash = view.composed.hash.trim_start_matches("sha256:");
    parts.push(format!("payload {}", hash.get(..8).unwrap_or(hash)));
    parts.join(" · ")
}

fn describe_picture(picture: &PictureView<'_>) -> String {
    let mut about = picture.facts();
    for more in [
        picture.crop.clone(),
        picture.alt.map(|alt| format!("alt: {alt}")),
    ]
    .into_iter()
    .flatten()
    {
        about.push_str(&format!("; {more}"));
    }
    about
}

/// Renders the advice for the author, or nothing if there is none.
pub(super) fn advice(view: &DeliveryView<'_>) -> String {
    if view.advice.is_empty() {
        return String::new();
    }
    let mut html = String::from("<ul class=\"advice\" aria-label=\"Advice\">");
    for advice in &view.advice {
        push(
            &mut html,
            format_args!("<li>{}</li>", message(&advice.to_string())),
        );
    }
    html.push_str("</ul>");
    html
}

/// Appends `text` to `html`; writing to a string cannot fail.
pub(super) fn push(html: &mut String, text: std::fmt::Arguments<'_>) {
    html.write_fmt(text).ok();
}
