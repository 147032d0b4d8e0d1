//! The text of a post in its file. It is read again when it is asked for, with the rules of the scan that found the
//! post, and only if the file has the same contents as then.

use std::sync::Arc;

use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, TextDigest, TextFile, TextKind};

use crate::document::{BodyPlace, Document};
use crate::markdown::without_hidden;
use crate::opened_file::{append_bytes, open_bytes};
use crate::post_file::PostFile;
use crate::post_prose::read_text;
use crate::site::Site;

/// The text of a post in its file.
#[derive(Debug)]
pub(crate) struct PostText {
    site: Arc<Site>,
    /// The path of the file as the file system has it, relative to the site's root.
    on_disk: Arc<str>,
    /// The length of the content folder's path, with its slash.
    folder: usize,
    body: BodyPlace,
}

impl PostText {
    /// Returns the text of `file`, of which `body` is the place in the version that was read.
    pub(crate) fn new(site: &Arc<Site>, file: &PostFile, body: BodyPlace) -> Self {
        let content_path = file.content_path_on_disk();
        Self {
            site: Arc::clone(site),
            on_disk: Arc::clone(&file.on_disk),
            folder: file.on_disk.len() - content_path.len(),
            body,
        }
    }

    /// Reads the file again and parses it.
    fn parse<'t>(&self, bytes: &'t mut Vec<u8>) -> Result<(PostFile, Document<'t>), Diagnostic> {
        let file = PostFile::new(&self.on_disk, &self.on_disk[self.folder..]);
        self.read(bytes)?;
        let acceptance = self.site.generator.accepts(&file);
        match open_bytes(&self.site, (&file, acceptance), bytes) {
            Ok(document) if document.version() == self.body.version => Ok((file, document)),
            _ => Err(self.changed()),
        }
    }

    /// Reads the file again into `bytes`, which are empty.
    fn read(&self, bytes: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let path = self.site.root.join(&*self.on_disk);
        append_bytes(&path, bytes)
            .map(|_| ())
            .map_err(|_| self.changed())
    }

    fn changed(&self) -> Diagnostic {
        let path = self.site.relative_to_pipeline(&self.on_disk);
        Diagnostic::file_changed().in_file(path)
    }
}

impl TextFile for PostText {
    fn body(&self) -> Result<String, Diagnostic> {
        let mut bytes = Vec::new();
        self.read(&mut bytes)?;
        let body = self.body.body(&bytes).ok_or_else(|| self.changed())?;
        Ok(without_hidden(body).into_owned())
    }

    fn digest(&self) -> Result<Option<TextDigest>, Diagnostic> {
        let mut bytes = Vec::new();
        let (file, document) = self.parse(&mut bytes)?;
        let prose = read_text(&self.site, &file, &document.front, document.body());
        Ok(TextDigest::of(TextKind::Markdown, &prose.words))
    }

    fn front(&self) -> Result<Map<String, Value>, Diagnostic> {
        let mut bytes = Vec::new();
        let (_, document) = self.parse(&mut bytes)?;
        Ok(document.front.map)
    }

    fn version(&self) -> u64 {
        self.body.version
    }
}
