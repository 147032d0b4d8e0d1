//! Renders an item's text for one sink: from a template to typed spans.
//!
//! Rendering is pure: the same template, item and sink always give the same text, so the preview equals
//! the post. This module knows no platform. The sink measures the text and encodes its spans.
//!
//! [`Template::compile`] checks a template without an item. [`render`] prints the item's values between
//! placeholders, splits the result into pieces by origin, shortens them to the sink's limit, tidies
//! white space and finds hashtags and links.

mod clean;
mod compile;
mod cut;
mod explain;
mod fit;
mod helpers;
mod mention_table;
mod placeholders;
mod shape;
mod spans;
mod tidy;
mod values;

use handlebars::{Context, RenderContext, RenderError, Renderable, StringOutput};
use serde_json::Value;
use syndicate_api::{Diagnostic, Item, PostKind, RichText};

pub(super) use self::clean::{clean, clean_line};
pub(crate) use self::compile::Template;
pub(crate) use self::fit::{MeasureText, Rendered};
pub(crate) use self::mention_table::MentionTable;
pub(super) use self::values::item_values;

use self::placeholders::TextOrigin;

/// Renders the text of `item` as a post of this `kind`, within the limit of `measurer`, usually the sink.
///
/// # Errors
/// Returns `template_error` if the item lacks a value that the template needs, `text_too_long`, `text_empty`, or
/// `file_changed`.
pub(crate) fn render(
    template: &Template,
    item: &Item,
    kind: PostKind,
    measurer: &(impl MeasureText + ?Sized),
) -> Result<Rendered, Diagnostic> {
    let values = values::values(item, kind, measurer.limit())?;
    let addresses =
        ["link", "url"].map(|name| values[name].as_str().unwrap_or_default().to_owned());
    let marked =
        print(template, values).map_err(|error| explain::not_rendered(template, item, &error))?;
    let mut pieces = placeholders::decode(&marked, &addresses);
    let mentions = template.mentions();
    mentions
        .resolve(&mut pieces)
        .map_err(|unknown| unknown.in_file(template.name()))?;
    fit::fit(&pieces, mentions, measurer)
        .map_err(|too_long| explain::too_long(template.name(), &too_long))
        .and_then(|rendered| not_empty(template.name(), rendered))
}

/// Parses a commentary written by the author. Hashtags and links become spans, and blank lines at both
/// ends are removed. The rest is unchanged.
#[must_use]
pub(crate) fn author_text(text: &str) -> RichText {
    let text = clean(text);
    let text = text.trim_end();
    // The indentation of the first line may be intended.
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
    let written = (TextOrigin::Written, text[start..].to_owned());
    spans::spans(&[written], &MentionTable::default())
}

/// Parses a commentary as by [`author_text`] and checks its length with `measurer`. `name` is the place
/// of the commentary, such as the item's file.
///
/// # Errors
/// Returns `text_too_long` or `text_empty`.
pub(crate) fn render_author_text(
    name: &str,
    text: &str,
    measurer: &(impl MeasureText + ?Sized),
) -> Result<Rendered, Diagnostic> {
    let text = author_text(text);
    if let Some(measure) = measurer.exceeded(&text) {
        return Err(explain::author_too_long(name, &measure));
    }
    let rendered = Rendered {
        text,
        shortened: false,
    };
    not_empty(name, rendered)
}

fn not_empty(name: &str, rendered: Rendered) -> Result<Rendered, Diagnostic> {
    if rendered.text.is_blank() {
        return Err(explain::empty(name));
    }
    Ok(rendered)
}

/// Renders `values` with the template. Each value is enclosed in placeholders.
fn print(template: &Template, values: Value) -> Result<String, RenderError> {
    let context = Context::from(values);
    let mut out = StringOutput::new();
    template.parsed().render(
        &helpers::REGISTRY,
        &context,
        &mut RenderContext::new(None),
        &mut out,
    )?;
    Ok(out.into_string()?)
}

#[cfg(test)]
mod tests;
