//! Renders one delivery as HTML: the post as the platform's feed shows it.

use std::fmt::Write as _;

use syndicate_api::{AccentColour, Appearance, Attachment, AvatarShape, PostLayout};

use super::article;
use super::link_card::link_card;
use super::names::DeliveryId;
use super::pictures::Pictures;
use super::text::{commentary, message};
use crate::preview::attachment::{AttachmentPart, parts};
use crate::preview::shown_values::LabelledValue;
use crate::preview::view::{DeliveryView, facts as facts_of, visible_spans};
use loopback_page::Escaped;

/// Renders the post as readers see it. `name` is the account shown as its author.
pub(super) fn post(
    view: &DeliveryView<'_>,
    name: &str,
    of: &DeliveryId<'_>,
    pictures: Pictures<'_>,
) -> String {
    let look = &view.composed.appearance;
    let mut html = format!("<div class=\"{}\"{}>", classes(look), accent(look));
    let article = view.composed.post.article.as_ref();
    match article.filter(|_| look.layout == PostLayout::Article) {
        Some(article) => {
            html.push_str(&article::cover(article, pictures));
            html.push_str(&sender(name, look));
            html.push_str(&article::body(article));
        }
        None => {
            html.push_str(&sender(name, look));
            html.push_str(&words(view, of));
            html.push_str(&below(view, pictures));
        }
    }
    html.push_str(&values(view));
    html.push_str("</div>");
    html
}

fn classes(look: &Appearance) -> String {
    let layout = match look.layout {
        PostLayout::Stacked => "stacked",
        PostLayout::Beside => "beside",
        PostLayout::Bubble => "bubble",
        PostLayout::Article => "whole",
        PostLayout::Request => "request",
    };
    let avatar = match look.avatar {
        AvatarShape::Circle => "",
        AvatarShape::RoundedSquare => " square",
    };
    format!("post {layout}{avatar}")
}

/// Renders the accent colour as an attribute, because the policy of the local page forbids inline styles. Its script and
/// the style sheet of an exported page apply it.
fn accent(look: &Appearance) -> String {
    let attribute = look
        .accent
        .map(|accent| format!(" data-accent=\"{}\"", hex(accent)));
    attribute.unwrap_or_default()
}

/// Returns a colour as CSS writes it.
pub(super) fn hex(AccentColour(red, green, blue): AccentColour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Renders the account that posts.
fn sender(name: &str, look: &Appearance) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).take(1);
    let initial: String = letters.flat_map(char::to_uppercase).collect();
    let badge = look.badge.as_ref();
    let badge = badge.map(|badge| format!(" <span class=\"badge\">{}</span>", Escaped(badge)));
    format!(
        "<div class=\"who\"><span class=\"avatar\" aria-hidden=\"true\">{}</span>\
         <div><p class=\"name\">{}{}</p><p class=\"muted\">Preview of the post</p></div></div>",
        Escaped(&initial),
        Escaped(name),
        badge.unwrap_or_default()
    )
}

/// Renders the commentary, with the part that the feed folds away.
fn words(view: &DeliveryView<'_>, of: &DeliveryId<'_>) -> String {
    if view.composed.appearance.has_own_body {
        return String::new();
    }
    let (seen, folded) = commentary(&visible_spans(view.composed), view.shown.len());
    if view.rest.trim().is_empty() {
        return format!("<div class=\"words\" dir=\"auto\">{seen}{folded}</div>");
    }
    // A checkbox expands the text without a script.
    format!(
        "<div class=\"words\" dir=\"auto\">{seen}<span class=\"rest\">{folded}</span></div>\
         <label class=\"more\"><input type=\"checkbox\" class=\"unseen\" id=\"{}-more\" \
         aria-label=\"Show more ({})\"><span aria-hidden=\"true\">…see more</span></label>",
        of.id,
        Escaped(of.name)
    )
}

/// Renders the card or the attachment below the commentary.
fn below(view: &DeliveryView<'_>, pictures: Pictures<'_>) -> String {
    let mut html = String::new();
    if let Some(card) = &view.card {
        html.push_str(&link_card(card, view.composed.appearance.card, pictures));
    }
    if let Some(maker) = view.card_maker() {
        push(
            &mut html,
            format_args!(
                "<p class=\"maker muted\">{}</p>",
                message(&capitalised(&maker))
            ),
        );
    }
    if let Some(attachment) = &view.composed.post.attachment {
        html.push_str(&attachment_html(attachment, pictures));
    }
    html
}

/// Renders the values of the request that readers see beside the post.
fn values(view: &DeliveryView<'_>) -> String {
    let mut html = String::new();
    for LabelledValue { label, text } in &view.values {
        let text = Escaped(text);
        let label = format_args!("<span class=\"muted\">{label}:</span>");
        // The indented lines of a body keep their places, also around strings from right to left.
        html.push_str(&match view.composed.appearance.has_own_body {
            true => format!("<pre class=\"value\" dir=\"ltr\">{label}\n{text}</pre>"),
            false => format!("<p class=\"value\">{label} <bdi>{text}</bdi></p>"),
        });
    }
    html
}

/// Returns `text` with a capital letter at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
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
