//! Files that posts bring along in place of a card: documents and videos, sent byte for byte as they
//! are, and galleries, whose pictures are made to fit like any other.

use std::sync::PoisonError;

use syndicate_api::{Code, Diagnostic, FileRef, FileRules, Image, MediaRules, Medium};

use super::file::{LocalFile, Named};
use super::{GatheredPicture, Pictures, movie, pages, signature};

impl Pictures {
    /// The file that a post brings along as a `noun`, such as `document`, if `rules` allow it.
    ///
    /// # Errors
    /// When it is not there, or nothing that the sink takes.
    pub(crate) fn attached(
        &self,
        noun: &'static str,
        enclosed: &FileRef,
        rules: &FileRules,
    ) -> Result<Medium, Diagnostic> {
        let name = located(noun, enclosed)?;
        let named = Named {
            noun,
            name,
            code: Code::AttachmentUnreadable,
            max_bytes: rules.max_bytes,
        };
        let file = LocalFile::find(&self.base.join(name), named)?;
        check_length(named, file.length(), rules)?;
        let bytes = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            match read.get(&file) {
                Some(bytes) => bytes.clone(),
                None => {
                    let bytes = file.read(named)?;
                    read.insert(file, bytes.clone());
                    bytes
                }
            }
        };
        // It may have changed since it was found.
        check_length(named, bytes.len() as u64, rules)?;
        let media_type = signature::media_type(&bytes, rules.types).map_err(|what| {
            let message = format!("the {noun} `{name}` is {what}");
            let hint = format!("the sink takes {}", signature::names(rules.types));
            Diagnostic::new(Code::AttachmentFormat, message).with_hint(hint)
        })?;
        if media_type == signature::MP4 {
            movie::check(&bytes, rules.seconds).map_err(|what| {
                let message = format!("the {noun} `{name}` {what}");
                let hint = "export it anew as MP4";
                Diagnostic::new(Code::AttachmentUnfit, message).with_hint(hint)
            })?;
        }
        if media_type == signature::PDF
            && let Some(most) = rules.max_pages
        {
            pages::check(&bytes, most).map_err(|unfit| {
                let message = format!("the {noun} `{name}` {}", unfit.what);
                Diagnostic::new(unfit.code, message).with_hint(unfit.hint)
            })?;
        }
        Ok(Medium {
            bytes,
            media_type,
            file: Some(name.to_owned()),
            pixels: None,
            source: None,
        })
    }

    /// A picture of a gallery, made to fit `rules`.
    ///
    /// # Errors
    /// When it is not there, or cannot be decoded or made to fit.
    pub(crate) fn gallery_picture(
        &self,
        enclosed: &FileRef,
        rules: &MediaRules,
    ) -> Result<GatheredPicture, Diagnostic> {
        let name = located("picture", enclosed)?;
        let image = Image {
            file: Some(name.to_owned()),
            alt: enclosed.alt.clone(),
            ..Image::default()
        };
        let gathered = self.gather_image(&image, rules)?;
        gathered.ok_or_else(|| missing("picture", enclosed))
    }
}

fn located<'a>(noun: &str, enclosed: &'a FileRef) -> Result<&'a str, Diagnostic> {
    let file = enclosed.file.as_deref();
    file.ok_or_else(|| missing(noun, enclosed))
}

fn missing(noun: &str, enclosed: &FileRef) -> Diagnostic {
    let name = &enclosed.name;
    let message = format!("the {noun} `{name}` is no file of the site");
    let hint = "its path is relative to the post, and must not leave the site's folder";
    Diagnostic::new(Code::AttachmentUnreadable, message).with_hint(hint)
}

fn check_length(named: Named<'_>, length: u64, rules: &FileRules) -> Result<(), Diagnostic> {
    let Named { noun, name, .. } = named;
    let what = if length == 0 {
        "is empty".to_owned()
    } else if length > rules.max_bytes {
        let most = rules.max_bytes;
        format!("has {length} bytes, and the sink takes {most}")
    } else if length < rules.min_bytes {
        let least = rules.min_bytes;
        format!("has {length} bytes, and the sink takes none below {least}")
    } else {
        return Ok(());
    };
    let message = format!("the {noun} `{name}` {what}");
    let hint = "put another file in its place";
    Err(Diagnostic::new(Code::AttachmentUnfit, message).with_hint(hint))
}
