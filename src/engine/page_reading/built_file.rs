//! Finds the file of a URL in the folder of the built site. The page of a post and its URL together show the folder and
//! the path under which it is published.

use percent_encoding::percent_decode_str;
use syndicate_api::Item;
use url::Url;

/// Returns the file that is published at `address`, relative to pipeline.yaml. Returns `None` if the built page is not
/// known, or `address` is not on the site. The file may not exist.
pub(super) fn built_file(item: &Item, address: &Url) -> Option<String> {
    let page_url = Url::parse(item.url.as_deref()?).ok()?;
    if (page_url.host_str(), page_url.port()) != (address.host_str(), address.port()) {
        return None;
    }
    let page = item.page.as_deref()?;
    let mut folders: Vec<&str> = page.split('/').collect();
    if folders.last().is_some_and(|name| is_index(name)) {
        folders.pop();
    }
    let mut prefix = segments(&page_url)?;
    if prefix.last().is_some_and(|name| is_index(name)) {
        prefix.pop();
    }
    while let (Some(folder), Some(segment)) = (folders.last(), prefix.last())
        && without_ending(folder) == without_ending(segment)
    {
        folders.pop();
        prefix.pop();
    }
    let path = segments(address)?;
    let path = path.strip_prefix(prefix.as_slice())?;
    let path = path.iter().map(String::as_str);
    Some(
        folders
            .into_iter()
            .chain(path)
            .collect::<Vec<_>>()
            .join("/"),
    )
}

/// Returns the decoded segments of a path. Returns `None` if one of them is not the name of a file.
fn segments(url: &Url) -> Option<Vec<String>> {
    let parts = url.path_segments()?.filter(|part| !part.is_empty());
    let decoded = parts.map(|part| {
        let name = percent_decode_str(part).decode_utf8().ok()?;
        let is_name = name != "." && name != ".." && !name.contains(['/', '\\', '\0']);
        is_name.then(|| name.into_owned())
    });
    decoded.collect()
}

fn is_index(name: &str) -> bool {
    matches!(name, "index.html" | "index.htm")
}

fn without_ending(name: &str) -> &str {
    name.strip_suffix(".html").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(page: &str, url: &str, address: &str) -> Option<String> {
        let item = Item {
            page: Some(page.to_owned()),
            url: Some(url.to_owned()),
            ..Item::default()
        };
        built_file(&item, &Url::parse(address).unwrap())
    }

    #[test]
    fn file_follows_from_page_and_url() {
        for (page, url, address, expected) in [
            (
                "public/a/index.html",
                "https://s.org/a/",
                "https://s.org/img/p%20q.png",
                Some("public/img/p q.png"),
            ),
            (
                "../site/out/a.html",
                "https://s.org/blog/a",
                "http://s.org/blog/a.png",
                Some("../site/out/a.png"),
            ),
            (
                "index.html",
                "https://s.org/",
                "https://s.org/a.png?v=2",
                Some("a.png"),
            ),
            (
                "public/a/index.html",
                "https://s.org/blog/a/",
                "https://s.org/other/p.png",
                None,
            ),
            (
                "public/a/index.html",
                "https://s.org/a/",
                "https://cdn.s.org/p.png",
                None,
            ),
            (
                "public/a/index.html",
                "https://s.org/a/",
                "https://s.org/%2e%2e%2fsecret.png",
                None,
            ),
        ] {
            assert_eq!(file(page, url, address).as_deref(), expected, "{address}");
        }
    }
}
