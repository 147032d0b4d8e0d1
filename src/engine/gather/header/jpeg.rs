//! Reads the structure of a JPEG (ITU-T T.81): segments up to the image data, then the end marker. The
//! end marker is searched only after the headers, because these can contain a JPEG thumbnail.

use super::reader::{ByteReader, Header};

const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// Number of channels of a CMYK picture.
const CMYK_CHANNELS: u8 = 4;

pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let mut reader = ByteReader(bytes);
    let mut header = Header {
        pixels: (0, 0),
        frames: 1,
        is_cmyk: false,
    };
    reader.take(2)?;
    loop {
        match marker(&mut reader)? {
            // Markers without a segment.
            0x01 | 0xd0..=0xd8 => {}
            END_OF_IMAGE => break,
            kind => {
                let length = u16::from_be_bytes(reader.array()?);
                let segment = reader.take(usize::from(length).checked_sub(2)?)?;
                if is_frame(kind) {
                    header.pixels = frame_size(segment)?;
                    header.is_cmyk = segment.get(5) == Some(&CMYK_CHANNELS);
                }
                if kind == START_OF_SCAN {
                    memchr::memmem::find(reader.0, &[0xff, END_OF_IMAGE])?;
                    break;
                }
            }
        }
    }
    Some(header)
}

/// Reads the next marker, after any number of `0xff` fill bytes.
fn marker(reader: &mut ByteReader<'_>) -> Option<u8> {
    while reader.byte()? != 0xff {}
    loop {
        match reader.byte()? {
            0xff => {}
            kind => return Some(kind),
        }
    }
}

/// Returns `true` if `kind` starts a frame: `SOF0` to `SOF15`, except three codes with other meanings.
fn is_frame(kind: u8) -> bool {
    matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc)
}

fn frame_size(segment: &[u8]) -> Option<(u32, u32)> {
    let mut reader = ByteReader(segment);
    reader.byte()?;
    let height = u16::from_be_bytes(reader.array()?);
    let width = u16::from_be_bytes(reader.array()?);
    Some((width.into(), height.into()))
}
