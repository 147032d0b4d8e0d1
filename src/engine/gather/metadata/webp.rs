//! Removes metadata from WebP files (RFC 9649): the Exif and XMP chunks and their flags in the header.

use super::super::header::ByteReader;
use super::kept::Kept;

/// The chunks that affect the pixels or the animation, which are kept.
const NEEDED: &[&[u8; 4]] = &[
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];

/// The header flags for Exif and XMP chunks.
const ANNOUNCED: u8 = 0b0000_1100;

pub(super) fn kept(bytes: &[u8]) -> Option<Kept<'_>> {
    let mut reader = ByteReader(bytes);
    reader.take(4)?;
    let length = usize::try_from(u32::from_le_bytes(reader.array()?)).ok()?;
    let mut reader = ByteReader(reader.take(length)?);
    let mut body = reader.take(4)?.to_vec();
    let mut exif = None;
    while !reader.0.is_empty() {
        let start = reader.0;
        let kind: [u8; 4] = reader.array()?;
        let length = usize::try_from(u32::from_le_bytes(reader.array()?)).ok()?;
        let data = reader.take(length)?;
        // A chunk of odd length is followed by a padding byte, which may be missing after the last chunk.
        if length % 2 == 1 && !reader.0.is_empty() {
            reader.take(1)?;
        }
        if &kind == b"EXIF" {
            exif = exif.or(Some(data));
        }
        if NEEDED.contains(&&kind) {
            let flags = body.len() + 8;
            body.extend(&start[..start.len() - reader.0.len()]);
            if &kind == b"VP8X" {
                *body.get_mut(flags)? &= !ANNOUNCED;
            }
        }
    }
    let mut kept = Kept::new(bytes);
    kept.keep(b"RIFF");
    kept.keep(&u32::try_from(body.len()).ok()?.to_le_bytes());
    kept.keep(&body);
    kept.exif = exif;
    Some(kept)
}
