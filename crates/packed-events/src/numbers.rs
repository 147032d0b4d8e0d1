//! Numbers of texts, attempts and events, and their form in records.

/// The mark for "none" in place of a number.
pub const NONE: u32 = u32::MAX;

/// Returns `at` as the number of a text, an attempt or an event.
///
/// # Panics
/// If a ledger has 2^32 of them.
#[must_use]
pub fn index(at: usize) -> u32 {
    let number = u32::try_from(at).ok();
    number
        .filter(|number| *number != NONE)
        .expect("a ledger has fewer than 2^32 events")
}

/// Appends `number` with seven bits in each byte, the lowest first.
pub(crate) fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Removes a number from the start of `bytes`.
pub(crate) fn read_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << (shift & 63);
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

/// Appends the number of a text, or that there is none.
pub(crate) fn write_optional(number: Option<u32>, out: &mut Vec<u8>) {
    write_number(number.map_or(0, |number| u64::from(number) + 1), out);
}

/// Removes the number of a text, if there is one.
pub(crate) fn read_optional(bytes: &mut &[u8]) -> Option<u32> {
    let number = read_number(bytes).checked_sub(1)?;
    u32::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let numbers = [
            0,
            1,
            127,
            128,
            16_383,
            16_384,
            u64::from(u32::MAX),
            u64::MAX,
        ];
        let mut bytes = Vec::new();
        for number in numbers {
            write_number(number, &mut bytes);
        }
        write_optional(None, &mut bytes);
        write_optional(Some(0), &mut bytes);
        let mut rest = bytes.as_slice();
        for number in numbers {
            assert_eq!(read_number(&mut rest), number);
        }
        assert_eq!(read_optional(&mut rest), None);
        assert_eq!(read_optional(&mut rest), Some(0));
        assert!(rest.is_empty());
    }
}
