//! The logo of a site.

use crate::error::DrawError;

/// The logo of a site: an SVG, PNG, JPEG, GIF or WebP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file as a `data:` URL.
    url: String,
}

impl Logo {
    /// Returns the logo in `bytes`.
    ///
    /// # Errors
    /// Returns an error if the format is not supported.
    pub fn new(bytes: &[u8]) -> Result<Self, DrawError> {
        let media_type = media_type(bytes).ok_or_else(|| {
            DrawError::Svg("not an SVG, PNG, JPEG, GIF or WebP picture".to_owned())
        })?;
        let mut url = format!("data:{media_type},");
        url.reserve(3 * bytes.len());
        for byte in bytes {
            if byte.is_ascii_alphanumeric() {
                url.push(char::from(*byte));
            } else {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
                url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
        Ok(Self { url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    const SEARCHED: usize = 4096;
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SEARCHED)]);
            start.contains("<svg").then_some("image/svg+xml")
        }
    }
}
