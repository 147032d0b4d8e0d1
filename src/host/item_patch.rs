//! Applies the answer of a transform to an item: a JSON merge patch (RFC 7396) of its writable fields. `null` removes a
//! value. `image` is replaced as a whole if the patch names a picture.

use std::path::Path;

use plugin_protocol::{ItemImage, READ_ONLY_FIELDS, WRITABLE_FIELDS};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use syndicate_api::text::{distinct, language_tag};
use syndicate_api::{
    FieldOrigin, Item, ItemAuthor, ItemField, did_you_mean, load_options, normalise_url,
};

use super::plugin_host::ProgramSpec;
use super::source_item::image_of;

/// Applies `patch`, which the transform `transform`, run as `spec`, returned. The copies of pictures that it made are in
/// `store`.
///
/// # Errors
/// If the patch has a field that is read-only, or a value of the wrong type. The item may have changed in part.
pub(super) fn apply(
    item: &mut Item,
    patch: Map<String, Value>,
    (transform, spec): (&str, &ProgramSpec),
    store: Option<&Path>,
) -> Result<(), String> {
    for (name, value) in patch {
        let origin =
            set(item, &name, value, (spec, store)).map_err(|error| format!("`{name}`: {error}"))?;
        if let Some(field) = origin {
            let origin = FieldOrigin::Transform(transform.to_owned());
            item.origin.insert(field, origin);
        }
    }
    Ok(())
}

/// Sets a field, and returns its name among the origins.
fn set(
    item: &mut Item,
    name: &str,
    value: Value,
    place: (&ProgramSpec, Option<&Path>),
) -> Result<Option<ItemField>, String> {
    Ok(match name {
        "author" => {
            let names: Option<Names> = parse(value)?;
            let names = names.map_or_else(Vec::new, Names::into_vec);
            item.authors = names.into_iter().map(ItemAuthor::named).collect();
            item.author = ItemAuthor::joined_names(&item.authors);
            Some(ItemField::Author)
        }
        "commentary" => {
            item.commentary = parse(value)?;
            None
        }
        "description" => {
            item.description = parse(value)?;
            Some(ItemField::Description)
        }
        "draft" => {
            if parse::<bool>(value)? {
                item.draft = true;
                return Ok(Some(ItemField::Draft));
            }
            if item.draft {
                return Err("a transform can only set it to `true`".to_owned());
            }
            None
        }
        "image" => {
            set_image(item, value, place)?;
            Some(ItemField::Image)
        }
        "lang" => {
            let lang: Option<String> = parse(value)?;
            item.lang = lang.as_deref().map(language_tag);
            Some(ItemField::Lang)
        }
        "link" => {
            let link: Option<String> = parse(value)?;
            if let Some(link) = link.as_deref().filter(|link| normalise_url(link).is_none()) {
                return Err(format!("invalid address `{link}`"));
            }
            item.link = link;
            None
        }
        "tags" => {
            let tags: Option<Vec<String>> = parse(value)?;
            item.tags = distinct(tags.unwrap_or_default());
            Some(ItemField::Tags)
        }
        "title" => {
            item.title = parse(value)?;
            Some(ItemField::Title)
        }
        "vars" => {
            let mut vars = Value::Object(std::mem::take(&mut item.vars));
            if !value.is_object() && !value.is_null() {
                return Err("the value must be a mapping".to_owned());
            }
            merge(&mut vars, value);
            if let Value::Object(vars) = vars {
                item.vars = vars;
            }
            None
        }
        name if READ_ONLY_FIELDS.contains(&name) => {
            return Err("a transform cannot change it".to_owned());
        }
        name => {
            return Err(match did_you_mean(name, WRITABLE_FIELDS.iter().copied()) {
                Some(hint) => format!("no such field; {hint}"),
                None => "no such field".to_owned(),
            });
        }
    })
}

fn set_image(
    item: &mut Item,
    value: Value,
    (spec, store): (&ProgramSpec, Option<&Path>),
) -> Result<(), String> {
    let Some(image): Option<ItemImage> = parse(value)? else {
        item.image = None;
        return Ok(());
    };
    if image.url.is_some() || image.file.is_some() {
        item.image = Some(image_of(image, spec, store)?);
    } else if let (Some(current), Some(alt)) = (&mut item.image, image.alt) {
        current.alt = Some(alt);
    }
    Ok(())
}

/// The authors: one text, or a list.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::Several(names) => names,
        }
    }
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    T::deserialize(&value).or_else(|_| {
        load_options(&value).map_err(|faults| {
            let messages: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
            messages.join("; ")
        })
    })
}

/// Applies a JSON merge patch.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(map) = target else { return };
    for (key, value) in patch {
        match value {
            Value::Null => drop(map.remove(&key)),
            value => merge(map.entry(key).or_insert(Value::Null), value),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(item: Item, patch: Value) -> Result<Item, String> {
        let mut item = item;
        let Value::Object(patch) = patch else {
            panic!("a mapping")
        };
        let spec = ProgramSpec::for_tests("/nowhere".as_ref());
        apply(&mut item, patch, ("series", &spec), None).map(|()| item)
    }

    fn item() -> Item {
        Item {
            title: Some("A".to_owned()),
            description: Some("D".to_owned()),
            url: Some("https://s.example/a".to_owned()),
            ..Item::default()
        }
    }

    #[test]
    fn writable_fields_change() {
        let item = patched(
            item(),
            json!({
                "title": "B", "description": null, "tags": ["x", "X", "y"], "draft": true,
                "author": ["Jane", "Otto"], "lang": "EN_us", "link": "https://s.example/a?x=1",
                "image": {"file": "a.png", "alt": "A"}, "commentary": "Hi", "vars": {"n": 1},
            }),
        );
        let item = item.unwrap();
        assert_eq!(item.title.as_deref(), Some("B"));
        assert_eq!(item.description, None);
        assert_eq!(item.tags, ["x", "y"]);
        assert_eq!(item.author.as_deref(), Some("Jane, Otto"));
        assert_eq!(item.commentary.as_deref(), Some("Hi"));
        assert_eq!(item.vars["n"], 1);
        assert!(item.draft);
        let origin = FieldOrigin::Transform("series".to_owned());
        assert_eq!(item.origin[&ItemField::Title], origin);
        let item = patched(item, json!({"image": {"alt": "B"}, "author": "Z"})).unwrap();
        let image = item.image.unwrap();
        assert_eq!(
            (image.file.as_deref(), image.alt.as_deref()),
            (Some("a.png"), Some("B"))
        );
        assert_eq!(item.authors.len(), 1);
    }

    #[test]
    fn other_fields_do_not_change() {
        for patch in [
            json!({"url": "https://other.example/"}),
            json!({"id": "x"}),
            json!({"published": "2026-01-01"}),
            json!({"title": 1}),
            json!({"tags": "x"}),
            json!({"link": "javascript:alert(1)"}),
            json!({"image": {"file": "/etc/passwd"}}),
            json!({"image": {"file": "../secret.png"}}),
            json!({"vars": [1]}),
        ] {
            assert!(patched(item(), patch.clone()).is_err(), "{patch}");
        }
        let draft = Item {
            draft: true,
            ..item()
        };
        assert!(patched(draft, json!({"draft": false})).is_err());
        assert!(!patched(item(), json!({"draft": false})).unwrap().draft);
    }

    #[test]
    fn merge_follows_rfc_7396() {
        // The examples of RFC 7396, appendix A.
        for (target, patch, expected) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": {"b": "c"}}),
                json!({"a": {"b": "d", "c": null}}),
                json!({"a": {"b": "d"}}),
            ),
            (
                json!({"e": null}),
                json!({"a": 1}),
                json!({"e": null, "a": 1}),
            ),
            (
                json!([1, 2]),
                json!({"a": "b", "c": null}),
                json!({"a": "b"}),
            ),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, patch.clone());
            assert_eq!(merged, expected, "{target} {patch}");
        }
    }

    #[test]
    fn unknown_field_is_error() {
        let error = patched(item(), json!({"titel": "B"})).unwrap_err();
        assert_eq!(error, "`titel`: no such field; did you mean `title`?");
        let error = patched(item(), json!({"zzz": 1})).unwrap_err();
        assert_eq!(error, "`zzz`: no such field");
    }
}
