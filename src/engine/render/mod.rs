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
mod fault;
mod fit;
mod helpers;
mod marks;
mod shape;
mod spans;
mod tidy;
mod values;

use handlebars::{
    Context, RenderContext, RenderError, RenderErrorReason, Renderable, StringOutput,
};
use serde_json::Value;
use syndicate_api::{Code, Item, RichText};

pub use self::compile::Template;
pub use self::fault::{RenderFault, TemplateFault};
pub use self::fit::{Rendered, Ruler};

use self::clean::clean;
use self::fault::Complaint;
use self::fit::TooLong;
use self::marks::Origin;

/// The text of `item`, as long as `ruler` allows. Any sink is a ruler.
///
/// # Errors
/// [`Code::TemplateError`] when the item lacks what the template needs, [`Code::TextTooLong`] and
/// [`Code::TextEmpty`].
pub fn render(
    template: &Template,
    item: &Item,
    ruler: &(impl Ruler + ?Sized),
) -> Result<Rendered, RenderFault> {
    let values = values::values(item, ruler.limit());
    let addresses: Vec<String> = ["link", "url"]
        .into_iter()
        .filter_map(|name| values[name].as_str().map(str::to_owned))
        .collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let marked = print(template, values).map_err(|error| explain(template, item, &error))?;
    let pieces = marks::decode(&marked, &addresses);
    let rendered = fit::fit(&pieces, ruler)
        .map_err(|too_long| too_long_fault(template.name(), too_long, ruler.limit()))?;
    not_empty(template.name(), rendered)
}

/// The text of a commentary that an author wrote word for word: hashtags and links become spans,
/// nothing else is touched. Blank lines around it go.
#[must_use]
pub fn author_text(text: &str) -> RichText {
    let text = clean(text);
    let text = text.trim_end();
    // The indentation of the first line may be meant.
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
    spans::spans(&[(Origin::Written, text[start..].to_owned())])
}

/// [`author_text`], held against `ruler`. `name` is where it was written, such as the item's file.
///
/// # Errors
/// [`Code::TextTooLong`] and [`Code::TextEmpty`].
pub fn render_author_text(
    name: &str,
    text: &str,
    ruler: &(impl Ruler + ?Sized),
) -> Result<Rendered, RenderFault> {
    let text = author_text(text);
    let (length, limit) = (ruler.measure(&text), ruler.limit());
    if length > limit {
        let message = format!("the commentary has a length of {length}, and {limit} are allowed");
        return Err(RenderFault {
            code: Code::TextTooLong,
            fault: TemplateFault::new(name, message).hinted("shorten it".to_owned()),
        });
    }
    let rendered = Rendered {
        text,
        shortened: false,
    };
    not_empty(name, rendered)
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

/// What went wrong with `item`, at the place in the template where it did.
fn explain(template: &Template, item: &Item, error: &RenderError) -> RenderFault {
    let (word, complaint) = complaint(item, error.reason());
    let mut fault = TemplateFault::new(template.name(), complaint.message).hinted(complaint.hint);
    if let Some(tag) = error.line_no.zip(error.column_no) {
        let place = word.and_then(|word| template.place_of(tag, &word));
        fault = fault.at(place.unwrap_or(tag));
    }
    RenderFault {
        code: Code::TemplateError,
        fault,
    }
}

/// The word of the template that is at fault, where there is one, and what is wrong.
fn complaint(item: &Item, reason: &RenderErrorReason) -> (Option<String>, Complaint) {
    let file = item.label();
    let optional = |path: &str| format!("write `{{{{optional {path}}}}}` where it may be missing");
    match reason {
        RenderErrorReason::MissingVariable(Some(path)) => (
            Some(path.clone()),
            Complaint::new(format!("`{path}` is missing in `{file}`")).hinted(optional(path)),
        ),
        // The call was checked, so what is not found is a value and not a parameter.
        RenderErrorReason::ParamNotFoundForIndex(helper, _) => (
            Some((*helper).to_owned()),
            Complaint::new(format!("`{helper}` compares what is missing in `{file}`"))
                .hinted("write `(optional front.key)` where it may be missing".to_owned()),
        ),
        RenderErrorReason::InvalidJsonIndex(key) => (
            Some(key.clone()),
            Complaint::new(format!("`{key}` is asked of a list in `{file}`"))
                .hinted("an entry of a list is written `front.list.[0]`".to_owned()),
        ),
        RenderErrorReason::NestedError(error) => match error.downcast_ref::<Complaint>() {
            Some(complaint) => (
                None,
                Complaint::new(format!("{} in `{file}`", complaint.message))
                    .hinted(complaint.hint.clone()),
            ),
            None => (None, Complaint::new(format!("{error} in `{file}`"))),
        },
        other => (None, Complaint::new(format!("{other} in `{file}`"))),
    }
}

fn too_long_fault(name: &str, too_long: TooLong, limit: usize) -> RenderFault {
    let TooLong { length, had_parts } = too_long;
    let (message, hint) = if had_parts {
        (
            format!(
                "the text has a length of {length} even with every `fit` part at its minimum, and {limit} are allowed"
            ),
            "lower the `min=` of a `{{fit …}}`, or shorten the text",
        )
    } else {
        (
            format!("the text has a length of {length}, and {limit} are allowed"),
            "wrap a part in `{{fit …}}`, or shorten the text",
        )
    };
    RenderFault {
        code: Code::TextTooLong,
        fault: TemplateFault::new(name, message).hinted(hint.to_owned()),
    }
}

fn not_empty(name: &str, rendered: Rendered) -> Result<Rendered, RenderFault> {
    if !rendered.text.is_blank() {
        return Ok(rendered);
    }
    Err(RenderFault {
        code: Code::TextEmpty,
        fault: TemplateFault::new(name, "the text is empty")
            .hinted("write something in the template or under `syndicate.commentary`".to_owned()),
    })
}

#[cfg(test)]
mod tests;
