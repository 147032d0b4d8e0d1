//! What hangs below a commentary in the place of a card, in parts that a terminal, a page and a table
//! draw each in its own way.

use syndicate_api::{Attachment, Medium};

/// One part of an attachment.
pub(super) enum AttachmentPart<'a> {
    /// A file, and what it shows.
    File(&'a Medium, Option<&'a str>),
    /// A headline.
    Title(&'a str),
    /// An answer that readers can choose.
    Choice(&'a str),
    /// Another post, as the platform names it.
    Post(&'a str),
    /// A remark.
    Note(String),
}

/// The parts of `attachment`, from top to bottom.
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
            parts.push(AttachmentPart::Note(format!("open for {} days", poll.days)));
            parts
        }
        Attachment::Reshare(post) => vec![AttachmentPart::Post(post)],
        _ => Vec::new(),
    }
}
