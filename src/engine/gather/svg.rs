//! Draws SVG pictures as PNG files, which platforms accept.

use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use card_renderer::{DrawError, Fonts, draw_svg};
use syndicate_api::{Code, Diagnostic, sha256_hex};

/// The length in pixels of the longer side of a drawn picture: the width of a card.
const SIDE: u32 = 1200;

/// Maximum number of drawn pictures that are kept. Several sinks show the picture of one post after the other.
const KEPT: usize = 16;

/// Draws SVG pictures, and keeps the last ones.
#[derive(Default)]
pub(super) struct SvgPictures {
    fonts: OnceLock<Fonts>,
    /// The hashes of SVG pictures with their drawings, the oldest first.
    drawn: Mutex<Vec<(String, Bytes)>>,
}

impl fmt::Debug for SvgPictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SvgPictures").finish_non_exhaustive()
    }
}

impl SvgPictures {
    /// Draws the SVG picture in `bytes`.
    ///
    /// # Errors
    /// Returns an error with `name` if it cannot be drawn.
    pub(super) fn draw(&self, bytes: &[u8], name: &str) -> Result<Bytes, Diagnostic> {
        let hash = sha256_hex(bytes);
        let drawn = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = drawn().iter().find(|(of, _)| *of == hash) {
            return Ok(known.clone());
        }
        let fonts = self.fonts.get_or_init(Fonts::new);
        let made = draw_svg(bytes, SIDE, fonts).map_err(|error| unusable(name, &error))?;
        let made = Bytes::from(made.png);
        let mut drawn = drawn();
        if drawn.len() == KEPT {
            drawn.remove(0);
        }
        drawn.push((hash, made.clone()));
        Ok(made)
    }
}

fn unusable(name: &str, error: &DrawError) -> Diagnostic {
    let fault = Diagnostic::new(Code::ImageFormat, format!("`{name}` {error}"));
    fault.with_hint(match error {
        DrawError::MissingGlyphs(_) => "convert its text to paths, or export it as PNG",
        _ => "export it as PNG",
    })
}
