use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use image::ImageFormat;
use syndicate_api::{
    BlobCache, Code, Diagnostic, DrawPicture, Drawing, DrawnPicture, Image, InMemoryBlobCache, Item,
};

use super::super::Pictures;
use super::{RULES, drawing as picture, encoded};

/// A drawing that counts how often it is drawn.
struct Counted {
    renderer: &'static str,
    drawn: Arc<AtomicUsize>,
    notes: Vec<String>,
}

impl DrawPicture for Counted {
    fn id(&self) -> &str {
        "inputs"
    }

    fn renderer(&self) -> &str {
        self.renderer
    }

    fn draw(&self) -> Result<DrawnPicture, Diagnostic> {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        if self.renderer == "none" {
            return Err(Diagnostic::new(Code::CardUndrawn, "no font"));
        }
        Ok(DrawnPicture {
            bytes: Bytes::from(encoded(&picture(40, 20), ImageFormat::Png)),
            media_type: "image/png".into(),
            pixels: (40, 20),
            notes: self.notes.clone(),
        })
    }
}

fn item(renderer: &'static str, notes: &[&str]) -> (Item, Arc<AtomicUsize>) {
    let drawn = Arc::default();
    let drawing = Drawing::new(Counted {
        renderer,
        drawn: Arc::clone(&drawn),
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
    });
    let image = Image {
        alt: Some("A title".to_owned()),
        drawing: Some(drawing),
        ..Image::default()
    };
    let item = Item {
        image: Some(image),
        ..Item::default()
    };
    (item, drawn)
}

fn pictures(cache: &Arc<dyn BlobCache>) -> Pictures {
    Pictures::new(".", Arc::default()).with_cache(cache)
}

#[test]
fn drawing_is_a_picture_with_alt_text() {
    let (item, drawn) = item("r 1", &[]);
    let gathered = Pictures::new(".", Arc::default()).gather(&item, &RULES);
    let picture = gathered.unwrap().unwrap().picture;
    assert_eq!(picture.alt.as_deref(), Some("A title"));
    assert_eq!(picture.medium.pixels, Some((40, 20)));
    assert_eq!(picture.medium.file, None);
    assert_eq!(drawn.load(Ordering::Relaxed), 1);
    picture.medium.bytes.read().unwrap();
    assert_eq!(drawn.load(Ordering::Relaxed), 2, "a plan keeps no bytes");
}

#[test]
fn drawing_is_cached_for_later_runs() {
    let cache: Arc<dyn BlobCache> = Arc::new(InMemoryBlobCache::default());
    let (first, drawn) = item("r 1", &[]);
    let gathered = pictures(&cache).gather(&first, &RULES).unwrap();
    assert_eq!(pictures(&cache).gather(&first, &RULES).unwrap(), gathered);
    assert_eq!(drawn.load(Ordering::Relaxed), 1);
    let (newer, drawn) = item("r 2", &[]);
    pictures(&cache).gather(&newer, &RULES).unwrap();
    assert_eq!(drawn.load(Ordering::Relaxed), 1, "another renderer");
}

#[test]
fn damaged_cache_is_drawn_again() {
    let cache: Arc<dyn BlobCache> = Arc::new(InMemoryBlobCache::default());
    let (item, _) = item("r 1", &[]);
    let gathered = pictures(&cache).gather(&item, &RULES).unwrap();
    let key = item.image.as_ref().unwrap().drawing.as_ref().unwrap();
    cache.put(&key.cache_key(), b"\x89PNG\r\n\x1a\nno picture");
    assert_eq!(pictures(&cache).gather(&item, &RULES).unwrap(), gathered);
}

#[test]
fn newer_renderer_is_the_same_source() {
    let source = |renderer| {
        let (item, _) = item(renderer, &[]);
        let gathered = Pictures::new(".", Arc::default()).gather(&item, &RULES);
        let medium = gathered.unwrap().unwrap().picture.medium;
        medium.source_sha256().to_owned()
    };
    assert_eq!(source("r 1"), source("r 2"));
}

#[test]
fn warnings_are_shown_each_time() {
    let cache: Arc<dyn BlobCache> = Arc::new(InMemoryBlobCache::default());
    let (item, _) = item("r 1", &["shows only the start of the title"]);
    for _ in 0..2 {
        let gathered = pictures(&cache).gather(&item, &RULES).unwrap().unwrap();
        let note = "the drawn card shows only the start of the title";
        assert_eq!(gathered.note.as_deref(), Some(note));
    }
}

#[test]
fn undrawn_card_is_an_error() {
    let (item, _) = item("none", &[]);
    let error = Pictures::new(".", Arc::default()).gather(&item, &RULES);
    assert_eq!(error.unwrap_err().code, Code::CardUndrawn);
}
