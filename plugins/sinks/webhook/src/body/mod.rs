//! JSON with templates in its strings. Rendering is pure: the same post always gives the same JSON.
//!
//! Values are JSON strings after rendering, so no value can add a key, end a string or become a slot.

mod values;

use std::sync::LazyLock;

use handlebars::{Handlebars, RenderError, RenderErrorReason};
use serde_json::{Map, Value};
use syndicate_api::{Code, Diagnostic, Post, SLOT_KEY, suggest};

use self::values::{names, values};

static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(handlebars::no_escape);
    registry
});

/// The values that only an article has.
const OF_ARTICLE: &[&str] = &[
    "html",
    "key",
    "markdown",
    "plain",
    "published",
    "slug",
    "tags",
    "updated",
];

/// A JSON value whose strings are templates.
#[derive(Clone, Debug)]
pub(crate) struct BodyTemplate(Value);

impl BodyTemplate {
    /// Checks the templates of `body`, the value of the option at `keys`.
    ///
    /// # Errors
    /// Returns every template that cannot be parsed or names an unknown value.
    pub(crate) fn new(keys: &[&str], body: &Value) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        check(body, keys, &values(&Post::default()), &mut faults);
        if faults.is_empty() {
            Ok(Self(body.clone()))
        } else {
            Err(faults)
        }
    }

    /// Returns `true` if a template may name a value that only an article has.
    pub(crate) fn reads_article(&self) -> bool {
        self.may_name(OF_ARTICLE)
    }

    /// Returns `true` if a template may name the commentary or its hashtags.
    pub(crate) fn reads_text(&self) -> bool {
        self.may_name(&["text", "hashtags"])
    }

    /// Returns `true` if a template may name the picture of the card.
    pub(crate) fn reads_picture(&self) -> bool {
        self.may_name(&["image"])
    }

    fn may_name(&self, names: &[&str]) -> bool {
        let is_match =
            |text: &str| text.contains("{{") && names.iter().any(|name| text.contains(name));
        any_string(&self.0, &is_match)
    }

    /// Returns the JSON for `post`.
    ///
    /// # Errors
    /// Returns `template_error` if a template cannot be rendered with the values of this post.
    pub(crate) fn render(&self, post: &Post) -> Result<Value, Diagnostic> {
        render(&self.0, &values(post)).map_err(|error| {
            let message = format!("cannot render the template of the body: {}", reason(&error));
            Diagnostic::new(Code::TemplateError, message)
        })
    }
}

fn any_string(body: &Value, is_match: &dyn Fn(&str) -> bool) -> bool {
    match body {
        Value::String(text) => is_match(text),
        Value::Array(items) => items.iter().any(|item| any_string(item, is_match)),
        Value::Object(map) => map.values().any(|value| any_string(value, is_match)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn check(body: &Value, keys: Vec<String>, values: &Value, faults: &mut Vec<Diagnostic>) {
    let below = |key: String| {
        let mut keys = keys.clone();
        keys.push(key);
        keys
    };
    match body {
        Value::String(_) => {
            if let Err(error) = render(body, values) {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                let fault =
                    Diagnostic::option(&keys, format!("invalid template: {}", reason(&error)));
                faults.push(fault.with_optional_hint(hint(&error)));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(item, below(index.to_string()), values, faults);
            }
        }
        Value::Object(map) => {
            if map.contains_key(SLOT_KEY) {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                let message = format!("the key `{SLOT_KEY}` is reserved");
                faults.push(Diagnostic::option(&keys, message).with_hint("use another name"));
            }
            for (key, value) in map {
                check(value, below(key.clone()), values, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn render(body: &Value, values: &Value) -> Result<Value, RenderError> {
    Ok(match body {
        Value::String(text) => match whole_value(text).and_then(|name| lookup(values, name)) {
            Some(value) => value.clone(),
            None => REGISTRY.render_template(text, values)?.into(),
        },
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| render(item, values))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| Ok((key.clone(), render(value, values)?)));
            Value::Object(pairs.collect::<Result<Map<_, _>, RenderError>>()?)
        }
        scalar => scalar.clone(),
    })
}

/// Returns the name of the value if `text` is only `{{name}}`.
fn whole_value(text: &str) -> Option<&str> {
    let name = text.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '.';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

fn lookup<'v>(values: &'v Value, name: &str) -> Option<&'v Value> {
    name.split('.')
        .try_fold(values, |value, part| value.get(part))
}

/// Returns the reason of a failed template, in lower case.
fn reason(error: &RenderError) -> String {
    match error.reason() {
        RenderErrorReason::MissingVariable(Some(name)) => format!("unknown value `{name}`"),
        RenderErrorReason::TemplateError(error) => error.reason().to_string(),
        other => other.to_string(),
    }
}

fn hint(error: &RenderError) -> Option<String> {
    let names = names();
    match error.reason() {
        RenderErrorReason::MissingVariable(Some(name)) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            suggest(name, &names)
        }
        _ => Some("close every `{{…}}`, and write `\\{{` to show braces as text".to_owned()),
    }
}
