//! The addresses of sent posts as a data file, in the formats that site generators read.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::published::ItemCopies;
use crate::config::LinkFormat;

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
        table.write_record(["path", "page", "sink", "platform", "url", "published"])?;
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
