//! Draws the pictures of posts that have none, such as cards. A drawn picture is cached by what it shows, because drawing
//! takes tens of milliseconds and a plan is made again for each preview.

use std::fmt;
use std::sync::Arc;

use syndicate_api::{
    BlobCache, Diagnostic, Drawing, DrawnPicture, MediaRules, MediumBytes, ReadMedium,
};

use super::conversions::Conversions;
use super::fit::{GatheredPicture, fit};

/// The name of a drawn picture in messages.
const NAME: &str = "the drawn card";

/// A drawing with the rules that it is fitted to.
#[derive(Clone)]
pub(super) struct DrawnFile {
    pub(super) drawing: Drawing,
    pub(super) rules: MediaRules,
    pub(super) conversions: Arc<Conversions>,
    pub(super) cache: Option<Arc<dyn BlobCache>>,
}

impl fmt::Debug for DrawnFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.drawing.fmt(f)
    }
}

impl DrawnFile {
    /// Draws the picture and returns it with a reference to the drawing in place of its bytes.
    ///
    /// # Errors
    /// Returns an error if it cannot be drawn or fitted.
    pub(super) fn gather(self) -> Result<GatheredPicture, Diagnostic> {
        let mut gathered = self.read_picture()?;
        let medium = &mut gathered.picture.medium;
        // A newer renderer changes the bytes, but nothing of what the picture shows.
        medium.source = Some(self.drawing.id().to_owned());
        medium.file = None;
        medium.bytes = medium.bytes.clone().in_file(Arc::new(self));
        Ok(gathered)
    }

    fn read_picture(&self) -> Result<GatheredPicture, Diagnostic> {
        let key = self.drawing.cache_key();
        let cached = self.cache.as_ref().and_then(|cache| cache.get(&key));
        // A damaged file of the cache is drawn again.
        let cached = cached.and_then(|bytes| fit(bytes, NAME, &self.rules, &self.conversions).ok());
        if let Some(gathered) = cached {
            return Ok(gathered);
        }
        let DrawnPicture { bytes, notes, .. } = self.drawing.draw()?;
        // A picture from the cache could not repeat its warnings.
        if let Some(cache) = self.cache.as_ref().filter(|_| notes.is_empty()) {
            cache.put(&key, &bytes);
        }
        let mut gathered = fit(bytes, NAME, &self.rules, &self.conversions)?;
        gathered.add_notes(notes.iter().map(|note| format!("{NAME} {note}")));
        Ok(gathered)
    }
}

impl ReadMedium for DrawnFile {
    fn read(&self) -> Result<MediumBytes, Diagnostic> {
        Ok(self.read_picture()?.picture.medium.bytes)
    }
}
