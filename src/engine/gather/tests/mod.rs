//! Tests of gathering with generated files: small pictures of each format, and files that are not
//! pictures.

mod attached;
mod convert;
mod drawn;
mod files;
mod keep;
mod metadata;
mod remote;
mod svg;

use std::fs;
use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use syndicate_api::{Code, Diagnostic, Image, Item, MediaRules};

use super::{GatheredPicture, Pictures};

/// Rules similar to those of LinkedIn.
const RULES: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif"],
    max_pixels: 36_152_319,
    max_bytes: 8 << 20,
    max_frames: 250,
};

/// A temporary folder of pictures.
struct Folder {
    folder: tempfile::TempDir,
    pictures: Pictures,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pictures = Pictures::new(folder.path(), Arc::default());
        Self { folder, pictures }
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    fn gather(&self, name: &str, rules: &MediaRules) -> Result<GatheredPicture, Diagnostic> {
        let gathered = self.pictures.gather(&item(Some(name), None), rules)?;
        Ok(gathered.expect("the item has a picture"))
    }
}

fn item(file: Option<&str>, url: Option<&str>) -> Item {
    Item {
        image: Some(Image {
            url: url.map(str::to_owned),
            file: file.map(str::to_owned),
            alt: Some("a hill".to_owned()),
            ..Image::default()
        }),
        ..Item::default()
    }
}

/// Gathers a file with these bytes under these rules, and reads it again.
fn gather(bytes: &[u8], rules: &MediaRules) -> Result<GatheredPicture, Diagnostic> {
    let folder = Folder::new();
    folder.write("a.bin", bytes);
    let mut gathered = folder.gather("a.bin", rules)?;
    gathered.picture.medium = gathered.picture.medium.load()?;
    Ok(gathered)
}

/// Returns the bytes that are sent.
fn sent(gathered: &GatheredPicture) -> Bytes {
    gathered.picture.medium.bytes.read().unwrap()
}

/// Returns a picture with more colours than a drawing.
fn photo(width: u32, height: u32) -> DynamicImage {
    let pixel = |x, y| {
        let (red, green) = ((x * 5 % 256) as u8, (y * 5 % 256) as u8);
        Rgb([red, green, ((x * y) % 251) as u8])
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

/// Returns a picture with two colours side by side.
fn drawing(width: u32, height: u32) -> DynamicImage {
    let pixel = |x, _| {
        if x < width / 2 {
            Rgb([200, 0, 0])
        } else {
            Rgb([0, 0, 200])
        }
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Decodes the uploaded picture.
fn seen(gathered: &GatheredPicture) -> DynamicImage {
    image::load_from_memory(&sent(gathered)).unwrap()
}

fn assert_unusable(error: &Diagnostic, code: Code, message: &str) {
    assert_eq!((error.code, error.to_string().as_str()), (code, message));
    assert!(error.hint.as_ref().is_some_and(|hint| !hint.is_empty()));
}
