//! The addresses of sent posts as a data file, in the formats that site generators read.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::published::ItemCopies;
use crate::config::LinkFormat;

/// The names of the columns of a table.
const TABLE_HEAD: [&str; 6] = ["path", "page", "sink", "platform", "url", "published"];

/// The content of a data file.
#[derive(Serialize)]
struct LinkData<'a> {
    v: u32,
    /// Each item twice: by its file, and by its address.
    posts: BTreeMap<&'a str, Vec<Copy<'a>>>,
    #[serde(flatten)]
    more: &'a BTreeMap<String, Value>,
}

#[derive(Serialize)]
struct Copy<'a> {
    sink: &'a str,
    platform: &'a str,
    url: &'a str,
    published: String,
}

#[derive(Serialize)]
struct Row<'a> {
    path: Option<&'a str>,
    page: Option<&'a str>,
    sink: &'a str,
    platform: &'a str,
    url: &'a str,
    published: String,
}

/// Returns the text of a data file. `more` are further values at its top level, which a table does not have.
///
/// # Errors
/// If a value cannot be written in this format.
pub(crate) fn format_copies(
    items: &[ItemCopies],
    format: LinkFormat,
    more: &BTreeMap<String, Value>,
) -> anyhow::Result<String> {
    let data = LinkData {
        v: 1,
        posts: posts(items),
        more,
    };
    Ok(match format {
        LinkFormat::Json => format!("{}\n", serde_json::to_string_pretty(&data)?),
        LinkFormat::Yaml => serde_saphyr::to_string(&data)?,
        LinkFormat::Toml => toml::to_string(&data)?,
        LinkFormat::Csv => table(items)?,
    })
}

/// Returns `true` if `text` is a data file that [`format_copies`] wrote, or is empty.
pub(super) fn is_link_data(text: &str, format: LinkFormat) -> bool {
    if text.trim().is_empty() {
        return true;
    }
    let data: Option<Value> = match format {
        LinkFormat::Json => serde_json::from_str(text).ok(),
        LinkFormat::Yaml => serde_saphyr::from_str(text).ok(),
        LinkFormat::Toml => toml::from_str(text).ok(),
        LinkFormat::Csv => return text.lines().next() == Some(&*TABLE_HEAD.join(",")),
    };
    let is_own = |data: &Map<String, Value>| {
        let mut keys = data.keys();
        data.get("v") == Some(&1.into())
            && data.get("posts").is_some_and(Value::is_object)
            && keys.all(|key| ["v", "posts", "files", "pages"].contains(&&**key))
    };
    data.as_ref().and_then(Value::as_object).is_some_and(is_own)
}

fn posts(items: &[ItemCopies]) -> BTreeMap<&str, Vec<Copy<'_>>> {
    let mut posts = BTreeMap::new();
    for item in items {
        for key in item.path.iter().chain(&item.url) {
            let copies = item.copies.iter().map(|copy| Copy {
                sink: &copy.sink,
                platform: &copy.platform,
                url: &copy.url,
                published: copy.at.to_string(),
            });
            posts.insert(key.as_str(), copies.collect());
        }
    }
    posts
}

fn table(items: &[ItemCopies]) -> anyhow::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    // Without rows, the table has its head.
    if items.is_empty() {
        table.write_record(TABLE_HEAD)?;
    }
    for item in items {
        for copy in &item.copies {
            table.serialize(Row {
                path: item.path.as_deref(),
                page: item.url.as_deref(),
                sink: &copy.sink,
                platform: &copy.platform,
                url: &copy.url,
                published: copy.at.to_string(),
            })?;
        }
    }
    Ok(String::from_utf8(table.into_inner()?)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::copies::published::PublishedCopy;

    fn items() -> Vec<ItemCopies> {
        vec![ItemCopies {
            path: Some("posts/a, \"b\".md".to_owned()),
            url: Some("https://s.example/a: b/".to_owned()),
            copies: vec![PublishedCopy {
                sink: "main".to_owned(),
                platform: "mastodon".to_owned(),
                url: "https://social.example/@a/1".to_owned(),
                at: "2026-11-28T09:00:00Z".parse().unwrap(),
            }],
        }]
    }

    fn expected() -> Value {
        let copies = json!([{
            "sink": "main", "platform": "mastodon", "url": "https://social.example/@a/1",
            "published": "2026-11-28T09:00:00Z",
        }]);
        json!({"v": 1, "posts": {"posts/a, \"b\".md": copies, "https://s.example/a: b/": copies}})
    }

    #[test]
    fn formats_have_equal_content() {
        let text = |format| format_copies(&items(), format, &BTreeMap::new()).unwrap();
        let json: Value = serde_json::from_str(&text(LinkFormat::Json)).unwrap();
        let yaml: Value = serde_saphyr::from_str(&text(LinkFormat::Yaml)).unwrap();
        let toml: Value = toml::from_str(&text(LinkFormat::Toml)).unwrap();
        assert_eq!([&json, &yaml, &toml], [&expected(); 3]);
        assert_eq!(
            text(LinkFormat::Csv),
            "path,page,sink,platform,url,published\n\
             \"posts/a, \"\"b\"\".md\",https://s.example/a: b/,main,mastodon,\
             https://social.example/@a/1,2026-11-28T09:00:00Z\n"
        );
    }

    #[test]
    fn own_files_are_recognized() {
        let more = BTreeMap::from([("pages".to_owned(), json!({}))]);
        for format in [
            LinkFormat::Json,
            LinkFormat::Yaml,
            LinkFormat::Toml,
            LinkFormat::Csv,
        ] {
            for items in [items(), Vec::new()] {
                let text = format_copies(&items, format, &more).unwrap();
                assert!(is_link_data(&text, format), "{text}");
            }
            assert!(is_link_data("\n", format));
        }
        for (text, format) in [
            (r#"{"name": "site", "version": 1}"#, LinkFormat::Json),
            (r#"{"v": 1, "posts": {}, "scripts": {}}"#, LinkFormat::Json),
            (r#"{"v": 1, "posts": []}"#, LinkFormat::Json),
            ("v: 2\nposts: {}\n", LinkFormat::Yaml),
            ("sources: {}\n", LinkFormat::Yaml),
            ("v = [", LinkFormat::Toml),
            ("path,page\n", LinkFormat::Csv),
        ] {
            assert!(!is_link_data(text, format), "{text}");
        }
    }

    #[test]
    fn no_copies_are_empty_data() {
        let text = |format| format_copies(&[], format, &BTreeMap::new()).unwrap();
        let json: Value = serde_json::from_str(&text(LinkFormat::Json)).unwrap();
        assert_eq!(json, json!({"v": 1, "posts": {}}));
        assert_eq!(
            text(LinkFormat::Csv),
            "path,page,sink,platform,url,published\n"
        );
    }
}
