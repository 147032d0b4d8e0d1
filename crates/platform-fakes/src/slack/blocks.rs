//! The blocks of a message and their limits ("Block Kit", reference of blocks).

use serde_json::{Map, Value};
use url::Url;

/// The largest number of blocks of a message.
const MAX_BLOCKS: usize = 50;

/// Checks the blocks of a message.
///
/// # Errors
/// Returns the first error with its JSON pointer.
pub(super) fn check(blocks: &[Value]) -> Result<(), String> {
    if blocks.len() > MAX_BLOCKS {
        return Err(format!(
            "no more than {MAX_BLOCKS} items allowed [json-pointer:/blocks]"
        ));
    }
    for (index, block) in blocks.iter().enumerate() {
        self::block(&Part::new(block, format!("/blocks/{index}"))?)?;
    }
    Ok(())
}

fn block(block: &Part<'_>) -> Result<(), String> {
    block.optional_text("block_id", 255)?;
    match block.kind()? {
        "header" => {
            block.only(&["text"])?;
            text_object(&block.child("text")?, 150, &["plain_text"])
        }
        "section" => section(block),
        "divider" => block.only(&[]),
        "image" => {
            block.only(&["image_url", "alt_text", "title"])?;
            if block.has("title") {
                text_object(&block.child("title")?, 2000, &["plain_text"])?;
            }
            image(block)
        }
        "context" => {
            block.only(&["elements"])?;
            for element in block.children("elements", 10)? {
                if element.kind()? == "image" {
                    element.only(&["image_url", "alt_text"])?;
                    image(&element)?;
                } else {
                    text_object(&element, 3000, &["plain_text", "mrkdwn"])?;
                }
            }
            Ok(())
        }
        "actions" => {
            block.only(&["elements"])?;
            let elements = block.children("elements", 25)?;
            elements.iter().try_for_each(button)
        }
        kind => Err(block.fault(&format!("unsupported type: {kind}"))),
    }
}

fn section(block: &Part<'_>) -> Result<(), String> {
    block.only(&["text", "fields", "accessory", "expand"])?;
    if !block.has("text") && !block.has("fields") {
        return Err(block.fault("missing required field: text or fields"));
    }
    if block.has("text") {
        text_object(&block.child("text")?, 3000, &["plain_text", "mrkdwn"])?;
    }
    if block.has("fields") {
        for field in block.children("fields", 10)? {
            text_object(&field, 2000, &["plain_text", "mrkdwn"])?;
        }
    }
    if block.has("accessory") {
        let accessory = block.child("accessory")?;
        if accessory.kind()? == "image" {
            accessory.only(&["image_url", "alt_text"])?;
            return image(&accessory);
        }
        return button(&accessory);
    }
    Ok(())
}

fn button(button: &Part<'_>) -> Result<(), String> {
    if button.kind()? != "button" {
        return Err(button.fault("unsupported type of element"));
    }
    button.only(&[
        "text",
        "action_id",
        "url",
        "value",
        "style",
        "accessibility_label",
    ])?;
    button.optional_text("action_id", 255)?;
    button.optional_text("value", 2000)?;
    button.optional_text("accessibility_label", 75)?;
    if button.has("url") {
        url(button, "url")?;
    }
    if button.has("style") && !["primary", "danger"].contains(&button.text("style", 10)?) {
        return Err(button.fault("invalid style"));
    }
    text_object(&button.child("text")?, 75, &["plain_text"])
}

fn image(image: &Part<'_>) -> Result<(), String> {
    url(image, "image_url")?;
    image.text("alt_text", 2000).map(|_| ())
}

fn url(part: &Part<'_>, name: &str) -> Result<(), String> {
    let url = Url::parse(part.text(name, 3000)?).ok();
    let is_web = url.is_some_and(|url| ["http", "https"].contains(&url.scheme()));
    if is_web {
        Ok(())
    } else {
        Err(part.fault(&format!("invalid url: {name}")))
    }
}

fn text_object(object: &Part<'_>, limit: usize, kinds: &[&str]) -> Result<(), String> {
    if !kinds.contains(&object.kind()?) {
        return Err(object.fault(&format!("must be of the type {}", kinds.join(" or "))));
    }
    object.only(&["text", "emoji", "verbatim"])?;
    object.text("text", limit).map(|_| ())
}

/// An object with its place.
struct Part<'v> {
    fields: &'v Map<String, Value>,
    pointer: String,
}

impl<'v> Part<'v> {
    fn new(value: &'v Value, pointer: String) -> Result<Self, String> {
        match value {
            Value::Object(fields) => Ok(Self { fields, pointer }),
            _ => Err(format!("must be an object [json-pointer:{pointer}]")),
        }
    }

    fn fault(&self, message: &str) -> String {
        format!("{message} [json-pointer:{}]", self.pointer)
    }

    fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    fn kind(&self) -> Result<&'v str, String> {
        self.text("type", 30)
    }

    /// Refuses other fields than these, `type` and `block_id`.
    fn only(&self, names: &[&str]) -> Result<(), String> {
        let mut fields = self.fields.keys();
        let other = fields.find(|field| {
            let field = field.as_str();
            !names.contains(&field) && field != "type" && field != "block_id"
        });
        match other {
            Some(name) => Err(self.fault(&format!("invalid additional property: {name}"))),
            None => Ok(()),
        }
    }

    /// Returns a text of at least one character.
    fn text(&self, name: &str, limit: usize) -> Result<&'v str, String> {
        let Some(text) = self.fields.get(name).and_then(Value::as_str) else {
            return Err(self.fault(&format!("missing required field: {name}")));
        };
        match text.chars().count() {
            0 => Err(self.fault(&format!("must be more than 0 characters: {name}"))),
            length if length > limit => Err(self.fault(&format!(
                "must be less than {} characters: {name}",
                limit + 1
            ))),
            _ => Ok(text),
        }
    }

    fn optional_text(&self, name: &str, limit: usize) -> Result<(), String> {
        if self.has(name) {
            self.text(name, limit)?;
        }
        Ok(())
    }

    fn child(&self, name: &str) -> Result<Self, String> {
        let value = self.fields.get(name);
        let value = value.ok_or_else(|| self.fault(&format!("missing required field: {name}")))?;
        Self::new(value, format!("{}/{name}", self.pointer))
    }

    /// Returns the items of a list of at least one and at most `limit`.
    fn children(&self, name: &str, limit: usize) -> Result<Vec<Self>, String> {
        let values = self.fields.get(name).and_then(Value::as_array);
        let values = values.filter(|values| (1..=limit).contains(&values.len()));
        let Some(values) = values else {
            return Err(self.fault(&format!("must have 1 to {limit} items: {name}")));
        };
        let parts = values
            .iter()
            .enumerate()
            .map(|(index, value)| Self::new(value, format!("{}/{name}/{index}", self.pointer)));
        parts.collect()
    }
}
