//! Defines helpers: their signature, their function, and the adapter to handlebars.

use handlebars::{
    Context, Handlebars, Helper as Call, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, ScopedJson,
};
use serde_json::Value;

use super::arguments::{Arguments, printable};
use super::signature::Signature;
use crate::engine::render::clean::clean;
use crate::engine::render::placeholders;

/// A helper of this program.
pub(in crate::engine::render) struct Helper {
    pub(in crate::engine::render) signature: Signature,
    pub(super) run: fn(&Arguments<'_, '_>) -> Result<HelperOutput, RenderErrorReason>,
}

/// The result of a helper.
pub(super) enum HelperOutput {
    Value(Value),
    /// Words without their `#`.
    Hashtags(Vec<String>),
    /// The key of an account under `mentions` in pipeline.yaml.
    Name(String),
    /// A text that may be shortened to `min` characters.
    Part {
        text: String,
        min: usize,
    },
}

impl HelperDef for &'static Helper {
    /// Handles a call inside another helper. Returns a plain value.
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        call: &Call<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = match (self.run)(&Arguments::new(call))? {
            HelperOutput::Value(value) => value,
            HelperOutput::Hashtags(words) => Value::from(spaced(&words, |word| format!("#{word}"))),
            HelperOutput::Part { text, .. } | HelperOutput::Name(text) => Value::from(text),
        };
        Ok(ScopedJson::Derived(value))
    }

    /// Handles a call outside other helpers. Writes text with placeholders.
    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &Call<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let arguments = Arguments::new(call);
        // `{{{…}}}` prints the value as if it were written in the template.
        let is_written = context.is_disable_escape();
        let marked = |text: &str| match clean(text) {
            text if is_written => text.into_owned(),
            text => placeholders::value(&text),
        };
        let text = match (self.run)(&arguments)? {
            HelperOutput::Value(value) => marked(&printable(&value, &arguments.described(0))?),
            HelperOutput::Hashtags(words) => spaced(&words, placeholders::hashtag),
            HelperOutput::Name(key) => placeholders::name(&clean(&key)),
            HelperOutput::Part { text, min } => placeholders::part(min, &marked(&text)),
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
