//! Splits the attachment of a post into parts that the terminal, the HTML page and the Markdown table
//! each render in their own way.

use syndicate_api::{Attachment, Medium};

/// One part of an attachment.
pub(super) enum AttachmentPart<'a> {
    /// A file and its alternative text.
    File(&'a Medium, Option<&'a str>),
    /// A title or the question of a poll.
    Title(&'a str),
    /// An option of a poll.
    Choice(&'a str),
    /// The platform's id of the reshared post.
    Post(&'a str),
    /// Additional information, such as the duration of a poll.
    Note(String),
}

/// Returns the parts of `attachment` from top to bottom.
pub(super) fn parts(attachment: &Attachment) -> Vec<AttachmentPart<'_>> {
    match attachment {
        Attachment::Pictures(pictures) => {
            let pictures = pictures.iter();
            pictures
                .map(|picture| AttachmentPart::File(&picture.medium, picture.alt.as_deref()))
                .collect()
        }
        Attachment::Document { medium, title, alt } => {
            vec![
                AttachmentPart::File(medium, alt.as_deref()),
                AttachmentPart::Title(title),
            ]
        }
        Attachment::Video { medium, title, alt } => {
            let title = title.as_deref().map(AttachmentPart::Title);
            let mut parts = vec![AttachmentPart::File(medium, alt.as_deref())];
            parts.extend(title);
            parts
        }
        Attachment::Poll(poll) => {
            let mut parts = vec![AttachmentPart::Title(&poll.question)];
            parts.extend(
                poll.options
                    .iter()
                    .map(|option| AttachmentPart::Choice(option)),
            );
            let days = if poll.days == 1 { "day" } else { "days" };
            parts.push(AttachmentPart::Note(format!(
                "open for {} {days}",
                poll.days
            )));
            parts
        }
        Attachment::Reshare(post) => vec![AttachmentPart::Post(post)],
        _ => Vec::new(),
    }
}
