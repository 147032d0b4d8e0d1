//! Embeds and their limits ("Message Resource", Embed Object, Embed Limits).

use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use crate::discord::form_errors::{FormErrors, join};

/// The largest number of embeds of a message.
const MAX_EMBEDS: usize = 10;

/// The largest number of fields of an embed.
const MAX_FIELDS: usize = 25;

/// The largest number of characters of all embeds of a message.
const MAX_TOTAL: usize = 6000;

/// The fields of an embed that a webhook can set.
const FIELDS: [&str; 10] = [
    "title",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "author",
    "fields",
];

/// Checks the embeds of a message.
pub(super) fn check(embeds: &[Value], errors: &mut FormErrors) {
    if embeds.len() > MAX_EMBEDS {
        let message = format!("Must be {MAX_EMBEDS} or fewer in length.");
        errors.add("embeds", "BASE_TYPE_MAX_LENGTH", &message);
    }
    let mut total = 0;
    for (index, embed) in embeds.iter().enumerate() {
        let path = format!("embeds.{index}");
        let url = embed.get("url").filter(|url| url.is_string());
        let mut earlier = embeds[..index].iter();
        if url.is_some() && earlier.any(|other| other.get("url") == url) {
            // Of several embeds with one URL, only the first is shown.
            errors.ignored.push(path.clone());
        }
        match embed {
            Value::Object(fields) => total += self::embed(fields, &path, errors),
            _ => not_an_object(&path, errors),
        }
    }
    if total > MAX_TOTAL {
        let message = format!("Embed size exceeds maximum size of {MAX_TOTAL}");
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", &message);
    }
}

/// Checks an embed. Returns the number of its characters that count for the total.
fn embed(embed: &Map<String, Value>, path: &str, errors: &mut FormErrors) -> usize {
    errors.ignore_unknown(embed, &FIELDS, path);
    let mut total = 0;
    total += length(errors.text(embed, "title", path, 256));
    total += length(errors.text(embed, "description", path, 4096));
    url(embed, "url", path, false, errors);
    if let Some(time) = errors.text(embed, "timestamp", path, 100)
        && time.parse::<Timestamp>().is_err()
    {
        let message = format!("Could not parse {time}. Should be ISO8601.");
        errors.add(&join(path, "timestamp"), "DATE_TIME_TYPE_PARSE", &message);
    }
    color(embed, path, errors);
    for name in ["image", "thumbnail"] {
        with_object(embed, name, path, errors, |image, path, errors| {
            errors.ignore_unknown(image, &["url"], path);
            errors.require(image, "url", path);
            url(image, "url", path, true, errors);
            0
        });
    }
    total += with_object(embed, "footer", path, errors, |footer, path, errors| {
        errors.ignore_unknown(footer, &["text", "icon_url"], path);
        errors.require(footer, "text", path);
        url(footer, "icon_url", path, true, errors);
        length(errors.text(footer, "text", path, 2048))
    });
    total += with_object(embed, "author", path, errors, |author, path, errors| {
        errors.ignore_unknown(author, &["name", "url", "icon_url"], path);
        errors.require(author, "name", path);
        url(author, "url", path, false, errors);
        url(author, "icon_url", path, true, errors);
        length(errors.text(author, "name", path, 256))
    });
    total + fields(embed, path, errors)
}

fn fields(embed: &Map<String, Value>, path: &str, errors: &mut FormErrors) -> usize {
    let Some(Value::Array(fields)) = embed.get("fields") else {
        return 0;
    };
    let path = join(path, "fields");
    if fields.len() > MAX_FIELDS {
        let message = format!("Must be {MAX_FIELDS} or fewer in length.");
        errors.add(&path, "BASE_TYPE_MAX_LENGTH", &message);
    }
    let mut total = 0;
    for (index, field) in fields.iter().enumerate() {
        let path = format!("{path}.{index}");
        let Value::Object(field) = field else {
            not_an_object(&path, errors);
            continue;
        };
        errors.ignore_unknown(field, &["name", "value", "inline"], &path);
        errors.require(field, "name", &path);
        errors.require(field, "value", &path);
        total += length(errors.text(field, "name", &path, 256));
        total += length(errors.text(field, "value", &path, 1024));
    }
    total
}

fn color(embed: &Map<String, Value>, path: &str, errors: &mut FormErrors) {
    let Some(color) = embed.get("color").filter(|color| !color.is_null()) else {
        return;
    };
    let path = join(path, "color");
    match color.as_i64() {
        Some(0..=0xFF_FFFF) => {}
        Some(_) => errors.add(
            &path,
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 16777215.",
        ),
        None => errors.add(&path, "NUMBER_TYPE_COERCE", "Value is not int."),
    }
}

/// Checks a URL. Pictures can also refer to an attachment.
fn url(
    fields: &Map<String, Value>,
    name: &str,
    path: &str,
    is_picture: bool,
    errors: &mut FormErrors,
) {
    let Some(text) = errors.text(fields, name, path, 2048) else {
        return;
    };
    if text.is_empty() {
        return;
    }
    let path = join(path, name);
    let Ok(url) = Url::parse(text) else {
        errors.add(&path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        return;
    };
    let schemes: &[&str] = if is_picture {
        &["http", "https", "attachment"]
    } else {
        &["http", "https"]
    };
    if !schemes.contains(&url.scheme()) {
        let message = format!(
            "Scheme \"{}\" is not supported. Scheme must be one of ('{}').",
            url.scheme(),
            schemes.join("', '")
        );
        errors.add(&path, "URL_TYPE_INVALID_SCHEME", &message);
    } else if !url.has_host() {
        errors.add(&path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
}

/// Checks an object in a field, if it is set.
fn with_object(
    fields: &Map<String, Value>,
    name: &str,
    path: &str,
    errors: &mut FormErrors,
    check: impl Fn(&Map<String, Value>, &str, &mut FormErrors) -> usize,
) -> usize {
    let path = join(path, name);
    match fields.get(name) {
        None | Some(Value::Null) => 0,
        Some(Value::Object(object)) => check(object, &path, errors),
        Some(_) => {
            not_an_object(&path, errors);
            0
        }
    }
}

fn not_an_object(path: &str, errors: &mut FormErrors) {
    errors.add(
        path,
        "MODEL_TYPE_CONVERT",
        "Only dictionaries may be used in a ModelType",
    );
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.chars().count())
}
