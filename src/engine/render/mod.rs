//! Templates to typed text: what an item says on one sink. Pure: the same template, item and sink
//! always yield the same text, so that the preview is the post. It knows no platform; how a text
//! is counted comes from the sink, and how its spans are written on a wire is the sink's affair.
//!
//! The way of a text: [`Template::compile`] checks a template without any item; [`render`] prints an
//! item's values into it with marks around each, takes the marks off again as typed pieces, makes
//! them fit, tidies the white space and types hashtags and links.

mod clean;
mod compile;
mod cut;
mod explain;
mod fit;
mod helpers;
mod marks;
mod mention_table;
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

use self::marks::TextOrigin;

/// The text of `item`, which becomes a post of this `kind`, as long as `ruler` allows. Any sink is a
/// ruler.
///
/// # Errors
/// `template_error` when the item lacks what the template needs, `text_too_long` and `text_empty`.
pub(crate) fn render(
    template: &Template,
    item: &Item,
    kind: PostKind,
    ruler: &(impl MeasureText + ?Sized),
) -> Result<Rendered, Diagnostic> {
    let values = values::values(item, kind, ruler.limit());
    let addresses =
        ["link", "url"].map(|name| values[name].as_str().unwrap_or_default().to_owned());
    let marked =
        print(template, values).map_err(|error| explain::not_rendered(template, item, &error))?;
    let mut pieces = marks::decode(&marked, &addresses);
    let people = template.people();
    people
        .resolve(&mut pieces)
        .map_err(|unknown| unknown.in_file(template.name()))?;
    fit::fit(&pieces, people, ruler)
        .map_err(|too_long| explain::too_long(template.name(), too_long, ruler.limit()))
        .and_then(|rendered| not_empty(template.name(), rendered))
}

/// The text of a commentary that an author wrote word for word: hashtags and links become spans,
/// nothing else is touched. Blank lines around it go.
#[must_use]
pub(crate) fn author_text(text: &str) -> RichText {
    let text = clean(text);
    let text = text.trim_end();
    // The indentation of the first line may be meant.
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
    let written = (TextOrigin::Written, text[start..].to_owned());
    spans::spans(&[written], &MentionTable::default())
}

/// [`author_text`], held against `ruler`. `name` is where it was written, such as the item's file.
///
/// # Errors
/// `text_too_long` and `text_empty`.
pub(crate) fn render_author_text(
    name: &str,
    text: &str,
    ruler: &(impl MeasureText + ?Sized),
) -> Result<Rendered, Diagnostic> {
    let text = author_text(text);
    let (length, limit) = (ruler.measure(&text), ruler.limit());
    if length > limit {
        return Err(explain::author_too_long(name, length, limit));
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

/// Prints `values` into the template, each between marks.
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
