//! What can be told about a picture without decoding it: its size in pixels, its frames, and
//! whether its file is whole. Platforms accept half a file and fail on it later, out of sight, so a
//! file that goes out byte for byte is checked up to its end mark.

mod gif;
mod jpeg;
mod png;
mod webp;

use image::{ImageDecoder, ImageFormat};

use super::convert::decoder;

/// What a picture's file says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Width and height, never zero.
    pub(super) pixels: (u32, u32),
    /// The number of frames; 1 for a still picture.
    pub(super) frames: usize,
}

/// Reads the header of `bytes`. The error says what is wrong, to follow the file's name.
pub(super) fn of(format: ImageFormat, bytes: &[u8]) -> Result<Header, String> {
    let header = match format {
        ImageFormat::Jpeg => jpeg::header(bytes),
        ImageFormat::Png => png::header(bytes),
        ImageFormat::Gif => gif::header(bytes),
        _ => {
            let pixels = decoder(bytes, format)?.dimensions();
            let frames = match format {
                ImageFormat::WebP => webp::frames(bytes),
                _ => Some(1),
            };
            frames.map(|frames| Header { pixels, frames })
        }
    };
    match header {
        None => Err("is cut short".to_owned()),
        Some(Header {
            pixels: (0, _) | (_, 0),
            ..
        }) => Err("has no pixels".to_owned()),
        Some(header) => Ok(header),
    }
}

/// The bytes of a file that were not read yet. Every method yields `None` past the end.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }
}
