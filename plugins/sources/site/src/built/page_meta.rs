//! What a page says, made good by what is known of the site: its address is one of the site, its
//! pictures are files where they lie in the output folder.

use syndicate_api::{Image, Origin};

use super::Built;
use super::output::{path_of, without_index};
use crate::address;
use crate::page::Page;

impl Built<'_> {
    /// The address that the page gives for itself; not one of another page, nor one on another host.
    pub(super) fn given_address(&self, file: &str, page: &Page) -> Option<(String, Origin)> {
        let (url, origin) = page.url.iter().find(|(url, _)| self.can_be_of(url, file))?;
        Some((without_index(url).to_owned(), origin.clone()))
    }

    /// The address of the page by where it lies.
    pub(super) fn address_of(&self, file: &str) -> Option<(String, Origin)> {
        let url = self.site.base.as_ref()?.join(&path_of(file));
        Some((url, Origin::Path))
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

    /// Whether `url` may be the address of the page in `file`.
    pub(super) fn can_be_of(&self, url: &str, file: &str) -> bool {
        let own = self.own_path(url);
        own.is_some_and(|path| self.output.page_at(&path).is_none_or(|other| other == file))
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
