//! What a page says, made good by what is known of the site: its address is one of the site, its
//! pictures are files where they lie in the output folder.

use std::collections::BTreeMap;

use syndicate_api::{Image, Origin};

use super::Built;
use super::output::{path_of, without_index};
use crate::address;
use crate::page::Page;

impl Built<'_> {
    /// The page's own address: the one that it gives, unless that is another page's or on another host;
    /// else where it lies, as the site `writes` it.
    pub(super) fn own_address(
        &self,
        file: &str,
        page: &Page,
        writes: &BTreeMap<String, String>,
    ) -> Option<(String, Origin)> {
        let given = page.url.iter().find(|(url, _)| self.can_be_of(url, file));
        if let Some((url, origin)) = given {
            return Some((without_index(url).to_owned(), origin.clone()));
        }
        let written = writes.get(file).map(|url| without_index(url).to_owned());
        let url = written.or_else(|| Some(self.site.base.as_ref()?.join(&path_of(file))))?;
        Some((url, Origin::Path))
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
