//! A helper: how it is called, what it makes, and how handlebars runs it.

use handlebars::{
    Context, Handlebars, Helper as Call, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, ScopedJson,
};
use serde_json::Value;

use super::arguments::{Arguments, printable};
use super::signature::Signature;
use crate::engine::render::clean::clean;
use crate::engine::render::marks;

/// A helper of ours.
pub(in crate::engine::render) struct Helper {
    pub(in crate::engine::render) signature: Signature,
    pub(super) run: fn(&Arguments<'_, '_>) -> Result<HelperOutput, RenderErrorReason>,
}

/// What a helper makes.
pub(super) enum HelperOutput {
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
            HelperOutput::Value(value) => value,
            HelperOutput::Hashtags(words) => Value::from(spaced(&words, |word| format!("#{word}"))),
            HelperOutput::Part { text, .. } | HelperOutput::Name(text) => Value::from(text),
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
            HelperOutput::Value(value) => marked(&printable(&value, &arguments.described(0))?),
            HelperOutput::Hashtags(words) => spaced(&words, marks::hashtag),
            HelperOutput::Name(key) => marks::name(&clean(&key)),
            HelperOutput::Part { text, min } => marks::part(min, &marked(&text)),
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
