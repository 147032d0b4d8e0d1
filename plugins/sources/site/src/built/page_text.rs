//! The text of a built page in its file. It is read again when it is asked for, and only if the file has the same
//! contents as when the page was scanned.

use std::path::PathBuf;

use syndicate_api::{Diagnostic, TextDigest, TextFile};

use super::BuiltSite;
use super::output::read_file;
use crate::content_version::content_version;
use crate::page;
use crate::value::cannot_read;

/// The text of a page in its file.
#[derive(Debug)]
pub(super) struct PageText {
    /// The path on disk.
    on_disk: PathBuf,
    /// The path relative to pipeline.yaml.
    path: Box<str>,
    version: u64,
}

impl PageText {
    /// Returns the text of `file`, a path relative to the output folder. `version` is that of the contents that were
    /// read.
    pub(super) fn new(built: &BuiltSite<'_>, file: &str, version: u64) -> Self {
        Self {
            on_disk: built.output.on_disk(file),
            path: built.output.relative_to_pipeline(file).into(),
            version,
        }
    }

    /// Reads the file again.
    fn read(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        let len = read_file(&self.on_disk, &mut bytes, page::MAX_BYTES + 1)
            .map_err(|error| cannot_read(error).in_file(&*self.path))?;
        bytes.truncate(len);
        match content_version(&bytes) == self.version {
            true => Ok(bytes),
            false => Err(Diagnostic::file_changed().in_file(&*self.path)),
        }
    }
}

impl TextFile for PageText {
    /// Returns the empty text, because the Markdown of a page is not known.
    fn body(&self) -> Result<String, Diagnostic> {
        Ok(String::new())
    }

    fn digest(&self) -> Result<Option<TextDigest>, Diagnostic> {
        Ok(page::text_digest(&self.read()?))
    }

    fn version(&self) -> u64 {
        self.version
    }
}
