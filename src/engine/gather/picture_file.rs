//! A picture file, which a plan refers to and which is read again when it is shown or sent.

use std::sync::Arc;

use syndicate_api::{Diagnostic, MediaRules, MediumBytes, ReadMedium};

use super::conversions::Conversions;
use super::file::{FileLabel, LocalFile};
use super::fit::{GatheredPicture, fit, open};
use super::format;

/// A picture file.
#[derive(Clone, Debug)]
pub(super) struct PictureFile {
    pub(super) file: LocalFile,
    /// The name in messages.
    pub(super) name: String,
    /// The rules that the picture is fitted to; `None` for the unchanged file.
    pub(super) rules: Option<MediaRules>,
    pub(super) conversions: Arc<Conversions>,
}

impl PictureFile {
    /// Reads the picture and returns it with a reference to this file in place of its bytes.
    ///
    /// # Errors
    /// Returns an error if the picture cannot be read, decoded or fitted.
    pub(super) fn gather(self) -> Result<GatheredPicture, Diagnostic> {
        let mut gathered = self.read_picture()?;
        let bytes = &mut gathered.picture.medium.bytes;
        *bytes = bytes.clone().in_file(Arc::new(self));
        Ok(gathered)
    }

    fn read_picture(&self) -> Result<GatheredPicture, Diagnostic> {
        let bytes = self.file.read(FileLabel::picture(&self.name))?;
        match &self.rules {
            Some(rules) => fit(bytes, &self.name, rules, &self.conversions),
            None => {
                let bytes = match format::is_svg(&bytes) {
                    true => self.conversions.svg_pictures.draw(&bytes, &self.name)?,
                    false => bytes,
                };
                let opened = open(bytes, &self.name)?;
                let (format, pixels) = (opened.format, opened.header.pixels);
                Ok(GatheredPicture::new(
                    &self.name,
                    opened.bytes,
                    format,
                    pixels,
                ))
            }
        }
    }
}

impl ReadMedium for PictureFile {
    fn read(&self) -> Result<MediumBytes, Diagnostic> {
        Ok(self.read_picture()?.picture.medium.bytes)
    }
}
