//! The text of an item: in memory, or in a file that is read again when the text is asked for, so that memory
//! does not grow with the texts of a site.

use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use crate::{Diagnostic, TextDigest};

/// The text of an item without its front matter, as its source read it.
#[derive(Clone, Debug, Default)]
pub struct ItemText {
    place: TextPlace,
    is_hidden: bool,
}

#[derive(Clone, Debug, Default)]
enum TextPlace {
    #[default]
    Nowhere,
    Memory(Arc<HeldText>),
    File(Arc<FiledText<dyn TextFile>>),
}

#[derive(Debug, PartialEq, Eq)]
struct HeldText {
    body: String,
    digest: Option<TextDigest>,
}

#[derive(Debug)]
struct FiledText<F: ?Sized> {
    digest: OnceLock<Option<TextDigest>>,
    file: F,
}

/// A file that contains the text of an item.
///
/// Each method reads the file again. It returns an error if the file cannot be read or is not the one that the source
/// read, because a post must not be made of two versions of a file.
pub trait TextFile: Debug + Send + Sync {
    /// Returns the text as written, without the parts that readers do not see.
    ///
    /// # Errors
    /// Returns a diagnostic with [`Code::FileChanged`](crate::Code::FileChanged) if the file is not as the source read
    /// it.
    fn body(&self) -> Result<String, Diagnostic>;

    /// Returns the digest of the words; `None` if they are too few.
    ///
    /// # Errors
    /// Returns the same errors as [`TextFile::body`].
    fn digest(&self) -> Result<Option<TextDigest>, Diagnostic>;

    /// Returns the front matter; empty if the file has none.
    ///
    /// # Errors
    /// Returns the same errors as [`TextFile::body`].
    fn front(&self) -> Result<Map<String, Value>, Diagnostic> {
        Ok(Map::new())
    }

    /// Returns a number that is equal for files with equal contents.
    fn version(&self) -> u64;
}

impl ItemText {
    /// Returns a text in memory; `digest` is that of its words.
    #[must_use]
    pub fn held(body: impl Into<String>, digest: Option<TextDigest>) -> Self {
        let body = body.into();
        Self {
            place: TextPlace::Memory(Arc::new(HeldText { body, digest })),
            is_hidden: false,
        }
    }

    /// Returns the text in `file`.
    #[must_use]
    pub fn filed(file: impl TextFile + 'static) -> Self {
        let digest = OnceLock::new();
        Self {
            place: TextPlace::File(Arc::new(FiledText { digest, file })),
            is_hidden: false,
        }
    }

    /// Hides the text, which is then empty, for example because it is not public. Its digest remains.
    pub fn hide(&mut self) {
        self.is_hidden = true;
    }

    /// Returns the text as written; empty if the source has none.
    ///
    /// # Errors
    /// Returns a diagnostic if the text is in a file that cannot be read or has changed.
    pub fn body(&self) -> Result<String, Diagnostic> {
        match &self.place {
            _ if self.is_hidden => Ok(String::new()),
            TextPlace::Nowhere => Ok(String::new()),
            TextPlace::Memory(held) => Ok(held.body.clone()),
            TextPlace::File(filed) => filed.file.body(),
        }
    }

    /// Returns the front matter in the file of the text.
    pub(crate) fn front(&self) -> Result<Map<String, Value>, Diagnostic> {
        match &self.place {
            TextPlace::Nowhere | TextPlace::Memory(_) => Ok(Map::new()),
            TextPlace::File(filed) => filed.file.front(),
        }
    }

    /// Returns the digest of the words; `None` if the text is short or the source does not know it. A digest of a
    /// file is computed once.
    ///
    /// # Errors
    /// Returns the same errors as [`ItemText::body`].
    pub fn digest(&self) -> Result<Option<&TextDigest>, Diagnostic> {
        Ok(match &self.place {
            TextPlace::Nowhere => None,
            TextPlace::Memory(held) => held.digest.as_ref(),
            TextPlace::File(filed) => match filed.digest.get() {
                Some(digest) => digest.as_ref(),
                None => {
                    let digest = filed.file.digest()?;
                    filed.digest.get_or_init(|| digest).as_ref()
                }
            },
        })
    }
}

/// Texts in files are equal if the files have equal contents.
impl PartialEq for ItemText {
    fn eq(&self, other: &Self) -> bool {
        let is_equal = match (&self.place, &other.place) {
            (TextPlace::Nowhere, TextPlace::Nowhere) => true,
            (TextPlace::Memory(one), TextPlace::Memory(other)) => one == other,
            (TextPlace::File(one), TextPlace::File(other)) => {
                one.file.version() == other.file.version()
            }
            _ => false,
        };
        is_equal && self.is_hidden == other.is_hidden
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{Code, TextKind};

    #[derive(Debug, Default)]
    struct CountedFile {
        digests: AtomicUsize,
        is_changed: bool,
    }

    impl TextFile for CountedFile {
        fn body(&self) -> Result<String, Diagnostic> {
            match self.is_changed {
                true => Err(Diagnostic::new(Code::FileChanged, "changed")),
                false => Ok("text".to_owned()),
            }
        }

        fn digest(&self) -> Result<Option<TextDigest>, Diagnostic> {
            self.digests.fetch_add(1, Ordering::Relaxed);
            let body = self.body()?;
            Ok(TextDigest::of(TextKind::Markdown, &body.repeat(20)))
        }

        fn version(&self) -> u64 {
            self.is_changed.into()
        }
    }

    #[test]
    fn file_digest_is_computed_once() {
        let text = ItemText::filed(CountedFile::default());
        let copy = text.clone();
        assert_eq!(text.digest().unwrap(), copy.digest().unwrap());
        let TextPlace::File(filed) = &text.place else {
            panic!("a file");
        };
        assert_eq!(filed.digest.get(), Some(&None));
        assert_eq!(
            (text.body().unwrap(), text == copy),
            ("text".to_owned(), true)
        );
    }

    #[test]
    fn changed_file_has_no_text() {
        let text = ItemText::filed(CountedFile {
            is_changed: true,
            ..CountedFile::default()
        });
        assert_eq!(text.body().unwrap_err().code, Code::FileChanged);
        assert_eq!(text.digest().unwrap_err().code, Code::FileChanged);
        assert_ne!(text, ItemText::filed(CountedFile::default()));
    }

    #[test]
    fn hidden_text_keeps_digest() {
        let digest = TextDigest::of(TextKind::Feed, &"word ".repeat(20));
        let mut text = ItemText::held("secret", digest.clone());
        text.hide();
        assert_eq!(text.body().unwrap(), "");
        assert_eq!(text.digest().unwrap(), digest.as_ref());
        assert!(digest.is_some());
    }
}
