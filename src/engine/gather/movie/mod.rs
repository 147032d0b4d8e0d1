//! Whether an MPEG-4 file is whole and how long it plays (ISO/IEC 14496-12). Platforms take half a
//! file, or one that is too long, and fail on it later, out of sight. Nothing is decoded.

/// How many boxes are looked at, so that no file keeps this busy.
const MOST_BOXES: usize = 100_000;

/// Checks that the file is whole and plays for at least and at most so many seconds. The error says
/// what is wrong, to follow its name.
pub(super) fn check(bytes: &[u8], (least, most): (u64, u64)) -> Result<(), String> {
    let mut duration = None;
    let mut frames = false;
    let mut rest = bytes;
    for _ in 0..MOST_BOXES {
        if rest.is_empty() {
            break;
        }
        let (kind, body, after) = next(rest).ok_or("is cut short")?;
        if kind == b"moov" {
            duration = seconds(body);
        }
        frames |= kind == b"mdat";
        rest = after;
    }
    match duration {
        _ if !frames => Err("holds no frames, as one does that is cut short".to_owned()),
        None => Err("says nowhere how long it plays, as one does that is cut short".to_owned()),
        // The length of a file in fragments is known to its fragments only.
        Some(0) => Ok(()),
        Some(seconds) if (least..=most).contains(&seconds) => Ok(()),
        Some(seconds) => Err(format!(
            "plays for {seconds} seconds, and the sink takes {least} to {most}"
        )),
    }
}

/// The type and the body of the first box, and what follows it; `None` if it is not whole.
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

/// The length that the movie header of a `moov` box gives, rounded down but for a part of the first
/// second.
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
