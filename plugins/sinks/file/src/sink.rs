//! Implements `Sink` for files. The name of a file consists of the post's title and a hash of its content, so that
//! a repeated delivery writes the same file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use syndicate_api::{
    Attachment, Capabilities, CardBy, Code, Context, Diagnostic, FileRules, Limits, MediaRules,
    Medium, Payload, Picture, PicturePolicy, Poll, Post, PostFormat, Prepared, PublishError,
    PublishErrorKind, Readiness, Ready, Receipt, Repeat, Request, Role, ServerInfo, Sink, Slots,
    Step, async_trait, canonical_json, sha256_hex, slot,
};

pub(crate) struct FileSink {
    pub(crate) folder: PathBuf,
    pub(crate) shown: String,
    pub(crate) thumbnail: PicturePolicy,
    pub(crate) text_limit: usize,
}

/// The picture types that the engine can decode.
const TYPES: &[&str] = &[
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/webp",
];

/// The document and video types that the engine recognises.
const DOCUMENTS: &[&str] = &[
    "application/pdf",
    "application/msword",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];
const VIDEOS: &[&str] = &["video/mp4", "video/quicktime", "video/webm"];

/// Files of any size up to 1 GiB, which bounds the memory.
const ANY_FILE: FileRules = FileRules {
    types: &[],
    min_bytes: 1,
    max_bytes: 1 << 30,
    seconds: (0, u64::MAX),
    max_pages: None,
};

/// The largest number of bytes of a title in a file name.
const MAX_NAME: usize = 60;

#[async_trait]
impl Sink for FileSink {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: CardBy::Us,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits {
            text: self.text_limit,
            picture: self.thumbnail,
            media: MediaRules {
                types: TYPES,
                max_pixels: u64::MAX,
                max_bytes: u64::MAX,
                max_frames: usize::MAX,
            },
            format: PostFormat::Card,
            documents: FileRules {
                types: DOCUMENTS,
                ..ANY_FILE
            },
            videos: FileRules {
                types: VIDEOS,
                ..ANY_FILE
            },
        }
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let mut body = Map::new();
        let mut media = Vec::new();
        body.insert("text".to_owned(), post.text.plain().into());
        if let Some(lang) = &post.lang {
            body.insert("lang".to_owned(), lang.as_str().into());
        }
        if let Some(card) = &post.card {
            let mut fields = Map::new();
            fields.insert("url".to_owned(), card.url.as_str().into());
            fields.insert("title".to_owned(), card.title.as_str().into());
            if let Some(description) = &card.description {
                fields.insert("description".to_owned(), description.as_str().into());
            }
            if let Some(picture) = &card.picture {
                fields.insert("picture".to_owned(), picture_json(picture, &mut media));
            }
            body.insert("card".to_owned(), Value::Object(fields));
        }
        if let Some(attachment) = &post.attachment {
            let (key, shown) = attachment_json(attachment, &mut media)?;
            body.insert(key.to_owned(), shown);
        }
        let body = Value::Object(body);
        let name = format!("{}.json", file_stem(post, &body, &media));
        Ok(Payload {
            dialect: "json".into(),
            media,
            ..Payload::new("file", Request::new("WRITE", &name).json(body))
        })
    }

    async fn prepare(
        &self,
        _: &Context,
        _: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let mut slots = Slots::new();
        for (index, medium) in media.iter().enumerate() {
            let name = format!(
                "{}.{}",
                hash_prefix(medium.sha256()),
                extension(&medium.media_type)
            );
            self.write(&name, &medium.bytes.read()?)?;
            slots.insert(format!("media:{index}"), name.into());
        }
        Ok(Readiness::Ready(Ready {
            slots,
            ..Ready::default()
        }))
    }

    async fn send(
        &self,
        _: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let request = prepared.steps.get(step).map(|step| &step.request);
        let Some((name, request)) = request.and_then(|it| Some((it.path.first()?.as_str()?, it)))
        else {
            let message = "the payload has no such step";
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::Rejected, message));
        };
        self.write(name, &request.bytes())?;
        let folder = self.shown.trim_end_matches('/');
        Ok(Receipt::new(format!("{folder}/{name}")))
    }

    fn reaches_readers(&self) -> bool {
        false
    }

    fn repeat(&self, _: Role, _: Timestamp) -> Repeat {
        Repeat::ALWAYS
    }
}

impl FileSink {
    /// Writes a temporary file and renames it, so that no program reads half a file.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path = self.folder.join(name);
        let partial = self.folder.join(format!(".{name}.partial"));
        let written = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&partial, bytes))
            .and_then(|()| fs::rename(&partial, &path));
        written.map_err(|error| write_error(&path, &error))
    }
}

/// Returns key and value of an attachment in the JSON file, and adds its bytes to `media`.
fn attachment_json(
    attachment: &Attachment,
    media: &mut Vec<Medium>,
) -> Result<(&'static str, Value), Diagnostic> {
    Ok(match attachment {
        Attachment::Pictures(pictures) => {
            let shown = pictures.iter().map(|picture| picture_json(picture, media));
            ("pictures", Value::Array(shown.collect()))
        }
        Attachment::Document { medium, title, alt } => {
            let mut shown = file_json(medium, alt.as_deref(), media);
            shown["title"] = title.as_str().into();
            ("document", shown)
        }
        Attachment::Video { medium, title, alt } => {
            let mut shown = file_json(medium, alt.as_deref(), media);
            if let Some(title) = title {
                shown["title"] = title.as_str().into();
            }
            ("video", shown)
        }
        Attachment::Poll(poll) => {
            let Poll {
                question,
                options,
                days,
            } = poll;
            let shown = json!({"question": question, "options": options, "days": days});
            ("poll", shown)
        }
        Attachment::Reshare(post) => ("reshare", post.as_str().into()),
        _ => {
            let message = "this sink does not support the attachment";
            return Err(Diagnostic::new(Code::KindUnsupported, message));
        }
    })
}

fn picture_json(picture: &Picture, media: &mut Vec<Medium>) -> Value {
    file_json(&picture.medium, picture.alt.as_deref(), media)
}

fn file_json(medium: &Medium, alt: Option<&str>, media: &mut Vec<Medium>) -> Value {
    let mut shown = json!({"file": slot(&format!("media:{}", media.len()))});
    if let Some(alt) = alt {
        shown["alt"] = alt.into();
    }
    media.push(medium.clone());
    shown
}

fn write_error(path: &Path, error: &io::Error) -> PublishError {
    let message = format!("cannot write `{}`", path.display());
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .caused_by(error.to_string())
        .with_hint("check that the sink's `endpoint` is a writable folder")
}

fn file_stem(post: &Post, body: &Value, media: &[Medium]) -> String {
    let mut whole = canonical_json(body);
    media
        .iter()
        .for_each(|medium| whole.push_str(medium.sha256()));
    let title = post
        .card
        .as_ref()
        .map_or_else(|| post.text.plain(), |card| card.title.clone());
    let mut slug = String::new();
    for c in title.chars() {
        if slug.len() >= MAX_NAME {
            break;
        }
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    format!(
        "{}-{}",
        slug.trim_end_matches('-'),
        hash_prefix(&sha256_hex(whole.as_bytes()))
    )
    .trim_start_matches('-')
    .to_owned()
}

fn hash_prefix(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn extension(media_type: &str) -> &str {
    match media_type {
        "image/jpeg" => "jpg",
        "application/msword" => "doc",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "video/quicktime" => "mov",
        other => other.rsplit('/').next().unwrap_or("bin"),
    }
}
