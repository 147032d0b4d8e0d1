//! The comparison of each field with the record of the site's generator.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::reading::Reading;
use super::truth::Truth;
use crate::support::NOW;

/// A field to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Url,
    Title,
    /// A description from the author.
    Description,
    /// A description that the generator cut from the text; only its start is compared.
    Excerpt,
    Image,
    Date,
    Tags,
    Draft,
}

impl Field {
    pub(crate) const ALL: [Self; 8] = [
        Self::Url,
        Self::Title,
        Self::Description,
        Self::Excerpt,
        Self::Image,
        Self::Date,
        Self::Tags,
        Self::Draft,
    ];
}

/// Compares a field of `item` with `truth`. Returns `None` if there is nothing to compare, and describes a
/// disagreement in the error.
pub(crate) fn compare(
    field: Field,
    reading: Reading,
    truth: &Truth,
    item: &Value,
) -> Option<Result<(), String>> {
    let pages = reading != Reading::Markdown;
    match field {
        Field::Url => {
            let expected = truth.text("url_path")?;
            let found = item["url"].as_str().unwrap_or_default();
            let path = url::Url::parse(found)
                .map(|url| url.path().to_owned())
                .unwrap_or_default();
            Some(same(&path, expected))
        }
        Field::Title => {
            let titles = truth.titles();
            let found = text(item, "title");
            let agrees = titles.iter().any(|title| squeezed(title) == found);
            let nothing = titles.iter().all(|title| title.is_empty());
            (!nothing).then(|| {
                if agrees {
                    Ok(())
                } else {
                    Err(format!("{titles:?} ≠ {found:?}"))
                }
            })
        }
        Field::Description | Field::Excerpt => description(field, pages, truth, item),
        Field::Image => image(pages, truth, item),
        Field::Date => date(truth, item),
        // The generator records no tags for posts that it did not build.
        Field::Tags if !truth.is_built() => None,
        Field::Tags => {
            let expected: BTreeSet<String> = truth.tags().into_iter().collect();
            let found = item["tags"].as_array().into_iter().flatten();
            let found: BTreeSet<String> = found
                .filter_map(Value::as_str)
                .map(str::to_lowercase)
                .collect();
            let agrees = expected == found;
            Some(if agrees {
                Ok(())
            } else {
                Err(format!("{expected:?} ≠ {found:?}"))
            })
        }
        Field::Draft => {
            let (expected, found) = (truth.is_draft(), item["draft"] == true);
            let agrees = expected == found;
            Some(if agrees {
                Ok(())
            } else {
                Err(format!("{expected} ≠ {found}"))
            })
        }
    }
}

fn description(
    field: Field,
    pages: bool,
    truth: &Truth,
    item: &Value,
) -> Option<Result<(), String>> {
    let kind = truth.text("description_kind")?;
    let expected = squeezed(truth.text("description")?);
    let found = text(item, "description");
    let whole = pages || kind == "front-matter";
    match field {
        Field::Description if whole => Some(same(&found, &expected)),
        Field::Excerpt if !whole && kind == "auto-excerpt" => {
            let begin = |text: &str| text.replace(' ', "").chars().take(40).collect::<String>();
            Some(same(&begin(&found), &begin(&expected)))
        }
        _ => None,
    }
}

fn image(pages: bool, truth: &Truth, item: &Value) -> Option<Result<(), String>> {
    let found = item["image"]["url"].as_str().unwrap_or_default();
    let expected = truth.text("image").unwrap_or_default();
    if pages {
        // A page without a picture in its head may show one in its text.
        return (!expected.is_empty()).then(|| same(found, expected));
    }
    match truth.text("image_kind")? {
        "site-default" => None,
        _ => Some(same(found, expected)),
    }
}

fn date(truth: &Truth, item: &Value) -> Option<Result<(), String>> {
    let Some(expected) = truth.text("date") else {
        let found = &item["published"];
        let agrees = found.is_null();
        return Some(if agrees {
            Ok(())
        } else {
            Err(format!("no date ≠ {found}"))
        });
    };
    let found = item["published"].as_str().unwrap_or_default();
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<Date>().ok());
    let agrees = match (expected.parse::<Timestamp>(), found.parse::<Timestamp>()) {
        // Items have dates in whole seconds.
        (Ok(expected), Ok(found)) if expected.as_second() == found.as_second() => true,
        // A date without a time is compared as a day, because generators choose different instants for it.
        (Ok(_), Ok(_)) if expected.contains("T00:00:00") => day(expected) == day(found),
        (Err(_), Ok(_)) => day(expected) == day(found),
        _ => false,
    };
    Some(if agrees {
        Ok(())
    } else {
        Err(format!("{expected} ≠ {found}"))
    })
}

/// Returns `true` if the item has no property that holds it back.
pub(crate) fn would_be_sent(item: &Value) -> bool {
    let published = item["published"].as_str().unwrap_or_default();
    let is_past = |text: &str| {
        let now: Timestamp = NOW.parse().unwrap();
        text.parse::<Timestamp>()
            .is_ok_and(|published| published <= now)
    };
    let is_future = !published.is_empty() && !is_past(published);
    item["draft"] == false && item["hold"].is_null() && item["error"].is_null() && !is_future
}

/// Returns `true` if `page`, the page of an item, is the file `html` in the output folder.
pub(crate) fn is_at(page: Option<&str>, html: &str) -> bool {
    page == Some(&format!("output/{html}"))
}

fn same(found: &str, expected: &str) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{expected:?} ≠ {found:?}"))
    }
}

fn text(item: &Value, field: &str) -> String {
    squeezed(item[field].as_str().unwrap_or_default())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
