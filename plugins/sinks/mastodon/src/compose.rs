//! Encodes a post: an upload for each medium, then the creating request.

use serde_json::{Value, json};
use syndicate_api::{
    Attachment, Body, Code, Diagnostic, Medium, Name, Part, PartContent, Payload, Post, Request,
    Role, Step, TextSpan, slot,
};

use crate::options::{Options, is_language};
use crate::server_limits::ServerLimits;
use crate::text::{self, encode, handle};

/// The name of this sink in payloads.
const SINK: &str = "mastodon";

/// The path of the creating request.
pub(crate) const STATUSES: &str = "/api/v1/statuses";

/// Encodes `post`.
///
/// # Errors
/// Returns a diagnostic if the server does not accept the post.
pub(crate) fn compose(
    options: &Options,
    limits: &ServerLimits,
    post: &Post,
) -> Result<Payload, Diagnostic> {
    check_mentions(post)?;
    let mut media = media(post, limits)?;
    let mut steps: Vec<Step> = Vec::new();
    for (index, (medium, alt)) in media.iter_mut().enumerate() {
        medium.file_name = Some(format!("media-{index}.{}", extension(&medium.media_type)));
        steps.push(upload(index, alt.as_deref()));
    }
    let body = body(options, post, limits, media.len())?;
    let create = Request::post(STATUSES)
        .header("idempotency-key", slot("key"))
        .json(body);
    steps.push(Step::create(create));
    Ok(Payload {
        sink: Name::Borrowed(SINK),
        dialect: Name::Borrowed("v1"),
        steps,
        media: media.into_iter().map(|(medium, _)| medium).collect(),
    })
}

/// Checks the account of a mention.
///
/// # Errors
/// Returns a diagnostic if it is not the address of an account.
pub(crate) fn check_mention(target: &str) -> Result<(), Diagnostic> {
    if handle(target).is_some() {
        return Ok(());
    }
    let message = format!(
        "`{}` is not the address of an account",
        target.escape_debug()
    );
    let hint = "write it as `jane@example.social`";
    Err(Diagnostic::new(Code::MentionInvalid, message).with_hint(hint))
}

fn check_mentions(post: &Post) -> Result<(), Diagnostic> {
    post.text.0.iter().try_for_each(|span| match span {
        TextSpan::Mention { target, .. } => check_mention(target),
        _ => Ok(()),
    })
}

fn body(
    options: &Options,
    post: &Post,
    limits: &ServerLimits,
    media: usize,
) -> Result<Value, Diagnostic> {
    let text = encode(&post.text);
    if text.trim().is_empty() && media == 0 {
        return Err(Diagnostic::new(Code::TextEmpty, "the text is empty"));
    }
    let warning = options.content_warning.as_deref().unwrap_or_default();
    let length = text::length(&text, warning, limits.url_length);
    if length > limits.max_characters {
        let limit = limits.max_characters;
        let message = format!("the text has {length} characters, and the server accepts {limit}");
        return Err(Diagnostic::new(Code::TextTooLong, message));
    }
    let mut body = json!({"status": text, "visibility": options.visibility.as_api_str()});
    if let Some(language) = language(options, post) {
        body["language"] = language.into();
    }
    if !warning.is_empty() {
        body["spoiler_text"] = warning.into();
    }
    if options.sensitive {
        body["sensitive"] = true.into();
    }
    if media > 0 {
        let ids = (0..media).map(|index| slot(&media_slot(index)));
        body["media_ids"] = ids.collect();
    }
    Ok(body)
}

/// Returns the name of the slot for the server's identifier of a medium.
pub(crate) fn media_slot(index: usize) -> String {
    format!("media:{index}")
}

/// Returns the language of the post as an ISO 639 code: that of the option, else that of the post without its region.
fn language(options: &Options, post: &Post) -> Option<String> {
    if options.language.is_some() {
        return options.language.clone();
    }
    let tag = post.lang.as_deref()?;
    let code = tag.split(['-', '_']).next()?.to_lowercase();
    is_language(&code).then_some(code)
}

/// Returns the step that uploads a medium with its alternative text.
fn upload(index: usize, alt: Option<&str>) -> Step {
    let file = Part {
        name: Name::Borrowed("file"),
        content: PartContent::Medium(index),
    };
    let description = alt.map(|alt| Part {
        name: Name::Borrowed("description"),
        content: PartContent::Text(alt.into()),
    });
    let parts = std::iter::once(file).chain(description).collect();
    let request = Request::post("/api/v2/media").body(Body::Parts(parts));
    Step::new(format!("upload {index}"), Role::Prepare, request)
}

/// Returns the media of the post, each with its alternative text.
fn media(post: &Post, limits: &ServerLimits) -> Result<Vec<(Medium, Option<String>)>, Diagnostic> {
    let media = match &post.attachment {
        None => Vec::new(),
        Some(Attachment::Pictures(pictures)) => pictures
            .iter()
            .map(|picture| (picture.medium.clone(), picture.alt.clone()))
            .collect(),
        Some(Attachment::Video { medium, alt, .. }) => vec![(medium.clone(), alt.clone())],
        Some(_) => {
            let message = format!("the sink cannot publish a post with a {}", post.kind());
            return Err(Diagnostic::new(Code::KindUnsupported, message));
        }
    };
    if media.len() > limits.max_media {
        let (count, limit) = (media.len(), limits.max_media);
        let message = format!("the post has {count} pictures, and the server accepts {limit}");
        return Err(Diagnostic::new(Code::AttachmentUnfit, message));
    }
    let checked = media.into_iter().map(|(medium, alt)| {
        let alt = alt.filter(|alt| !alt.trim().is_empty());
        let length = alt.as_deref().unwrap_or_default().chars().count();
        if length > limits.alt_length {
            let limit = limits.alt_length;
            let message = format!(
                "the alternative text has {length} characters, and the server accepts {limit}"
            );
            return Err(Diagnostic::new(Code::AltTooLong, message));
        }
        Ok((medium, alt))
    });
    checked.collect()
}

/// Returns the extension of a file name. Some servers take the type of a file from it.
fn extension(media_type: &str) -> &str {
    match media_type {
        "image/jpeg" => "jpg",
        "video/quicktime" => "mov",
        other => other.rsplit('/').next().unwrap_or("bin"),
    }
}
