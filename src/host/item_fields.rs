//! The fields of an item as transforms get them: only those that the plugin needs.

use plugin_protocol::{READ_ONLY_FIELDS, WRITABLE_FIELDS};
use serde_json::{Map, Value, json};
use syndicate_api::{BodyFormat, Diagnostic, Image, Item, PostDate, did_you_mean};

/// Returns the message for the first of `needs` that is not a field of items; `None` if all are.
pub(super) fn unknown_field(needs: &[String]) -> Option<String> {
    let known = || WRITABLE_FIELDS.iter().chain(READ_ONLY_FIELDS).copied();
    let unknown = needs
        .iter()
        .find(|name| !known().any(|known| known == *name))?;
    let hint = did_you_mean(unknown, known()).map(|hint| format!("; {hint}"));
    Some(format!(
        "it needs the field `{unknown}`, which items do not have{}",
        hint.unwrap_or_default()
    ))
}

/// Returns `id` and the fields of `item` in `needs` that have a value.
///
/// # Errors
/// If a field is in a file that cannot be read or has changed.
pub(super) fn needed_fields(
    item: &Item,
    needs: &[String],
) -> Result<Map<String, Value>, Diagnostic> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), item.id().into());
    for name in needs {
        let value = field(item, name)?;
        if !value.is_null() {
            fields.insert(name.clone(), value);
        }
    }
    Ok(fields)
}

fn field(item: &Item, name: &str) -> Result<Value, Diagnostic> {
    Ok(match name {
        "author" => json!(item.author),
        "authors" => names(item),
        "body" => json!(item.text.body()?),
        "canonical" => json!(item.canonical),
        "commentary" => json!(item.commentary),
        "description" => json!(item.description),
        "draft" => json!(item.draft),
        "format" => json!(format(item.body_format)),
        "front" => json!(*item.front.read()?),
        "id" => json!(item.id()),
        "image" => item.image.as_ref().map_or(Value::Null, picture),
        "lang" => json!(item.lang),
        "link" => json!(item.link),
        "page" => json!(item.page),
        "path" => json!(item.path),
        "published" => json!(item.published.as_ref().map(date)),
        "site" => site(item),
        "source" => json!(item.source),
        "tags" => json!(item.tags),
        "title" => json!(item.title),
        "updated" => json!(item.updated.as_ref().map(date)),
        "url" => json!(item.url),
        "vars" => json!(item.vars),
        _ => Value::Null,
    })
}

fn names(item: &Item) -> Value {
    let names = item.authors.iter().map(|author| author.name.as_str());
    names.collect::<Vec<_>>().into()
}

fn format(format: BodyFormat) -> &'static str {
    match format {
        BodyFormat::Markdown => "markdown",
        BodyFormat::Html => "html",
        BodyFormat::Text => "text",
    }
}

fn picture(image: &Image) -> Value {
    without_nulls(json!({"url": image.url, "file": image.file, "alt": image.alt}))
}

fn site(item: &Item) -> Value {
    let site = &item.site;
    without_nulls(json!({
        "title": site.title,
        "description": site.description,
        "url": site.url,
        "author": site.author,
        "lang": site.lang,
        "timezone": site.timezone,
    }))
}

fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, value| !value.is_null());
    }
    value
}

/// Formats a date: the day alone, or RFC 3339 with the offset that it was written in.
fn date(date: &PostDate) -> String {
    match date.day_only {
        true => date.at.date().to_string(),
        false => date.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_needed_fields_are_sent() {
        let item = Item {
            keys: vec!["https://s.example/a".to_owned()],
            title: Some("A".to_owned()),
            tags: vec!["rust".to_owned()],
            author: Some("Jane".to_owned()),
            ..Item::default()
        };
        let needs = ["title", "tags", "image", "draft", "lang"].map(str::to_owned);
        let fields = needed_fields(&item, &needs).unwrap();
        let expected = json!({
            "id": "https://s.example/a", "title": "A", "tags": ["rust"], "draft": false,
        });
        assert_eq!(Value::Object(fields), expected);
    }

    #[test]
    fn every_field_has_value() {
        let front = [("a".to_owned(), json!(1))]
            .into_iter()
            .collect::<Map<_, _>>();
        let text = || Some("x".to_owned());
        let when = syndicate_api::dates::parse_date("2026-11-22", &jiff::tz::TimeZone::UTC);
        let date = when.map(|parsed| parsed.date).ok();
        let item = Item {
            page: text(),
            path: text(),
            url: text(),
            link: text(),
            canonical: text(),
            title: text(),
            description: text(),
            commentary: text(),
            author: text(),
            lang: text(),
            image: Some(Image::default()),
            published: date.clone(),
            updated: date,
            front: front.into(),
            ..Item::default()
        };
        for name in WRITABLE_FIELDS.iter().chain(READ_ONLY_FIELDS) {
            assert!(!field(&item, name).unwrap().is_null(), "{name}");
        }
        assert_eq!(field(&item, "published").unwrap(), "2026-11-22");
    }

    #[test]
    fn unknown_field_has_suggestion() {
        let needs = ["title", "titel"].map(str::to_owned);
        let message = unknown_field(&needs).unwrap();
        assert!(message.ends_with("did you mean `title`?"), "{message}");
        assert_eq!(unknown_field(&needs[..1]), None);
    }
}
