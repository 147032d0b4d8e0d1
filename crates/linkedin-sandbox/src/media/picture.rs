//! Checks that bytes are a picture that LinkedIn can show: a JPEG, PNG or GIF that can be decoded, of
//! fewer than 36,152,320 pixels and at most 250 frames ("Images API", image specifications).

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::{AnimationDecoder, ImageFormat, ImageReader};

/// The accepted values of `Content-Type`. Some widely used clients send `image/*`.
pub(crate) const DECLARED_TYPES: [&str; 5] = [
    "image/*",
    "image/jpeg",
    "image/png",
    "image/gif",
    "application/octet-stream",
];

/// The smallest number of pixels that is too many.
const TOO_MANY_PIXELS: u64 = 36_152_320;

/// The largest number of frames.
const MAX_FRAMES: usize = 250;

/// Returns the media type of a picture, or the reason why it cannot be used.
pub(crate) fn inspect(bytes: &[u8]) -> Result<&'static str, String> {
    let format = image::guess_format(bytes).map_err(|_| "it is not a picture".to_owned())?;
    let media_type = format.to_mime_type();
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif
    ) {
        return Err(format!("{media_type} is not one of JPEG, PNG and GIF"));
    }
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(broken)?;
    if u64::from(width) * u64::from(height) >= TOO_MANY_PIXELS {
        return Err(format!(
            "{width} × {height} pixels are not fewer than {TOO_MANY_PIXELS}"
        ));
    }
    if format == ImageFormat::Gif {
        count_frames(bytes)?;
    } else {
        reader().decode().map_err(broken)?;
    }
    Ok(media_type)
}

fn count_frames(bytes: &[u8]) -> Result<(), String> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    for (index, frame) in decoder.into_frames().enumerate() {
        if index == MAX_FRAMES {
            return Err(format!("it has more than {MAX_FRAMES} frames"));
        }
        frame.map_err(broken)?;
    }
    Ok(())
}

fn broken(error: image::ImageError) -> String {
    format!("it cannot be decoded: {error}")
}
