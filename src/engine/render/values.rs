//! Converts an item to the values that templates see.
//!
//! The shape is fixed by [`super::shape::ROOT`], independent of the structs of the plugin API, so
//! templates keep working if those change. The clock is not included: the same item always gives the
//! same text.

use serde_json::{Map, Value, json};
use syndicate_api::{Diagnostic, Image, Item, PostDate, PostKind, Site};

use super::clean::clean;

/// Returns the values of `item`, cleaned by [`super::clean`].
///
/// # Errors
/// Returns a diagnostic if the front matter is in a file that has changed.
pub(super) fn values(item: &Item, kind: PostKind, budget: usize) -> Result<Value, Diagnostic> {
    let mut values = json!({
        "author": item.author,
        "budget": budget,
        "description": item.description,
        "front": *item.front.read()?,
        "image": image(item.image.as_ref()),
        "kind": kind.as_str(),
        "lang": item.lang,
        "link": item.link,
        "path": item.path,
        "published": item.published.as_ref().map(rfc3339),
        "site": site(&item.site),
        "source": item.source,
        "tags": item.tags,
        "title": item.title,
        "updated": item.updated.as_ref().map(rfc3339),
        "url": item.url,
        "vars": item.vars,
    });
    clean_all(&mut values);
    Ok(values)
}

/// Returns the values of `item` itself, without those of the sink and of the whole site. A drawn picture is not one of
/// them: it follows from the other values, and from options and a renderer that are not the item's.
///
/// # Errors
/// Returns the same errors as [`values`].
pub(in crate::engine) fn item_values(item: &Item) -> Result<Value, Diagnostic> {
    let mut values = values(item, PostKind::Text, 0)?;
    if let Value::Object(map) = &mut values {
        map.remove("budget");
        map.remove("kind");
        map.remove("site");
        if item
            .image
            .as_ref()
            .is_some_and(|image| image.drawing.is_some())
        {
            map.insert("image".to_owned(), image(None));
        }
    }
    Ok(values)
}

fn image(image: Option<&Image>) -> Value {
    json!({
        "alt": image.and_then(|image| image.alt.as_ref()),
        "file": image.and_then(|image| image.file.as_ref()),
        "url": image.and_then(|image| image.url.as_ref()),
    })
}

fn site(site: &Site) -> Value {
    json!({
        "author": site.author,
        "description": site.description,
        "lang": site.lang,
        "timezone": site.timezone,
        "title": site.title,
        "url": site.url,
    })
}

/// Formats a date as RFC 3339, in the time zone that the author wrote or that the source assumes.
fn rfc3339(moment: &PostDate) -> String {
    let offset = moment.at.offset();
    moment
        .at
        .timestamp()
        .display_with_offset(offset)
        .to_string()
}

fn clean_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(text).into_owned(),
        Value::Array(values) => values.iter_mut().for_each(clean_all),
        Value::Object(map) => {
            // Keys are cleaned too, because `@key` prints them.
            let cleaned: Map<String, Value> = std::mem::take(map)
                .into_iter()
                .map(|(key, mut value)| {
                    clean_all(&mut value);
                    (clean(&key).into_owned(), value)
                })
                .collect();
            *map = cleaned;
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use syndicate_api::{Item, PostDate, PostKind};

    use super::values;
    use crate::engine::render::shape::{ROOT, ValueShape};

    fn assert_shape(shape: ValueShape, value: &Value, name: &str) {
        match (shape, value) {
            (ValueShape::Scalar, Value::Null | Value::Number(_) | Value::String(_)) => {}
            (ValueShape::List, Value::Array(_)) | (ValueShape::Open, Value::Object(_)) => {}
            (ValueShape::Record(_), Value::Object(map)) => {
                let names: Vec<&str> = shape.names().collect();
                let keys: Vec<&String> = map.keys().collect();
                assert_eq!(keys, names, "below {name}");
                for (key, value) in map {
                    assert_shape(shape.below(key).unwrap(), value, key);
                }
            }
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn empty_item_has_all_names() {
        assert_shape(
            ROOT,
            &values(&Item::default(), PostKind::Article, 3000).unwrap(),
            "root",
        );
    }

    #[test]
    fn dates_keep_author_offset() {
        let at = "2026-03-01T09:05:00+05:30[Asia/Kolkata]".parse().unwrap();
        let item = Item {
            published: Some(PostDate {
                at,
                day_only: false,
            }),
            ..Item::default()
        };
        assert_eq!(
            values(&item, PostKind::Text, 1).unwrap()["published"],
            "2026-03-01T09:05:00+05:30"
        );
    }

    #[test]
    fn nested_front_matter_is_cleaned() {
        let front = json!({"a\u{fdd0}": [{"b": "x\u{202e}y\r\n"}]});
        let item = Item {
            front: front.as_object().unwrap().clone().into(),
            ..Item::default()
        };
        assert_eq!(
            values(&item, PostKind::Text, 1).unwrap()["front"],
            json!({"a": [{"b": "xy\n"}]})
        );
    }
}
