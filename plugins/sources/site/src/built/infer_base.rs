//! Infers the site's base URL from its pages if neither pipeline.yaml nor a config file sets it: the
//! prefix that most pages put before their own path.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use url::Url;

use super::feeds_and_sitemaps::ListedUrls;
use super::output::{OutputFolder, page_name, url_path};
use crate::page;
use crate::urls::{self, BaseUrl};

/// The number of pages that are read; one generator made them all, so a sample is enough.
const MAX_PAGES_READ: usize = 64;

/// The maximum number of folders in a base path.
const MAX_BASE_FOLDERS: usize = 4;

/// Returns the base URL that most pages of `output` use.
pub(super) fn infer_from_pages(output: &OutputFolder) -> Option<BaseUrl> {
    let mut tally = Tally::default();
    for file in &output.first_pages(MAX_PAGES_READ) {
        let parse = |bytes: &[u8]| {
            let head = page::read_head(bytes, None, &TimeZone::UTC);
            head.unwrap_or_else(|| page::read(bytes, None, &TimeZone::UTC))
        };
        let Ok(page) = output.read_page(file, parse) else {
            continue;
        };
        if page.signals.redirect.is_none()
            && let Some(base) = page.url.iter().find_map(|(url, _)| base_of_page(url, file))
        {
            tally.add(base);
        }
    }
    if tally.0.is_empty() {
        let listed = ListedUrls::read(output, &[]);
        let bases = listed.all().take(MAX_PAGES_READ);
        bases
            .filter_map(|url| base_of_any_page(url, output))
            .for_each(|base| tally.add(base));
    }
    BaseUrl::parse(&tally.most_common()?)
}

/// The number of pages for each base URL.
#[derive(Debug, Default)]
struct Tally(BTreeMap<String, usize>);

impl Tally {
    fn add(&mut self, base: String) {
        *self.0.entry(base).or_default() += 1;
    }

    fn most_common(self) -> Option<String> {
        let most = *self.0.values().max()?;
        let mut bases = self.0.into_iter();
        bases
            .find(|(_, tally)| *tally == most)
            .map(|(base, _)| base)
    }
}

/// Returns the part of `url` before the path of the page in `file`; `None` if `url` does not end with
/// that path.
fn base_of_page(url: &str, file: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let path = urls::decode(url.path());
    let name = format!("/{}", page_name(file));
    let forms = [
        url_path(file),
        format!("/{file}"),
        name.clone(),
        format!("{name}/"),
    ];
    let base = forms
        .iter()
        .find_map(|form| path.strip_suffix(form.as_str()))?;
    Some(format!("{}{base}", url.origin().ascii_serialization()))
}

/// Returns the part of `url` before the path of any page of `output`.
fn base_of_any_page(url: &str, output: &OutputFolder) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let path = url.path().trim_end_matches('/');
    let slashes = path.match_indices('/').map(|(at, _)| at);
    let at = slashes
        .take(MAX_BASE_FOLDERS)
        .find(|at| output.page_at(&path[*at..]).is_some())?;
    Some(format!(
        "{}{}",
        url.origin().ascii_serialization(),
        &path[..at]
    ))
}

#[cfg(test)]
mod tests {
    use super::base_of_page;

    #[test]
    fn base_url_precedes_page_path() {
        for (url, file, expected) in [
            ("https://a.org/x/", "x/index.html", Some("https://a.org")),
            ("https://a.org/b/x", "x/index.html", Some("https://a.org/b")),
            ("https://a.org/b/x", "x.html", Some("https://a.org/b")),
            ("https://a.org/x.html", "x.html", Some("https://a.org")),
            (
                "http://localhost:4000/",
                "index.html",
                Some("http://localhost:4000"),
            ),
            (
                "https://a.org/b/a%20c/",
                "a c/index.html",
                Some("https://a.org/b"),
            ),
            ("https://medium.com/p/1", "x/index.html", None),
            ("https://a.org/ax/", "x/index.html", None),
        ] {
            assert_eq!(base_of_page(url, file).as_deref(), expected, "{url} {file}");
        }
    }
}
