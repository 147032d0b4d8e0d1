//! The fields of an item as JSON values, under the names that plugins in other languages and expressions use.

use serde_json::{Map, Value, json};

use crate::{BodyFormat, Diagnostic, Image, Item, PostDate};

impl Item {
    /// The names of the fields that [`Item::value`] knows, sorted.
    pub const VALUES: &'static [&'static str] = &[
        "author",
        "authors",
        "body",
        "canonical",
        "commentary",
        "description",
        "draft",
        "format",
        "front",
        "id",
        "image",
        "lang",
        "link",
        "page",
        "path",
        "published",
        "site",
        "source",
        "tags",
        "title",
        "updated",
        "url",
        "vars",
    ];

    /// Returns the field `name`, `null` if it has no value or is not one of [`Item::VALUES`]. Dates are texts: the day
    /// alone, or RFC 3339 with the offset that they were written in.
    ///
    /// # Errors
    /// If the field is in a file that cannot be read or has changed.
    pub fn value(&self, name: &str) -> Result<Value, Diagnostic> {
        Ok(match name {
            "author" => json!(self.author),
            "authors" => names(self),
            "body" => json!(self.text.body()?),
            "canonical" => json!(self.canonical),
            "commentary" => json!(self.commentary),
            "description" => json!(self.description),
            "draft" => json!(self.draft),
            "format" => json!(format(self.body_format)),
            "front" => json!(*self.front.read()?),
            "id" => json!(self.id()),
            "image" => self.image.as_ref().map_or(Value::Null, picture),
            "lang" => json!(self.lang),
            "link" => json!(self.link),
            "page" => json!(self.page),
            "path" => json!(self.path),
            "published" => json!(self.published.as_ref().map(date)),
            "site" => site(self),
            "source" => json!(self.source),
            "tags" => json!(self.tags),
            "title" => json!(self.title),
            "updated" => json!(self.updated.as_ref().map(date)),
            "url" => json!(self.url),
            "vars" => json!(self.vars),
            _ => Value::Null,
        })
    }

    /// Returns the value of a field without a value, of the type that the field has otherwise.
    #[must_use]
    pub fn empty_value(name: &str) -> Value {
        match name {
            "authors" | "tags" => Value::Array(Vec::new()),
            "front" | "image" | "site" | "vars" => Value::Object(Map::new()),
            "draft" => Value::Bool(false),
            _ => Value::String(String::new()),
        }
    }
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
    fn every_name_has_value_of_its_type() {
        let front = [("a".to_owned(), json!(1))]
            .into_iter()
            .collect::<Map<_, _>>();
        let text = || Some("x".to_owned());
        let when = crate::dates::parse_date("2026-11-22", &jiff::tz::TimeZone::UTC);
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
        assert!(Item::VALUES.is_sorted());
        for name in Item::VALUES {
            let (value, empty) = (item.value(name).unwrap(), Item::empty_value(name));
            assert!(!value.is_null(), "{name}");
            let kind = std::mem::discriminant(&value);
            assert_eq!(kind, std::mem::discriminant(&empty), "{name}");
        }
        assert_eq!(item.value("published").unwrap(), "2026-11-22");
        assert!(item.value("other").unwrap().is_null());
    }
}
