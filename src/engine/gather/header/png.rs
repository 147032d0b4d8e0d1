//! Reads the structure of a PNG (W3C, third edition): chunks from `IHDR` to `IEND`. The chunk `acTL`
//! contains the number of frames of an animation. A platform refuses a picture whose checksums are wrong only after the
//! upload.

use super::reader::{ByteReader, Header};

pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let mut reader = ByteReader(bytes);
    let mut header = Header {
        pixels: (0, 0),
        frames: 1,
        is_cmyk: false,
    };
    reader.take(8)?;
    loop {
        let length = u32::from_be_bytes(reader.array()?);
        let kind: [u8; 4] = reader.array()?;
        let bytes = reader.take(usize::try_from(length).ok()?)?;
        let checksum = u32::from_be_bytes(reader.array()?);
        if is_critical(kind) && checksum != checksum_of(kind, bytes) {
            return None;
        }
        let mut data = ByteReader(bytes);
        match &kind {
            b"IHDR" => {
                let width = u32::from_be_bytes(data.array()?);
                header.pixels = (width, u32::from_be_bytes(data.array()?));
            }
            b"acTL" => {
                header.frames = usize::try_from(u32::from_be_bytes(data.array()?)).ok()?;
            }
            b"IEND" => return Some(header),
            _ => {}
        }
    }
}

/// Returns `true` if decoders need this chunk. Some programs write wrong checksums of the others, such as texts.
fn is_critical(kind: [u8; 4]) -> bool {
    kind[0].is_ascii_uppercase()
}

/// Returns the checksum of a chunk.
fn checksum_of(kind: [u8; 4], data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind);
    hasher.update(data);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, RgbImage};

    use super::header;

    #[test]
    fn damaged_png_has_no_header() {
        let mut png = Vec::new();
        let picture = RgbImage::from_fn(9, 7, |x, y| image::Rgb([x as u8, y as u8, 7]));
        picture
            .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
            .unwrap();
        assert_eq!(header(&png).unwrap().pixels, (9, 7));
        let data = png.windows(4).position(|kind| kind == b"IDAT").unwrap() + 4;
        for at in [20, data, png.len() - 1] {
            let mut damaged = png.clone();
            damaged[at] ^= 0x10;
            assert!(header(&damaged).is_none(), "{at}");
        }
    }
}
