//! The properties of a picture file, and a byte reader.

/// The properties of a picture, as its file declares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::gather) struct Header {
    /// Width and height, never zero.
    pub(in crate::engine::gather) pixels: (u32, u32),
    /// The number of frames; 1 for a still picture.
    pub(in crate::engine::gather) frames: usize,
    /// `true` if its colours are CMYK, which browsers and platforms show incorrectly or not at all.
    pub(in crate::engine::gather) is_cmyk: bool,
}

/// The unread bytes of a file. Every method returns `None` past the end.
pub(in crate::engine::gather) struct ByteReader<'a>(pub(in crate::engine::gather) &'a [u8]);

impl<'a> ByteReader<'a> {
    pub(in crate::engine::gather) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(in crate::engine::gather) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(in crate::engine::gather) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }
}
