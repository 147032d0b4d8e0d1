//! Removes metadata from GIF files: comments, application extensions, and data after the trailer.

use super::super::header::{ByteReader, skip_blocks, skip_colours};
use super::kept::Kept;

/// The application extensions for animation and colours, which are kept.
const NEEDED: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const APPLICATION: u8 = 0xff;
const COMMENT: u8 = 0xfe;

pub(super) fn kept(bytes: &[u8]) -> Option<Kept<'_>> {
    let mut reader = ByteReader(bytes);
    let head: [u8; 13] = reader.array()?;
    skip_colours(&mut reader, head[10])?;
    let mut kept = Kept::new(bytes);
    kept.keep(&bytes[..bytes.len() - reader.0.len()]);
    loop {
        let start = reader.0;
        let is_needed = match reader.byte() {
            Some(EXTENSION) => {
                let label = reader.byte()?;
                // The application identifier follows its length byte.
                let program = reader.0.get(1..12);
                skip_blocks(&mut reader)?;
                match label {
                    COMMENT => false,
                    APPLICATION => program.is_some_and(|name| NEEDED.contains(&name)),
                    _ => true,
                }
            }
            Some(IMAGE) => {
                let descriptor: [u8; 9] = reader.array()?;
                skip_colours(&mut reader, descriptor[8])?;
                reader.byte()?;
                skip_blocks(&mut reader)?;
                true
            }
            Some(TRAILER) => {
                kept.keep(&[TRAILER]);
                break;
            }
            // Some programs omit the trailer.
            None => break,
            Some(_) => return None,
        };
        if is_needed {
            kept.keep(&start[..start.len() - reader.0.len()]);
        }
    }
    Some(kept)
}
