//! What can be told about a picture without decoding it: its size in pixels, its frames, and
//! whether its file is whole. Platforms accept half a file and fail on it later, out of sight, so a
//! file that goes out byte for byte is checked up to its end mark.

mod gif;
mod jpeg;
mod png;
mod reader;
mod webp;

use image::{ImageDecoder, ImageFormat};

pub(super) use self::gif::{skip_blocks, skip_colours};
pub(super) use self::reader::{ByteReader, Header};
use super::convert::decoder;

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
            frames.map(|frames| Header {
                pixels,
                frames,
                inks: false,
            })
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
