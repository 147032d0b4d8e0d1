//! What the fuzz targets call: the readers of strangers' bytes, without files or network.

/// Reads `bytes` as a feed, as a web server that says nothing of its characters would send it.
pub fn feed(bytes: &[u8]) {
    // Whatever comes out is right as long as something does.
    drop(crate::read::read(bytes, None, None));
}
