//! Loads the media of a delivery on another thread, those of the next one while the current one is sent. What is loaded is
//! what was planned, or an error: a file that changes afterwards changes nothing that is sent.

use syndicate_api::{Code, Diagnostic, Medium, contain};
use tokio::task::{JoinHandle, spawn_blocking};

/// The maximum size in bytes of the media that are loaded before their delivery begins.
const MAX_AHEAD: u64 = 16 * 1024 * 1024;

/// Media that are being loaded.
#[derive(Debug, Default)]
pub(super) struct LoadingMedia(Option<JoinHandle<Result<Vec<Medium>, Diagnostic>>>);

impl LoadingMedia {
    /// Starts to load `media`.
    fn of(media: &[Medium]) -> Self {
        if media.is_empty() {
            return Self(None);
        }
        let media = media.to_vec();
        Self(Some(spawn_blocking(move || {
            let load = || media.iter().map(Medium::load).collect();
            contain(load).unwrap_or_else(|panic| Err(panic.diagnostic("reading the media")))
        })))
    }

    /// Returns the media with their bytes in memory.
    ///
    /// # Errors
    /// Returns an error that names the file if one cannot be read or has changed since it was planned.
    pub(super) async fn finish(self) -> Result<Vec<Medium>, Diagnostic> {
        let Some(loading) = self.0 else {
            return Ok(Vec::new());
        };
        loading.await.unwrap_or_else(|error| {
            let message = format!("reading the media: {error}");
            Err(Diagnostic::new(Code::Rejected, message))
        })
    }
}

/// The media of the next delivery.
#[derive(Debug, Default)]
pub(super) struct NextMedia(Option<(usize, LoadingMedia)>);

impl NextMedia {
    /// Returns the media of the plan's entry at `index`, and starts to load those of `next`, the entry that is probably the
    /// next one.
    pub(super) fn advance(
        &mut self,
        (index, media): (usize, &[Medium]),
        next: Option<(usize, &[Medium])>,
    ) -> LoadingMedia {
        let ahead = self.0.take().filter(|(of, _)| *of == index);
        let current = ahead.map_or_else(|| LoadingMedia::of(media), |(_, loading)| loading);
        let next = next.filter(|(_, media)| size(media) <= MAX_AHEAD);
        self.0 = next.map(|(next, media)| (next, LoadingMedia::of(media)));
        current
    }
}

/// Returns the size of the media in bytes.
fn size(media: &[Medium]) -> u64 {
    media.iter().map(|medium| medium.bytes.length()).sum()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    use syndicate_api::{MediumBytes, ReadMedium};

    use super::*;

    /// A file whose content can change.
    #[derive(Debug)]
    struct File {
        content: Mutex<Vec<u8>>,
        reads: AtomicUsize,
    }

    impl ReadMedium for File {
        fn read(&self) -> Result<MediumBytes, Diagnostic> {
            self.reads.fetch_add(1, Ordering::Relaxed);
            Ok(self.content.lock().unwrap().clone().into())
        }
    }

    fn file(content: Vec<u8>) -> (Arc<File>, Vec<Medium>) {
        let bytes = MediumBytes::from(content.clone());
        let file = Arc::new(File {
            content: content.into(),
            reads: AtomicUsize::new(0),
        });
        let bytes = bytes.in_file(Arc::clone(&file) as Arc<dyn ReadMedium>);
        let medium = Medium {
            bytes,
            file: Some("a.png".to_owned()),
            ..Medium::default()
        };
        (file, vec![medium])
    }

    async fn read(loading: LoadingMedia) -> Result<Vec<u8>, Diagnostic> {
        let media = loading.finish().await?;
        Ok(media[0].bytes.read()?.to_vec())
    }

    #[tokio::test]
    async fn media_are_read_once_and_ahead() {
        let (one, first) = file(b"one".to_vec());
        let (two, second) = file(b"two".to_vec());
        let mut next_media = NextMedia::default();
        let loading = next_media.advance((3, &first), Some((7, &second)));
        assert_eq!(read(loading).await.unwrap(), b"one");
        let ahead = next_media.0.take().unwrap();
        let ahead = (ahead.0, ahead.1.finish().await.unwrap());
        *two.content.lock().unwrap() = b"changed".to_vec();
        assert_eq!(ahead.1[0].bytes.read().unwrap(), b"two".as_slice());
        assert_eq!(
            [&one, &two].map(|file| file.reads.load(Ordering::Relaxed)),
            [1, 1]
        );
        let loading = next_media.advance((7, &second), None);
        let error = read(loading).await.unwrap_err();
        assert_eq!(error.path.as_deref(), Some("a.png"));
        assert_eq!(error.code, Diagnostic::file_changed().code);
    }

    #[tokio::test]
    async fn loaded_media_belong_to_their_entry() {
        let (_, first) = file(b"one".to_vec());
        let (two, second) = file(b"two".to_vec());
        let mut next_media = NextMedia::default();
        drop(next_media.advance((0, &[]), Some((1, &second))));
        let loading = next_media.advance((2, &first), Some((1, &second)));
        assert_eq!(read(loading).await.unwrap(), b"one");
        let loading = next_media.advance((1, &second), None);
        assert_eq!(read(loading).await.unwrap(), b"two");
        assert_eq!(two.reads.load(Ordering::Relaxed), 2);
        assert!(next_media.0.is_none());
    }

    #[test]
    fn large_media_are_not_loaded_ahead() {
        let (_, large) = file(vec![0; 16 * 1024 * 1024 + 1]);
        let mut next_media = NextMedia::default();
        drop(next_media.advance((0, &[]), Some((1, &large))));
        assert!(next_media.0.is_none());
    }
}
