//! What a page says, made good by what is known of the site: its address is one of the site, its
//! pictures are files where they lie in the output folder.

use syndicate_api::{FieldOrigin, Image, normalise_url};

use super::Built;
use super::output::{name_of, path_of, without_index};
use crate::address;
use crate::page::Page;

impl Built<'_> {
    /// Returns the address that the page gives for itself; not one of another page, nor one on another
    /// host. Themes print the address of the first page as `og:url` of all pages, so an address that
    /// does not lead to the file needs another witness: `rel=canonical`, or `own`, the one that follows
    /// from the Markdown.
    pub(super) fn given_address(
        &self,
        file: &str,
        page: &Page,
        own: Option<&str>,
    ) -> Option<(String, FieldOrigin)> {
        let witnesses = [page.signals.canonical.as_deref(), own];
        let witnesses = witnesses.map(|url| url.and_then(normalise_url));
        let is_witnessed = |url: &str| {
            let key = normalise_url(url);
            key.is_some() && witnesses.contains(&key)
        };
        let mut given = page.url.iter();
        let (url, origin) = given.find(|(url, _)| {
            self.can_be_of(url, file) && (self.is_at(url, file) || is_witnessed(url))
        })?;
        Some((without_index(url).to_owned(), origin.clone()))
    }

    /// Returns whether `url` leads to the page in `file`.
    fn is_at(&self, url: &str, file: &str) -> bool {
        self.page_at(url).is_some_and(|page| page == file)
    }

    /// The address of the page by where it lies.
    pub(super) fn address_of(&self, file: &str) -> Option<(String, FieldOrigin)> {
        let url = self.site.base.as_ref()?.join(&path_of(file));
        Some((url, FieldOrigin::Path))
    }

    /// Whether readers who open `url` get the page in `file` without being sent on. A folder's address
    /// is not that of a file: `/a/` finds no `a.html` on most hosts.
    pub(super) fn leads_to(&self, url: &str, file: &str) -> bool {
        let is_index = path_of(file).ends_with('/');
        let own = self.own_path(url);
        own.is_some_and(|path| {
            // Web servers compare names byte by byte: another Unicode form of one leads nowhere.
            let named = address::decode(path.split(['?', '#']).next().unwrap_or(&path));
            (is_index || !path.ends_with('/'))
                && file.starts_with(named.trim_matches('/'))
                && self.output.page_at(&path).is_some_and(|page| page == file)
        })
    }

    /// Returns whether `url` may be the address of the page in `file`: it leads there or to no page,
    /// and not to a folder above it, whose page is a list even where it is not among the files.
    pub(super) fn can_be_of(&self, url: &str, file: &str) -> bool {
        let own = self.own_path(url);
        own.is_some_and(|path| match self.output.page_at(&path) {
            Some(other) => other == file,
            None => !is_above(&path, file),
        })
    }

    /// A picture with the file that it is, where it lies in the output folder.
    pub(super) fn located(&self, image: &Image) -> Image {
        let path = image.url.as_deref().and_then(|url| self.own_path(url));
        let file = path.and_then(|path| {
            let path = path.split(['?', '#']).next()?;
            self.output.file_at(&address::decode(path))
        });
        Image {
            file: file.map(|file| self.output.beside_pipeline(&file)),
            ..image.clone()
        }
    }
}

/// Returns whether the path of an address is that of a folder that the page in `file` lies below.
fn is_above(path: &str, file: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let folder = address::decode(without_index(path));
    let folder = folder.trim_matches('/');
    let name = name_of(file);
    let below = name.strip_prefix(folder);
    below.is_some_and(|below| !below.is_empty() && (folder.is_empty() || below.starts_with('/')))
}
