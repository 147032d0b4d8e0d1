//! The built pages of real sites, read without Markdown.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::normalise_url;
use url::Url;

use super::folder;
use crate::page::{Page, read};

/// The posts of a site with their expected data, and its other pages.
struct Site {
    posts: Vec<(Value, Page)>,
    others: Vec<(Value, Page)>,
}

impl Site {
    fn load(name: &str) -> Self {
        let folder = folder(name);
        let text = std::fs::read_to_string(folder.join("site.json")).unwrap();
        let about: Value = serde_json::from_str(&text).unwrap();
        let base = about["base_url"].as_str().unwrap().trim_end_matches('/');
        let zone = TimeZone::get(about["timezone"].as_str().unwrap_or("UTC")).unwrap();
        let pages = |list: &str| -> Vec<(Value, Page)> {
            let text = std::fs::read_to_string(folder.join(list)).unwrap();
            let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
            lines
                .filter_map(|line: Value| {
                    let html = line["html"].as_str()?;
                    // Some list pages were too large for the corpus.
                    let bytes = std::fs::read(folder.join("output").join(html)).ok()?;
                    let address = Url::parse(&format!("{base}/{html}")).unwrap();
                    let page = read(&bytes, Some(&address), &zone);
                    Some((line, page))
                })
                .collect()
        };
        Self {
            posts: pages("truth.jsonl"),
            others: pages("nonposts.jsonl"),
        }
    }

    /// Checks every value of the field `what`, and returns the number of posts that have one.
    #[track_caller]
    fn assert_field<T: PartialEq + std::fmt::Debug>(
        &self,
        what: &str,
        compare: impl Fn(&Value, &Page) -> Option<(T, T)>,
    ) -> usize {
        let compared = self.posts.iter();
        let compared: Vec<_> = compared
            .filter_map(|(truth, page)| Some((truth, compare(truth, page)?)))
            .collect();
        for (truth, (expected, actual)) in &compared {
            assert_eq!(actual, expected, "{what} of {}", truth["html"]);
        }
        compared.len()
    }
}

fn filled(value: &Value) -> Option<String> {
    let words: Vec<&str> = value.as_str()?.split_whitespace().collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

/// Returns the correct titles: that of the head, and that of the front matter without the site's name.
fn titles(truth: &Value, page: &Page) -> Option<(String, String)> {
    let actual = page
        .title
        .best()
        .map_or_else(String::new, |(title, _)| title.clone());
    let own = [&truth["fm_title"], &truth["model"]["title"]];
    let is_own = own
        .iter()
        .any(|title| filled(title).as_ref() == Some(&actual));
    let expected = filled(&truth["title"])?;
    Some((if is_own { actual.clone() } else { expected }, actual))
}

fn addresses(truth: &Value, page: &Page) -> Option<(String, String)> {
    let path = |address: &str| Some(Url::parse(&normalise_url(address)?).ok()?.path().to_owned());
    let (actual, _) = page.url.best()?;
    let expected = format!("https://example.org{}", filled(&truth["url_path"])?);
    Some((path(&expected)?, path(actual)?))
}

/// Returns the pictures in heads; the corpus has no data about pictures in bodies.
fn images(truth: &Value, page: &Page) -> Option<(String, String)> {
    let (image, origin) = page.images.best()?;
    (origin.to_string() == "page `og:image`")
        .then(|| Some((filled(&truth["image"])?, image.url.clone()?)))?
}

fn dates(truth: &Value, page: &Page) -> Option<(String, String)> {
    let expected = filled(&truth["date"])?;
    let (actual, _) = page.published.best()?;
    Some(match expected.parse::<Timestamp>() {
        Ok(instant) => (instant.to_string(), actual.at.timestamp().to_string()),
        Err(_) => (expected, actual.at.date().to_string()),
    })
}

fn tags(truth: &Value, page: &Page) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
    let (actual, _) = page.tags.best()?;
    let expected = truth["tags"].as_array()?.iter().filter_map(Value::as_str);
    Some((
        expected.map(str::to_lowercase).collect(),
        actual.iter().map(|tag| tag.to_lowercase()).collect(),
    ))
}

fn descriptions(truth: &Value, page: &Page) -> Option<(String, String)> {
    let beginning = |text: String| text.chars().take(50).collect::<String>();
    let expected = filled(&truth["description"])?;
    let actual = page.description.best().map_or("", |(text, _)| text);
    Some((beginning(expected), beginning(actual.to_owned())))
}

/// The number of posts of a site with a value for each field.
#[derive(Debug, PartialEq)]
struct FieldCounts {
    posts: usize,
    titles: usize,
    addresses: usize,
    images: usize,
    dates: usize,
    tags: usize,
    descriptions: usize,
}

#[track_caller]
fn check(name: &str, expected: &FieldCounts) {
    let site = Site::load(name);
    let said = FieldCounts {
        posts: site.posts.len(),
        titles: site.assert_field("title", titles),
        addresses: site.assert_field("address", addresses),
        images: site.assert_field("image", images),
        dates: site.assert_field("date", dates),
        tags: site.assert_field("tags", tags),
        descriptions: site.assert_field("description", descriptions),
    };
    assert_eq!(said, *expected);
    for (truth, page) in &site.posts {
        let signals = &page.signals;
        let is_none = signals.redirect.is_none() && !signals.is_not_found && !page.partial;
        assert!(is_none, "{}: {signals:?}", truth["html"]);
    }
    for (line, page) in &site.others {
        let redirect = line["redirect"].as_bool().unwrap();
        assert_eq!(
            page.signals.redirect.is_some(),
            redirect,
            "{}",
            line["html"]
        );
    }
}

macro_rules! sites {
    ($($test:ident $name:literal $posts:literal $titles:literal $addresses:literal $images:literal
       $dates:literal $tags:literal $descriptions:literal;)*) => {
        $(#[test]
        #[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
        fn $test() {
            check($name, &FieldCounts {
                posts: $posts,
                titles: $titles,
                addresses: $addresses,
                images: $images,
                dates: $dates,
                tags: $tags,
                descriptions: $descriptions,
            });
        })*
    };
}

sites! {
    docusaurus "docusaurus-babel" 56 56 56 56 56 0 56;
    eleventy "eleventy-base" 4 4 0 0 4 4 4;
    hexo "hexo-fenglu" 41 41 41 38 41 41 41;
    hugo "hugo-papermod" 12 12 12 12 12 6 12;
    jekyll "jekyll-basically" 27 27 27 5 24 0 27;
    pelican "pelican-jakevdp" 64 64 64 0 64 63 0;
    zola "zola-testsite" 35 31 35 0 16 0 3;
}
