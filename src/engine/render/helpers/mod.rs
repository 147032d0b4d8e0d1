//! What a template can do with a value: `{{upper title}}`. A helper is a row of [`HELPERS`], which says
//! how it is called, and a function from values to a value; the checks of a template and the
//! reference page are made from the same rows. Helpers see no clock, no file and no item but what
//! they are given.

mod arguments;
mod case;
mod date;
mod fallback;
mod first_sentence;
mod fit;
mod hashtags;
mod join;
mod len;
mod mention;
mod print;
mod signature;
mod truncate;

use std::sync::LazyLock;

use handlebars::{
    Context, Handlebars, Helper as Call, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, ScopedJson,
};
use serde_json::Value;

use self::arguments::{Arguments, printable};
use self::signature::{BLOCKS, Signature};
use super::clean::clean;
use super::marks;

pub(super) use self::mention::MENTION;
pub(super) use self::print::PRINT;
pub(super) use self::signature::{Use, check};

/// A helper of ours.
pub(super) struct Helper {
    pub(super) signature: Signature,
    run: fn(&Arguments<'_, '_>) -> Result<Yield, RenderErrorReason>,
}

/// What a helper makes.
enum Yield {
    Value(Value),
    /// Words without their `#`.
    Hashtags(Vec<String>),
    /// What the mention book knows somebody by.
    Name(String),
    /// A text of which all but `min` characters may go.
    Part {
        text: String,
        min: usize,
    },
}

/// The helpers of ours, as the reference page lists them.
pub(super) const HELPERS: &[&Helper] = &[
    &date::DATE,
    &fallback::DEFAULT,
    &first_sentence::FIRST_SENTENCE,
    &fit::FIT,
    &hashtags::HASHTAG,
    &hashtags::HASHTAGS,
    &join::JOIN,
    &len::LEN,
    &case::LOWER,
    &mention::HELPER,
    &fallback::OPTIONAL,
    &truncate::TRUNCATE,
    &case::UPPER,
];

/// Handlebars with our helpers, strict, and with values marked instead of HTML-escaped.
pub(super) static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(|text| marks::value(&clean(text)));
    for helper in HELPERS.iter().copied().chain([&print::HELPER]) {
        registry.register_helper(helper.signature.name, Box::new(helper));
    }
    registry
});

/// How `name` is called, if a template may call it.
pub(super) fn find(name: &str) -> Option<&'static Signature> {
    signatures().find(|signature| signature.name == name)
}

/// The names that a template may call.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    signatures().map(|signature| signature.name)
}

fn signatures() -> impl Iterator<Item = &'static Signature> {
    HELPERS.iter().map(|helper| &helper.signature).chain(BLOCKS)
}

impl HelperDef for &'static Helper {
    /// Inside another helper: a plain value.
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        call: &Call<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = match (self.run)(&Arguments::new(call))? {
            Yield::Value(value) => value,
            Yield::Hashtags(words) => Value::from(spaced(&words, |word| format!("#{word}"))),
            Yield::Part { text, .. } | Yield::Name(text) => Value::from(text),
        };
        Ok(ScopedJson::Derived(value))
    }

    /// On its own: marked text.
    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &Call<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let arguments = Arguments::new(call);
        // `{{{…}}}` prints as if it stood in the template.
        let is_written = context.is_disable_escape();
        let marked = |text: &str| match clean(text) {
            text if is_written => text.into_owned(),
            text => marks::value(&text),
        };
        let text = match (self.run)(&arguments)? {
            Yield::Value(value) => marked(&printable(&value, &arguments.described(0))?),
            Yield::Hashtags(words) => spaced(&words, marks::hashtag),
            Yield::Name(key) => marks::name(&clean(&key)),
            Yield::Part { text, min } => marks::part(min, &marked(&text)),
        };
        out.write(&text)?;
        Ok(())
    }
}

fn spaced<S: AsRef<str>>(words: &[String], shown: fn(&str) -> S) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(shown(word).as_ref());
    }
    text
}
