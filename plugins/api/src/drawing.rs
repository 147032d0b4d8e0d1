//! A picture that is drawn when a delivery needs it. A transform runs for every post of every run, and drawing takes
//! longer than everything else that a run does for a post.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::{Diagnostic, Name};

/// A picture that is drawn when a delivery needs it, such as the card of a post that has no picture.
#[derive(Clone)]
pub struct Drawing(Arc<dyn DrawPicture>);

/// Draws a picture. Pure: the same drawing always has the same bytes, because they are part of the payload's hash.
pub trait DrawPicture: Send + Sync {
    /// Returns a digest of everything that the picture shows: the texts, the template, the colours, the files.
    ///
    /// It stands for the picture when two versions of a post are compared. It does not depend on the version of the
    /// renderer, so a new one does not mark sent posts as changed.
    fn id(&self) -> &str;

    /// Returns the name and version of the renderer. The picture depends only on this and on [`DrawPicture::id`].
    fn renderer(&self) -> &str;

    /// Draws the picture.
    ///
    /// # Errors
    /// Returns an error if it cannot be drawn, such as when no font has a character.
    fn draw(&self) -> Result<DrawnPicture, Diagnostic>;
}

/// A picture that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnPicture {
    /// The file.
    pub bytes: Bytes,
    /// Its MIME type.
    pub media_type: Name,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// Warnings for the author, each the rest of a sentence about the picture, such as `shortens its title`.
    pub notes: Vec<String>,
}

impl Drawing {
    /// Returns the drawing that `drawer` draws.
    #[must_use]
    pub fn new(drawer: impl DrawPicture + 'static) -> Self {
        Self(Arc::new(drawer))
    }

    /// Returns [`DrawPicture::id`].
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.id()
    }

    /// Returns a key for caches: equal keys have equal bytes.
    #[must_use]
    pub fn cache_key(&self) -> String {
        format!("drawing {} {}", self.0.renderer(), self.0.id())
    }

    /// Draws the picture. This takes tens of milliseconds.
    ///
    /// # Errors
    /// Returns an error if it cannot be drawn.
    pub fn draw(&self) -> Result<DrawnPicture, Diagnostic> {
        self.0.draw()
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drawing").field(&self.id()).finish()
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        self.cache_key() == other.cache_key()
    }
}

impl Eq for Drawing {}
