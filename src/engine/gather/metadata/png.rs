//! Removes metadata from PNG files: ancillary chunks, and data after the last chunk.

use super::super::header::ByteReader;
use super::kept::Kept;

/// The chunks that affect the pixels or the animation, which are kept.
const NEEDED: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

const SIGNATURE: usize = 8;

pub(super) fn kept(bytes: &[u8]) -> Option<Kept<'_>> {
    let mut kept = Kept::new(bytes);
    let mut reader = ByteReader(bytes);
    kept.keep(reader.take(SIGNATURE)?);
    loop {
        let start = reader.0;
        let length = usize::try_from(u32::from_be_bytes(reader.array()?)).ok()?;
        let kind: [u8; 4] = reader.array()?;
        let data = reader.take(length)?;
        let _checksum = reader.take(4)?;
        let is_critical = kind[0].is_ascii_uppercase();
        if is_critical || NEEDED.contains(&&kind) {
            kept.keep(&start[..length + 12]);
        }
        match &kind {
            b"eXIf" => kept.exif = kept.exif.or(Some(data)),
            b"IEND" => return Some(kept),
            _ => {}
        }
    }
}
