//! Formats an item as text.

use syndicate_api::{Item, ItemField};

use crate::terminal::escape_value;

/// Formats an item with the origin of each of its fields.
pub(super) fn format_item(item: &Item) -> String {
    let state = match &item.hold {
        _ if item.draft => " (draft)".to_owned(),
        Some((code, reason)) => format!(" ({code}: {})", escape_value(reason)),
        None => String::new(),
    };
    let mut text = format!("{}{state}\n", escape_value(item.label()));
    if let Some(origin) = item.origin.get(&ItemField::Post) {
        text.push_str(&format!(
            "  post    ← {}\n",
            escape_value(&origin.to_string())
        ));
    }
    let image = item
        .image
        .as_ref()
        .and_then(|image| image.file.as_ref().or(image.url.as_ref()));
    let published = item.published.as_ref().map(|moment| {
        let format = if moment.day_only {
            "%Y-%m-%d"
        } else {
            "%Y-%m-%d %H:%M %:z"
        };
        moment.at.strftime(format).to_string()
    });
    let tags = Some(item.tags.join(", ")).filter(|tags| !tags.is_empty());
    let fields = [
        (ItemField::Url, "url", item.url.clone()),
        (ItemField::Title, "title", item.title.clone()),
        (ItemField::Description, "text", item.description.clone()),
        (ItemField::Image, "image", image.cloned()),
        (ItemField::Published, "date", published),
        (ItemField::Tags, "tags", tags),
        (ItemField::Lang, "lang", item.lang.clone()),
        (ItemField::Author, "author", item.author.clone()),
    ];
    for (field, name, value) in fields {
        let Some(value) = value else { continue };
        let origin = item
            .origin
            .get(&field)
            .map(|origin| format!("  ← {}", escape_value(&origin.to_string())));
        text.push_str(&format!(
            "  {name:<7} {}{}\n",
            escape_value(&value),
            origin.unwrap_or_default()
        ));
    }
    text
}
