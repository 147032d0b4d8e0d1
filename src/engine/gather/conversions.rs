//! An in-memory cache of converted pictures. Several sinks may use the same picture, and `watch` makes
//! the plan repeatedly. The key is the hash of the source bytes, so a changed file is converted again.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use image::ImageFormat;
use syndicate_api::{MediaRules, sha256_hex};

use super::convert::{FittedPicture, to_fit};
use super::svg::SvgPictures;

/// Maximum size of the cache in bytes. A card picture is rarely larger than a tenth of a megabyte.
const MAX_BYTES: usize = 64 << 20;

/// A cache of converted pictures with a maximum size.
pub(crate) struct Conversions {
    /// The cached pictures, the oldest first.
    cached: Mutex<VecDeque<Conversion>>,
    max_bytes: usize,
    /// The drawn SVG pictures.
    pub(super) svg_pictures: SvgPictures,
}

struct Conversion {
    /// The hash of the source bytes.
    of: String,
    rules: MediaRules,
    made: FittedPicture,
}

impl Default for Conversions {
    fn default() -> Self {
        Self {
            cached: Mutex::default(),
            max_bytes: MAX_BYTES,
            svg_pictures: SvgPictures::default(),
        }
    }
}

impl fmt::Debug for Conversions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conversions").finish_non_exhaustive()
    }
}

impl Conversions {
    /// Returns the picture in `bytes` fitted to `rules`. The error is a predicate that follows the file's
    /// name.
    pub(super) fn to_fit(
        &self,
        bytes: &[u8],
        format: ImageFormat,
        rules: &MediaRules,
    ) -> Result<FittedPicture, String> {
        let of = sha256_hex(bytes);
        let is_match = |cached: &&Conversion| cached.of == of && cached.rules == *rules;
        let known = self
            .cached()
            .iter()
            .find(is_match)
            .map(|known| known.made.clone());
        if let Some(made) = known {
            return Ok(made);
        }
        let made = to_fit(bytes, format, rules)?;
        let mut cached = self.cached();
        cached.push_back(Conversion {
            of,
            rules: rules.clone(),
            made: made.clone(),
        });
        while cached.len() > 1
            && cached.iter().map(Conversion::size).sum::<usize>() > self.max_bytes
        {
            cached.pop_front();
        }
        Ok(made)
    }

    fn cached(&self) -> MutexGuard<'_, VecDeque<Conversion>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Conversion {
    fn size(&self) -> usize {
        self.made.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;
    use syndicate_api::MediaRules;

    use super::*;

    const RULES: MediaRules = MediaRules {
        types: &["image/png"],
        max_pixels: 1_000_000,
        max_bytes: 1 << 20,
        max_frames: 1,
    };

    #[test]
    fn oldest_conversion_is_evicted() {
        let picture = |shade| {
            let image = image::RgbImage::from_pixel(8, 8, image::Rgb([shade; 3]));
            let mut bytes = std::io::Cursor::new(Vec::new());
            image.write_to(&mut bytes, ImageFormat::Bmp).unwrap();
            bytes.into_inner()
        };
        let made = |conversions: &Conversions, shade| {
            let made = conversions.to_fit(&picture(shade), ImageFormat::Bmp, &RULES);
            made.unwrap().bytes
        };
        let one = made(&Conversions::default(), 0).len();
        let conversions = Conversions {
            max_bytes: 5 * one / 2,
            ..Conversions::default()
        };
        let first = made(&conversions, 0);
        assert_eq!(first.as_ptr(), made(&conversions, 0).as_ptr());
        made(&conversions, 1);
        made(&conversions, 2);
        assert_eq!(conversions.cached().len(), 2);
        assert_ne!(first.as_ptr(), made(&conversions, 0).as_ptr());
    }
}
