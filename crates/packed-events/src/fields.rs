//! The form of a text in a record: UUIDs and SHA-256 hashes as their bytes, and other texts as they are.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::numbers::{read_number, write_number};

/// The mark of a UUID in its usual form, whose 16 bytes follow.
const UUID: u64 = 0;
/// The mark of a SHA-256 hash in hexadecimal, whose 32 bytes follow.
const HASH: u64 = 1;
/// The mark of an empty text; longer ones have a greater mark.
const TEXT: u64 = 2;

const HASH_PREFIX: &str = "sha256:";

/// The places of the hyphens in a UUID.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// Appends `text`.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    if let Some(uuid) = uuid(text.as_bytes()) {
        out.push(UUID as u8);
        out.extend_from_slice(&uuid);
        return;
    }
    let digits = text.strip_prefix(HASH_PREFIX);
    if let Some(hash) = digits.and_then(|digits| bytes_of::<32>(digits.as_bytes())) {
        out.push(HASH as u8);
        out.extend_from_slice(&hash);
        return;
    }
    write_number(text.len() as u64 + TEXT, out);
    out.extend_from_slice(text.as_bytes());
}

/// Removes a text from the start of `bytes`.
pub(crate) fn read_text<'b>(bytes: &mut &'b [u8]) -> Cow<'b, str> {
    match read_number(bytes) {
        UUID => {
            let mut text = String::with_capacity(36);
            for (place, byte) in take(bytes, 16).iter().enumerate() {
                if [4, 6, 8, 10].contains(&place) {
                    text.push('-');
                }
                push_hex(*byte, &mut text);
            }
            text.into()
        }
        HASH => {
            let mut text = String::with_capacity(71);
            text.push_str(HASH_PREFIX);
            take(bytes, 32)
                .iter()
                .for_each(|byte| push_hex(*byte, &mut text));
            text.into()
        }
        mark => String::from_utf8_lossy(take(bytes, (mark - TEXT) as usize)),
    }
}

/// Returns the bytes of the text at the start of `bytes`, with its mark. Two texts are equal if these bytes are.
pub(crate) fn text_bytes<'b>(bytes: &mut &'b [u8]) -> &'b [u8] {
    let start = *bytes;
    let length = match read_number(bytes) {
        UUID => 16,
        HASH => 32,
        mark => (mark - TEXT) as usize,
    };
    take(bytes, length);
    &start[..start.len() - bytes.len()]
}

/// Compares two texts in their stored form.
pub(crate) fn compare_texts(one: &[u8], other: &[u8]) -> Ordering {
    // Only UUIDs are stored with this mark, and their bytes have the order of their digits.
    match one.first() == Some(&0) && other.first() == Some(&0) {
        true => one.cmp(other),
        false => read_text(&mut &*one).cmp(&read_text(&mut &*other)),
    }
}

/// Removes `count` bytes from the start of `bytes`.
pub(crate) fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(count.min(bytes.len()));
    *bytes = rest;
    taken
}

fn push_hex(byte: u8, text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for digit in [byte >> 4, byte & 15] {
        text.push(char::from(DIGITS[usize::from(digit)]));
    }
}

/// Returns the bytes of a UUID with lowercase digits.
fn uuid(text: &[u8]) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.try_into().ok()?;
    if HYPHENS.iter().any(|place| text[*place] != b'-') {
        return None;
    }
    let mut digits = [0; 32];
    let parts = [(0, 8), (9, 13), (14, 18), (19, 23), (24, 36)];
    let mut end = 0;
    for (from, to) in parts {
        digits[end..end + to - from].copy_from_slice(&text[from..to]);
        end += to - from;
    }
    bytes_of(&digits)
}

/// Returns the bytes that these lowercase hexadecimal digits stand for.
fn bytes_of<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    let mut is_invalid = 0;
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let (high, low) = (VALUES[usize::from(pair[0])], VALUES[usize::from(pair[1])]);
        is_invalid |= high | low;
        *byte = high << 4 | low & 15;
    }
    (is_invalid & 0x80 == 0).then_some(bytes)
}

/// The value of each lowercase hexadecimal digit, and 0x80 for every other byte.
const VALUES: [u8; 256] = {
    let mut values = [0x80; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_written() {
        let uuid = "016f5e66-e801-7001-8000-0000000000af";
        let hash = format!("sha256:{}", "0123456789abcdef".repeat(4));
        let long = "x".repeat(300);
        let cases = [
            ("", 1),
            ("ä", 3),
            (uuid, 17),
            (&uuid.to_uppercase(), 37),
            (&uuid.replace('-', "0"), 37),
            (&uuid[1..], 36),
            (&hash, 33),
            (&hash.to_uppercase(), 72),
            (&hash[..70], 71),
            (&long, 302),
        ];
        for (text, length) in cases {
            let mut bytes = Vec::new();
            write_text(text, &mut bytes);
            assert_eq!(bytes.len(), length, "{text}");
            bytes.push(7);
            let mut rest = bytes.as_slice();
            assert_eq!(text_bytes(&mut rest).len(), length, "{text}");
            rest = &bytes;
            assert_eq!(read_text(&mut rest), text);
            assert_eq!(rest, [7]);
        }
    }
}
