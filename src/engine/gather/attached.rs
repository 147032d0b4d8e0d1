//! Loads the attachments of posts: documents and videos, which are sent unchanged, and gallery pictures,
//! which are fitted to the sink's rules like card pictures.

use std::sync::Arc;

use syndicate_api::{
    Code, Diagnostic, FileRef, FileRules, Image, MediaRules, Medium, MediumBytes, ReadMedium,
};

use super::file::{FileLabel, LocalFile};
use super::{GatheredPicture, Pictures, movie, pages, signature};

/// The file of a document or video.
#[derive(Debug)]
struct AttachedFile {
    file: LocalFile,
    noun: &'static str,
    name: String,
    max_bytes: u64,
}

impl ReadMedium for AttachedFile {
    fn read(&self) -> Result<MediumBytes, Diagnostic> {
        let bytes = self.file.read(FileLabel {
            noun: self.noun,
            name: &self.name,
            code: Code::AttachmentUnreadable,
            max_bytes: self.max_bytes,
        });
        bytes.map(MediumBytes::from)
    }
}

impl Pictures {
    /// Loads the attachment `enclosed` of the type `noun`, such as `document`, and checks it against
    /// `rules`.
    ///
    /// # Errors
    /// Returns an error if the file does not exist or the sink does not accept it.
    pub(crate) fn attached(
        &self,
        noun: &'static str,
        enclosed: &FileRef,
        rules: &FileRules,
    ) -> Result<Medium, Diagnostic> {
        let name = located(noun, enclosed)?;
        let label = FileLabel {
            noun,
            name,
            code: Code::AttachmentUnreadable,
            max_bytes: rules.max_bytes,
        };
        let file = LocalFile::find(&self.base.join(name), label)?;
        check_length(label, file.length(), rules)?;
        let bytes = file.read(label)?;
        // The file may have changed since it was found.
        check_length(label, bytes.len() as u64, rules)?;
        let media_type = signature::media_type(&bytes, rules.types).map_err(|what| {
            let message = format!("the {noun} `{name}` is {what}");
            let hint = format!("use one of {}", signature::names(rules.types));
            Diagnostic::new(Code::AttachmentFormat, message).with_hint(hint)
        })?;
        if media_type == signature::MP4 {
            movie::check(&bytes, rules.seconds).map_err(|what| {
                let message = format!("the {noun} `{name}` {what}");
                let hint = "export it again as MP4";
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
        let reader = AttachedFile {
            file,
            noun,
            name: name.to_owned(),
            max_bytes: rules.max_bytes,
        };
        Ok(Medium {
            bytes: MediumBytes::from(bytes).in_file(Arc::new(reader)),
            media_type: media_type.into(),
            file: Some(name.to_owned()),
            ..Medium::default()
        })
    }

    /// Loads a picture of a gallery, fitted to `rules`.
    ///
    /// # Errors
    /// Returns an error if the picture does not exist, or cannot be decoded or fitted.
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
    let message = format!("the {noun} `{name}` is not a file of the site");
    let hint = "write its path relative to the post; it must be inside the site's folder";
    Diagnostic::new(Code::AttachmentUnreadable, message).with_hint(hint)
}

fn check_length(label: FileLabel<'_>, length: u64, rules: &FileRules) -> Result<(), Diagnostic> {
    let FileLabel { noun, name, .. } = label;
    let what = if length == 0 {
        "is empty".to_owned()
    } else if length > rules.max_bytes {
        let most = rules.max_bytes;
        format!("has {length} bytes, but the sink accepts at most {most}")
    } else if length < rules.min_bytes {
        let unit = if length == 1 { "byte" } else { "bytes" };
        let least = rules.min_bytes;
        format!("has {length} {unit}, but the sink requires at least {least}")
    } else {
        return Ok(());
    };
    let message = format!("the {noun} `{name}` {what}");
    let hint = "replace the file";
    Err(Diagnostic::new(Code::AttachmentUnfit, message).with_hint(hint))
}
