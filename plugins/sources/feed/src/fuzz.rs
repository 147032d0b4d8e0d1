//! The entry points of the fuzz targets: parsers of untrusted bytes, without files or network.

/// Reads `bytes` as a feed whose server declared no charset.
pub fn feed(bytes: &[u8]) {
    // Any result is right; the target looks for panics, hangs and excessive memory.
    drop(crate::read::read(bytes, None, None));
}
