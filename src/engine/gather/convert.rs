//! Converts a picture to a format and size that a sink accepts. Conversion is deterministic: it depends
//! neither on time or randomness nor on the number of threads.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, GenericImageView, ImageDecoder, ImageEncoder, ImageFormat,
    ImageReader, Limits,
};
use syndicate_api::MediaRules;

use super::scale::{self, in_pixels};
use super::{metadata, rows};

/// Maximum memory of a decoded picture in bytes, including its copy with eight bits per channel: about
/// 130 million opaque pixels. A file of a few kilobytes can declare any size.
const MAX_DECODED: u64 = 400 << 20;

/// Memory in bytes above which a PNG is decoded row by row.
const MAX_AT_ONCE: u64 = 128 << 20;

/// Maximum decoded size in bytes for decoding row by row: twice a picture of 8000×8000 pixels with
/// sixteen bits per channel. This limits time, not memory.
const MAX_IN_ROWS: u64 = 1 << 30;

/// Quality of JPEG files. Higher values increase the file size without a visible difference.
const JPEG_QUALITY: u8 = 88;

/// Maximum number of colours of a drawing or screenshot, which PNG encodes small and sharp.
const FEW_COLOURS: usize = 256;

/// A picture fitted to a sink's rules.
#[derive(Clone)]
pub(super) struct FittedPicture {
    pub(super) bytes: Bytes,
    pub(super) format: ImageFormat,
    pub(super) pixels: (u32, u32),
}

/// Converts the first frame of the picture in `bytes` to fit `rules`. The error is a predicate that
/// follows the file's name.
pub(super) fn to_fit(
    bytes: &[u8],
    format: ImageFormat,
    rules: &MediaRules,
) -> Result<FittedPicture, String> {
    let decoded = Decoded::from(bytes, format, rules.max_pixels)?;
    let mut format = decoded.best_format(rules)?;
    let mut size = decoded.size;
    loop {
        let bytes = decoded
            .encode(format, size)
            .map_err(|error| failed(&error))?;
        if bytes.len() as u64 <= rules.max_bytes {
            return Ok(FittedPicture {
                bytes: bytes.into(),
                format,
                pixels: size,
            });
        }
        if format == ImageFormat::Png && !decoded.is_transparent() && takes_jpeg(rules) {
            format = ImageFormat::Jpeg;
        } else if size == (1, 1) {
            return Err(format!("cannot be reduced to {} bytes", rules.max_bytes));
        } else {
            // The size in bytes is almost proportional to the number of pixels, so aim slightly lower.
            let ratio = rules.max_bytes as f64 / bytes.len() as f64;
            size = scale::times(size, 0.9 * ratio.sqrt());
        }
    }
}

/// Returns a decoder of `bytes` with a memory limit.
pub(super) fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder + '_, String> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| failed(&error))
}

/// Returns the memory in bytes for decoding a picture and converting it to eight bits per channel.
fn memory_of(decoder: &impl ImageDecoder) -> u64 {
    let color = decoder.color_type();
    let pixels = decoder.total_bytes() / u64::from(color.bytes_per_pixel());
    match color {
        ColorType::Rgb8 | ColorType::Rgba8 => decoder.total_bytes(),
        color if color.has_alpha() => decoder.total_bytes() + 4 * pixels,
        _ => decoder.total_bytes() + 3 * pixels,
    }
}

fn failed(error: &image::ImageError) -> String {
    format!("cannot be decoded: {error}")
}

fn takes_jpeg(rules: &MediaRules) -> bool {
    rules.types.contains(&ImageFormat::Jpeg.to_mime_type())
}

/// An upright picture with eight bits per channel.
struct Decoded {
    image: DynamicImage,
    /// The largest size that the sink accepts, as width and height in pixels.
    size: (u32, u32),
    /// The ICC profile of its colours, if they are not sRGB.
    profile: Option<Vec<u8>>,
}

impl Decoded {
    fn from(bytes: &[u8], format: ImageFormat, max_pixels: u64) -> Result<Self, String> {
        let mut decoder = decoder(bytes, format)?;
        let dimensions = decoder.dimensions();
        let mut size = scale::within(dimensions, max_pixels);
        // Orientation and profile are optional: without them the picture is still usable.
        let found = metadata::clean(format, bytes).map(|cleaned| cleaned.orientation);
        let orientation = found.or_else(|| decoder.orientation().ok());
        let orientation = orientation.unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().ok().flatten();
        if metadata::swaps_sides(orientation) {
            size = (size.1, size.0);
        }
        let in_rows = match format {
            ImageFormat::Png
                if (MAX_AT_ONCE + 1..=MAX_IN_ROWS).contains(&decoder.total_bytes()) =>
            {
                rows::decode(bytes, scale::whole_ratio(dimensions, max_pixels))?
            }
            _ => None,
        };
        let image = match in_rows {
            Some(image) => image,
            None if memory_of(&decoder) > MAX_DECODED => {
                let size = in_pixels(dimensions);
                return Err(format!("is too large to decode: {size}"));
            }
            None => DynamicImage::from_decoder(decoder).map_err(|error| failed(&error))?,
        };
        let mut image = in_eight_bits(image);
        image.apply_orientation(orientation);
        Ok(Self {
            image,
            size,
            profile: profile.filter(|profile| is_rgb(profile)),
        })
    }

    fn is_transparent(&self) -> bool {
        self.image.color().has_alpha()
    }

    /// Returns the best of the formats that the sink accepts.
    fn best_format(&self, rules: &MediaRules) -> Result<ImageFormat, String> {
        let takes_png = rules.types.contains(&ImageFormat::Png.to_mime_type());
        match (takes_png, takes_jpeg(rules)) {
            (true, true) if self.is_transparent() || has_few_colours(&self.image) => {
                Ok(ImageFormat::Png)
            }
            (_, true) => Ok(ImageFormat::Jpeg),
            (true, false) => Ok(ImageFormat::Png),
            (false, false) => Err(format!(
                "can be converted only to JPEG or PNG, but the sink accepts only {}",
                rules.types.join(", ")
            )),
        }
    }

    fn encode(&self, format: ImageFormat, size: (u32, u32)) -> image::ImageResult<Vec<u8>> {
        let mut image = Cow::Borrowed(&self.image);
        if size != image.dimensions() {
            image = Cow::Owned(scale::to(&image, size));
        }
        let mut bytes = Vec::new();
        if format == ImageFormat::Png {
            let (level, filter) = (CompressionType::Default, FilterType::Adaptive);
            let encoder = PngEncoder::new_with_quality(&mut bytes, level, filter);
            self.write(&image, encoder)?;
        } else {
            if self.is_transparent() {
                image = Cow::Owned(scale::on_white(&image));
            }
            let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            self.write(&image, encoder)?;
        }
        Ok(bytes)
    }

    fn write(
        &self,
        image: &DynamicImage,
        mut encoder: impl ImageEncoder,
    ) -> image::ImageResult<()> {
        if let Some(profile) = &self.profile {
            encoder
                .set_icc_profile(profile.clone())
                .map_err(image::ImageError::Unsupported)?;
        }
        image.write_with_encoder(encoder)
    }
}

/// Converts `image` to eight bits per channel, with an alpha channel only if a pixel is transparent.
fn in_eight_bits(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.into_rgb8());
    }
    let image = image.into_rgba8();
    let is_opaque = image.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let image = DynamicImage::ImageRgba8(image);
    if is_opaque {
        DynamicImage::ImageRgb8(image.into_rgb8())
    } else {
        image
    }
}

/// Returns `true` if the colour space in the header of `profile` (ICC.1) is RGB. Other profiles describe
/// the file's colours, not those of the decoded pixels.
fn is_rgb(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ")
}

fn has_few_colours(image: &DynamicImage) -> bool {
    let mut seen = HashSet::new();
    let mut last = None;
    for pixel in image
        .as_bytes()
        .chunks_exact(image.color().bytes_per_pixel().into())
    {
        // Adjacent pixels are usually equal in pictures with few colours.
        if last == Some(pixel) {
            continue;
        }
        last = Some(pixel);
        seen.insert(pixel);
        if seen.len() > FEW_COLOURS {
            return false;
        }
    }
    true
}
