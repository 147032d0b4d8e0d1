//! Checks that an MPEG-4 file (ISO/IEC 14496-12) is complete, and reads its duration. Platforms accept
//! truncated and overlong files and fail on them later. Nothing is decoded.

/// Maximum number of boxes to read, which limits the time for a file.
const MOST_BOXES: usize = 100_000;

/// Checks that the file is complete and its duration in seconds is from `least` to `most`. The error is a
/// predicate that follows the file's name.
pub(super) fn check(bytes: &[u8], (least, most): (u64, u64)) -> Result<(), String> {
    let mut duration = None;
    let mut frames = false;
    let mut rest = bytes;
    for _ in 0..MOST_BOXES {
        if rest.is_empty() {
            break;
        }
        let (kind, body, after) = next(rest).ok_or("is truncated")?;
        if kind == b"moov" {
            duration = seconds(body);
        }
        frames |= kind == b"mdat";
        rest = after;
    }
    match duration {
        _ if !frames => Err("has no frames; it may be truncated".to_owned()),
        None => Err("has no duration; it may be truncated".to_owned()),
        // The header of a fragmented file has no duration.
        Some(0) => Ok(()),
        Some(seconds) if (least..=most).contains(&seconds) => Ok(()),
        Some(seconds) => Err(format!(
            "has a duration of {seconds} s, but the sink accepts {least} to {most} s"
        )),
    }
}

/// Returns the type and body of the first box, and the bytes after it; `None` if it is truncated.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let kind = bytes.get(4..8)?;
    let (head, length) = match u32_at(bytes, 0)? {
        0 => (8, bytes.len()),
        1 => {
            let high = u64::from(u32_at(bytes, 8)?) << 32;
            let length = usize::try_from(high | u64::from(u32_at(bytes, 12)?)).ok()?;
            (16, length)
        }
        length => (8, usize::try_from(length).ok()?),
    };
    let body = bytes.get(head..length)?;
    Some((kind, body, bytes.get(length..)?))
}

/// Returns the duration in the movie header of a `moov` box, in seconds. It is rounded down, except that
/// a duration below one second is 1.
fn seconds(moov: &[u8]) -> Option<u64> {
    let mut rest = moov;
    while let Some((kind, body, after)) = next(rest) {
        if kind == b"mvhd" {
            let (scale, duration) = match body.first()? {
                1 => {
                    let high = u64::from(u32_at(body, 24)?) << 32;
                    (u32_at(body, 20)?, high | u64::from(u32_at(body, 28)?))
                }
                _ => (u32_at(body, 12)?, u64::from(u32_at(body, 16)?)),
            };
            let seconds = duration.checked_div(u64::from(scale))?;
            return Some(if duration > 0 { seconds.max(1) } else { 0 });
        }
        rest = after;
    }
    None
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(4)?)?;
    field.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests;
