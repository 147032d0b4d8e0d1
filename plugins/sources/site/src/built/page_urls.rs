//! Resolves the URLs of a page against the site: its own URL must be one of the site, and its pictures
//! are mapped to files of the output folder.

use syndicate_api::{FieldOrigin, Image, normalise_url};

use super::BuiltSite;
use super::output::{INDEX_FILES, page_name, url_path, without_index};
use crate::page::Page;
use crate::urls::{self, BaseUrl};

impl BuiltSite<'_> {
    /// Returns the URL that the page declares as its own; `None` if that URL belongs to another page or
    /// another host. Themes print the home page's URL as `og:url` of all pages, so a URL that does not lead
    /// to `file` must be confirmed by `rel=canonical` or by `own`, the URL derived from the Markdown file.
    pub(super) fn stated_url(
        &self,
        file: &str,
        page: &Page,
        own: Option<&str>,
    ) -> Option<(String, FieldOrigin)> {
        let is_witnessed = |url: &str| {
            let key = normalise_url(url);
            let mut witnesses = [page.signals.canonical.as_deref(), own]
                .into_iter()
                .flatten();
            key.is_some() && witnesses.any(|witness| normalise_url(witness) == key)
        };
        let mut given = page.url.iter();
        let (url, origin) = given.find(|(url, _)| {
            if self.is_index_at(url, file) {
                return true;
            }
            let path = self.site_path(url);
            path.is_some_and(|path| match self.output.page_at(&path) {
                Some(other) => other == file,
                None => !is_above(&path, file) && is_witnessed(url),
            })
        })?;
        Some((without_index(url).to_owned(), origin.clone()))
    }

    /// Returns `true` if `file` is the index file of the folder at `url`, which a web server returns for it. Returns
    /// `false` for a URL that has to be parsed, such as one with a query.
    pub(super) fn is_index_at(&self, url: &str, file: &str) -> bool {
        let base = self.site.base.as_ref().map(BaseUrl::as_str);
        let path = base.and_then(|base| url.strip_prefix(base)?.strip_prefix('/'));
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
        path.is_some_and(|path| {
            !path.is_empty()
                && file.strip_suffix(INDEX_FILES[0]) == Some(path)
                && path.bytes().all(is_plain)
        })
    }

    /// Returns the URL of a page from its path in the output folder.
    pub(super) fn url_of(&self, file: &str) -> Option<(String, FieldOrigin)> {
        let url = self.site.base.as_ref()?.join(&url_path(file));
        Some((url, FieldOrigin::Path))
    }

    /// Returns `true` if a web server returns the page in `file` for `url` without a redirect. On most
    /// hosts `/a/` does not return `a.html`.
    pub(super) fn leads_to(&self, url: &str, file: &str) -> bool {
        let is_index = url_path(file).ends_with('/');
        let own = self.site_path(url);
        own.is_some_and(|path| {
            // Web servers compare names byte by byte, so another Unicode form of the name is not found.
            let named = urls::decode(path.split(['?', '#']).next().unwrap_or(&path));
            (is_index || !path.ends_with('/'))
                && file.starts_with(named.trim_matches('/'))
                && self.output.page_at(&path).is_some_and(|page| page == file)
        })
    }

    /// Returns `true` if `url` may be the URL of the page in `file`: it leads to that page or to none, and
    /// is not the URL of a folder above it. Such a folder's page is a list, even if the file is missing.
    pub(super) fn can_be_of(&self, url: &str, file: &str) -> bool {
        let own = self.site_path(url);
        own.is_some_and(|path| match self.output.page_at(&path) {
            Some(other) => other == file,
            None => !is_above(&path, file),
        })
    }

    /// Returns `image` with its file in the output folder, if it is there.
    pub(super) fn with_local_file(&self, image: &Image) -> Image {
        let path = image.url.as_deref().and_then(|url| self.site_path(url));
        let file = path.and_then(|path| {
            let path = path.split(['?', '#']).next()?;
            self.output.file_at(&urls::decode(path))
        });
        Image {
            file: file.map(|file| self.output.relative_to_pipeline(&file)),
            ..image.clone()
        }
    }
}

/// Returns `true` if `path`, the path of a URL, is a folder above the page in `file`.
fn is_above(path: &str, file: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let folder = urls::decode(without_index(path));
    let folder = folder.trim_matches('/');
    let name = page_name(file);
    let relative = name.strip_prefix(folder);
    relative.is_some_and(|relative| {
        !relative.is_empty() && (folder.is_empty() || relative.starts_with('/'))
    })
}
