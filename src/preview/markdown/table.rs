//! One row of the table of deliveries.

use syndicate_api::{Article, PostLayout};

use super::escape::{escape_code, escape_step, escape_text};
use crate::engine::{Composed, PageReading, PlanEntry};
use crate::preview::article::{BlockKind, excerpt};
use crate::preview::attachment::{AttachmentPart, parts};
use crate::preview::crawler::{gap_text, reading_rows, reading_title};
use crate::preview::html::media_path;
use crate::preview::view::{DeliveryView, PictureSource, facts};

pub(super) const HEAD: &str =
    "| | post | sink | preview | length | payload |\n|---|---|---|---|---|---|\n";

/// Renders the row of `entry`. With `has_files` it names the files of the exported page.
pub(super) fn row(entry: &PlanEntry, has_files: bool) -> String {
    let view = DeliveryView::of(entry);
    let preview = match &view {
        Some(view) => preview(view, has_files),
        None => escape_step(&entry.reason),
    };
    let title = entry.item.title.as_deref().unwrap_or("untitled");
    let hash = view
        .as_ref()
        .map(|view| format!("`{}`", short(&view.composed.hash)));
    format!(
        "| {} `{}` | {}<br>{} | {} | {preview} | {} | {} |\n",
        format!("{:?}", entry.action).to_lowercase(),
        entry.code,
        escape_text(title),
        escape_text(entry.item.label()),
        sender(entry),
        view.as_ref().map(DeliveryView::count).unwrap_or_default(),
        hash.unwrap_or_default(),
    )
}

/// Renders the sink and the account that it posts as.
pub(super) fn sender(entry: &PlanEntry) -> String {
    let sink = escape_text(&entry.sink);
    match entry.sender.is_unknown() {
        true => sink,
        false => format!("{sink}<br>as {}", escape_text(&entry.sender.to_string())),
    }
}

fn preview(view: &DeliveryView<'_>, has_files: bool) -> String {
    let Composed {
        post, appearance, ..
    } = view.composed;
    if let Some(whole) = &post.article
        && appearance.layout == PostLayout::Article
    {
        let state = appearance.badge.iter().map(|_| escape_text(&view.kind()));
        let lines = article(whole).into_iter().chain(state).chain(values(view));
        return lines.collect::<Vec<_>>().join("<br>");
    }
    let mut preview = escape_text(&view.shown);
    if !view.rest.trim().is_empty() {
        preview.push_str(" <sub>…see more</sub>");
    }
    if view.card.is_some() {
        preview.push_str("<br><br>");
        preview.push_str(&card(view, has_files).join("<br>"));
    }
    if let Some(attachment) = &view.composed.post.attachment {
        for part in parts(attachment) {
            preview.push_str(&format!("<br>{}", attachment_part(&part)));
        }
    }
    for value in values(view) {
        preview.push_str(&format!("<br>{value}"));
    }
    for advice in &view.advice {
        preview.push_str(&format!("<br>⚠ {}", escape_text(&advice.to_string())));
    }
    if let Some(reading) = &view.composed.page {
        preview.push_str(&page(reading));
    }
    preview
}

/// Renders what the crawler reads from the page, folded.
fn page(reading: &PageReading) -> String {
    let title = escape_step(&reading_title(reading));
    let rows = reading_rows(reading).into_iter().map(|row| {
        let origin = match row.origin.as_str() {
            "" => String::new(),
            origin => format!(" ({})", escape_text(origin)),
        };
        format!("{}: {}{origin}", row.label, escape_text(&row.value))
    });
    let gaps = reading.gaps.iter().map(|gap| {
        let element = gap.add.as_deref().map(escape_code);
        let element = element.map(|element| format!("; add {element}"));
        let text = escape_step(&gap_text(gap));
        format!("{text}{}", element.unwrap_or_default())
    });
    let lines: Vec<String> = rows.chain(gaps).collect();
    let lines = lines.join("<br>");
    format!("<br><details><summary>{title}</summary>{lines}</details>")
}

/// Renders the card of a delivery, one part per line: title, description, host and picture.
pub(super) fn card(view: &DeliveryView<'_>, has_files: bool) -> Vec<String> {
    let Some(card) = &view.card else {
        return Vec::new();
    };
    let mut lines = vec![format!("**{}**", escape_text(card.title))];
    let description = card.description.map(str::trim);
    let description = description.filter(|description| !description.is_empty());
    lines.extend(description.map(escape_text));
    let picture = match &card.picture {
        Some(picture) => {
            let file = match picture.source {
                PictureSource::File(medium) if has_files => Some(media_path(medium)),
                _ => None,
            };
            let file = file.map(|file| format!(" · `{file}`"));
            let facts = escape_text(&picture.facts());
            format!("{facts}{}", file.unwrap_or_default())
        }
        None => escape_text(card.no_picture()),
    };
    lines.push(format!("{} · {picture}", escape_text(&card.domain)));
    let maker = view.card_maker();
    lines.extend(maker.map(|maker| format!("<sub>{}</sub>", escape_step(&maker))));
    lines
}

/// Renders the values of the request that readers see beside the post.
pub(super) fn values(view: &DeliveryView<'_>) -> impl Iterator<Item = String> {
    view.values.iter().map(|value| {
        let lines = value.text.lines().map(str::trim).collect::<Vec<_>>();
        format!("{}: {}", value.label, escape_code(&lines.join(" ")))
    })
}

/// Renders an article, one part per line: title, tags, the first paragraph, canonical URL and cover.
fn article(article: &Article) -> Vec<String> {
    let mut lines = vec![format!("**{}**", escape_text(&article.title))];
    let tags: Vec<String> = article.tags.iter().map(|tag| format!("#{tag}")).collect();
    lines.push(escape_text(&tags.join(" ")));
    let blocks = excerpt(&article.markdown).blocks;
    let first = blocks
        .iter()
        .find(|block| block.kind == BlockKind::Paragraph);
    lines.extend(first.map(|block| escape_text(&block.text())));
    let cover = match (&article.cover, &article.cover_url) {
        (Some(cover), _) => facts(&cover.medium),
        (None, Some(url)) => url.clone(),
        (None, None) => "no cover".to_owned(),
    };
    lines.push(escape_text(&format!(
        "canonical URL {} · {cover}",
        article.url
    )));
    lines.retain(|line| !line.is_empty());
    lines
}

fn attachment_part(part: &AttachmentPart<'_>) -> String {
    match part {
        AttachmentPart::File(medium, _) => escape_text(&facts(medium)),
        AttachmentPart::Title(title) => format!("**{}**", escape_text(title)),
        AttachmentPart::Choice(choice) => format!("○ {}", escape_text(choice)),
        AttachmentPart::Post(post) => format!("↻ {}", escape_text(post)),
        AttachmentPart::Note(note) => escape_text(note),
    }
}

/// Shortens a hash to a prefix that `approve` and `build --only` accept.
fn short(hash: &str) -> &str {
    hash.get(.."sha256:".len() + 12).unwrap_or(hash)
}
