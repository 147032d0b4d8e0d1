//! Reads the properties of a picture without decoding it: its size, its number of frames, and whether
//! the file is complete. Platforms accept truncated files and fail on them later, so a file that is
//! sent unchanged is checked up to its end marker.

mod gif;
mod jpeg;
mod png;
mod reader;
mod webp;

use image::{ImageDecoder, ImageFormat};

pub(super) use self::gif::{skip_blocks, skip_colours};
pub(super) use self::reader::{ByteReader, Header};
use super::convert::decoder;

/// Reads the header of `bytes`. The error is a predicate that follows the file's name.
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
            frames.map(|frames| Header {
                pixels,
                frames,
                is_cmyk: false,
            })
        }
    };
    match header {
        None => Err("is truncated or damaged".to_owned()),
        Some(Header {
            pixels: (0, _) | (_, 0),
            ..
        }) => Err("has a width or height of 0".to_owned()),
        Some(header) => Ok(header),
    }
}
