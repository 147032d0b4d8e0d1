//! Finds the built page of a URL.

use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

/// Returns the file of the page at `url` in `folder`: the known one if it is there, else the file that a web server
/// returns for the path of the URL.
pub(crate) fn find_page(folder: &Path, known: Option<&Path>, url: &str) -> Option<PathBuf> {
    let root = folder.canonicalize().ok()?;
    let is_inside = |file: &PathBuf| file.is_file() && file.starts_with(&root);
    let known = known.and_then(|known| known.canonicalize().ok());
    if let Some(known) = known.filter(is_inside) {
        return Some(known);
    }
    let url = Url::parse(url).ok()?;
    let path = percent_decode_str(url.path()).decode_utf8().ok()?;
    let path = path.trim_matches('/');
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    if !Path::new(path).components().all(is_plain) {
        return None;
    }
    let files = [
        format!("{path}/index.html"),
        format!("{path}.html"),
        path.to_owned(),
    ];
    let files = files
        .iter()
        .map(|file| root.join(file.trim_start_matches('/')));
    files.into_iter().find(is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_found_as_by_web_server() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["index.html", "a/index.html", "b.html", "grüße/index.html"] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let root = folder.path().canonicalize().unwrap();
        for (url, expected) in [
            ("https://example.org", Some("index.html")),
            ("https://example.org/a/", Some("a/index.html")),
            ("https://example.org/b", Some("b.html")),
            ("https://example.org/b.html", Some("b.html")),
            (
                "https://example.org/gr%C3%BC%C3%9Fe/",
                Some("grüße/index.html"),
            ),
            ("https://example.org/c/", None),
            ("https://example.org/%2e%2e%2Fa/", None),
        ] {
            let expected = expected.map(|file| root.join(file));
            assert_eq!(find_page(folder.path(), None, url), expected, "{url}");
        }
        let known = root.join("b.html");
        let found = find_page(folder.path(), Some(&known), "https://example.org/other/");
        assert_eq!(found, Some(known));
    }
}
