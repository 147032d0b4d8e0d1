//! The pictures of Open Graph and Twitter, whose properties are elements of their own.

use super::{Head, Meta};
use crate::collector::Collector;

/// A picture of Open Graph while its properties are read.
struct Picture<'a> {
    url: &'a str,
    alt: Option<&'a str>,
    /// Whether its `secure_url` was read.
    is_secured: bool,
}

impl Head<'_> {
    /// Collects the pictures that were chosen for sharing.
    pub(crate) fn pictures(&self, collector: &mut Collector) {
        for image in self.open_graph_images() {
            collector.image(image.url, image.alt, "og:image");
        }
        let alt = self.first("twitter:image:alt");
        self.each(&["twitter:image", "twitter:image:src"], |content, key| {
            collector.image(content, alt, key);
        });
    }

    /// Returns the pictures of Open Graph. A property with a further colon belongs to the picture
    /// before it (The Open Graph protocol, "Structured Properties").
    fn open_graph_images(&self) -> Vec<Picture<'_>> {
        let mut images: Vec<Picture<'_>> = Vec::new();
        for Meta { key, content } in &self.metas {
            match (key.as_str(), images.last_mut()) {
                ("og:image:alt", Some(image)) => image.alt = Some(content),
                ("og:image:secure_url", Some(image)) if !image.is_secured => {
                    image.is_secured = true;
                    if !image.url.starts_with("https:") {
                        image.url = content;
                    }
                }
                ("og:image:url", Some(image)) if image.url == content => {}
                ("og:image" | "og:image:url" | "og:image:secure_url", _) => {
                    images.push(Picture {
                        url: content,
                        alt: None,
                        is_secured: key == "og:image:secure_url",
                    });
                }
                _ => {}
            }
        }
        // Some frameworks write the properties first.
        if let [only] = &mut images[..] {
            only.alt = only.alt.or(self.first("og:image:alt"));
        }
        images
    }
}
