//! Removes metadata from JPEG files: application segments, comments, and data after the end marker, to
//! which phones append further pictures and videos.

use super::super::header::ByteReader;
use super::kept::{EXIF, Kept};

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COMMENT: u8 = 0xfe;

/// Length in bytes of a JFIF segment without a thumbnail.
const JFIF_LENGTH: usize = 14;

pub(super) fn kept(bytes: &[u8]) -> Option<Kept<'_>> {
    let mut kept = Kept::new(bytes);
    let mut reader = ByteReader(bytes);
    loop {
        match mark(&mut reader)? {
            END_OF_IMAGE => {
                kept.keep(&[0xff, END_OF_IMAGE]);
                return Some(kept);
            }
            alone @ (0x01 | 0xd0..=0xd8) => kept.keep(&[0xff, alone]),
            mark => {
                let length = u16::from_be_bytes(reader.array()?);
                let data = reader.take(usize::from(length).checked_sub(2)?)?;
                segment(mark, data, &mut kept)?;
                if mark == START_OF_SCAN {
                    let end = end_of_data(reader.0)?;
                    kept.keep(reader.take(end)?);
                }
            }
        }
    }
}

/// Reads the next marker. Only `0xff` fill bytes may precede it.
fn mark(reader: &mut ByteReader<'_>) -> Option<u8> {
    (reader.byte()? == 0xff).then_some(())?;
    loop {
        match reader.byte()? {
            0xff => {}
            mark => return Some(mark),
        }
    }
}

/// Returns the length of the compressed pixels, which end before the first marker outside of them.
fn end_of_data(bytes: &[u8]) -> Option<usize> {
    let is_marker = |at: &usize| {
        let mark = bytes.get(at + 1);
        mark.is_some_and(|mark| !matches!(mark, 0x00 | 0xd0..=0xd7 | 0xff))
    };
    memchr::memchr_iter(0xff, bytes).find(is_marker)
}

fn segment<'a>(mark: u8, data: &'a [u8], kept: &mut Kept<'a>) -> Option<()> {
    match mark {
        APP1 => kept.exif = kept.exif.or(data.strip_prefix(EXIF)),
        APP0 if data.starts_with(b"JFIF\0") => {
            let mut jfif = data.get(..JFIF_LENGTH)?.to_vec();
            jfif[JFIF_LENGTH - 2..].fill(0);
            keep_segment(kept, APP0, &jfif)?;
        }
        mark if is_needed(mark, data) => keep_segment(kept, mark, data)?,
        _ => {}
    }
    Some(())
}

/// Returns `true` if the pixels depend on a segment.
fn is_needed(mark: u8, data: &[u8]) -> bool {
    match mark {
        APP2 => data.starts_with(b"ICC_PROFILE\0"),
        APP14 => data.starts_with(b"Adobe"),
        APP0..=APP15 | COMMENT => false,
        _ => true,
    }
}

fn keep_segment(kept: &mut Kept<'_>, mark: u8, data: &[u8]) -> Option<()> {
    let length = u16::try_from(data.len() + 2).ok()?;
    kept.keep(&[0xff, mark]);
    kept.keep(&length.to_be_bytes());
    kept.keep(data);
    Some(())
}
