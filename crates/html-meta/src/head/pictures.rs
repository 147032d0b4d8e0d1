//! Reads the pictures of Open Graph and Twitter cards, which several `<meta>` elements describe.

use super::{HeadElements, MetaProperty};
use crate::collector::Collector;

/// An Open Graph picture with the properties read so far.
struct OpenGraphImage<'a> {
    url: &'a str,
    alt: Option<&'a str>,
    /// `true` after its `og:image:secure_url` was read.
    is_secured: bool,
}

impl HeadElements<'_> {
    /// Collects the pictures for link previews.
    pub(crate) fn collect_pictures(&self, collector: &mut Collector) {
        for image in self.open_graph_images() {
            collector.add_image(image.url, image.alt, "og:image");
        }
        let alt = self.first_content("twitter:image:alt");
        self.for_each(&["twitter:image", "twitter:image:src"], |content, key| {
            collector.add_image(content, alt, key);
        });
    }

    /// Returns the Open Graph pictures. Properties such as `og:image:alt` belong to the preceding
    /// picture (The Open Graph protocol, "Structured Properties").
    fn open_graph_images(&self) -> Vec<OpenGraphImage<'_>> {
        let mut images: Vec<OpenGraphImage<'_>> = Vec::new();
        for MetaProperty { key, content } in &self.metas {
            match (&**key, images.last_mut()) {
                ("og:image:alt", Some(image)) => image.alt = Some(content),
                ("og:image:secure_url", Some(image)) if !image.is_secured => {
                    image.is_secured = true;
                    if !image.url.starts_with("https:") {
                        image.url = content;
                    }
                }
                ("og:image:url", Some(image)) if image.url == content => {}
                ("og:image" | "og:image:url" | "og:image:secure_url", _) => {
                    images.push(OpenGraphImage {
                        url: content,
                        alt: None,
                        is_secured: key == "og:image:secure_url",
                    });
                }
                _ => {}
            }
        }
        // Some frameworks write the properties before the picture.
        if let [only] = &mut images[..] {
            only.alt = only.alt.or(self.first_content("og:image:alt"));
        }
        images
    }
}
