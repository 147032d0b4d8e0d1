//! Builds the card or attachment of a post: the attachment that the front matter sets, or else the
//! sink's default, usually a card.

use syndicate_api::{
    Attachment, AttachmentSpec, Card, CardBy, Code, Diagnostic, FileRef, FileRules, FileSpan, Item,
    Limits, Picture, PicturePolicy, Post, PostFormat,
};

use super::gather::{GatheredPicture, Pictures};
use super::render::clean_line;

/// Notes from the composition of a post.
#[derive(Debug, Default)]
pub(super) struct CompositionNotes {
    /// Warnings for the author.
    pub(super) warnings: Vec<String>,
    /// The reason why the card has no picture yet, if the picture's host cannot be reached.
    pub(super) unreachable: Option<String>,
}

/// Returns `true` if `item` gets a card, which requires a URL.
pub(super) fn has_card(item: &Item, card_by: CardBy, limits: &Limits) -> bool {
    card_by != CardBy::None
        && limits.format == PostFormat::Card
        && item.overrides.attachment.is_none()
}

/// Returns a post with its card or attachment, and without text.
pub(super) fn below(
    item: &Item,
    (card_by, limits): (CardBy, &Limits),
    pictures: &Pictures,
    remarks: &mut CompositionNotes,
) -> Result<Post, Diagnostic> {
    let mut post = Post::default();
    match &item.overrides.attachment {
        Some(brought) => {
            let attachment = attachment(item, brought, limits, pictures, remarks);
            post.attachment = Some(attachment.map_err(|error| at_key(item, error))?);
        }
        None if has_card(item, card_by, limits) => {
            post.card = Some(card(item, (card_by, limits), pictures, remarks)?);
        }
        None if limits.format == PostFormat::Picture => {
            let gathered = gathered_picture(item, limits, pictures)?;
            let gathered = gathered.ok_or_else(|| no_picture(item))?;
            post.attachment = Some(Attachment::Pictures(vec![noted(gathered, remarks)]));
        }
        None => {}
    }
    Ok(post)
}

/// Adds the line of the attachment's key to an error without a position.
fn at_key(item: &Item, error: Diagnostic) -> Diagnostic {
    match (&item.path, item.overrides.attachment_line) {
        (Some(path), Some(line)) if error.span().is_none() => {
            error.in_file(path).at(FileSpan::of_line(line))
        }
        _ => error,
    }
}

fn attachment(
    item: &Item,
    brought: &AttachmentSpec,
    limits: &Limits,
    pictures: &Pictures,
    remarks: &mut CompositionNotes,
) -> Result<Attachment, Diagnostic> {
    Ok(match brought {
        AttachmentSpec::Document(enclosed) => {
            let medium = file("document", enclosed, &limits.documents, pictures)?;
            let title = enclosed.title.clone().or_else(|| item.title.clone());
            Attachment::Document {
                medium,
                title: title.ok_or_else(|| title_missing(item))?,
                alt: enclosed.alt.clone(),
            }
        }
        AttachmentSpec::Video(enclosed) => Attachment::Video {
            medium: file("video", enclosed, &limits.videos, pictures)?,
            title: enclosed.title.clone().or_else(|| item.title.clone()),
            alt: enclosed.alt.clone(),
        },
        AttachmentSpec::Gallery(_) if limits.media.types.is_empty() => {
            return Err(unsupported("gallery"));
        }
        AttachmentSpec::Gallery(gallery) => {
            let gathered = gallery.iter().map(|enclosed| {
                let gathered = pictures.gallery_picture(enclosed, &limits.media);
                gathered.map(|gathered| noted(gathered, remarks))
            });
            let gathered: Result<Vec<Picture>, Diagnostic> = gathered.collect();
            Attachment::Pictures(gathered?)
        }
        AttachmentSpec::Poll(poll) => Attachment::Poll(poll.clone()),
        AttachmentSpec::Reshare(post) => Attachment::Reshare(post.clone()),
    })
}

/// Reads an attached file, unless the sink supports no file of this kind.
fn file(
    noun: &'static str,
    enclosed: &FileRef,
    rules: &FileRules,
    pictures: &Pictures,
) -> Result<syndicate_api::Medium, Diagnostic> {
    if rules.types.is_empty() {
        return Err(unsupported(noun));
    }
    pictures.attached(noun, enclosed, rules)
}

/// Returns the error for an attachment of a kind that the sink does not send.
fn unsupported(noun: &str) -> Diagnostic {
    let message = format!("the post has a {noun}, and the sink sends none");
    Diagnostic::new(Code::KindUnsupported, message)
}

fn card(
    item: &Item,
    (card_by, limits): (CardBy, &Limits),
    pictures: &Pictures,
    remarks: &mut CompositionNotes,
) -> Result<Card, Diagnostic> {
    let url = item.link.clone().or_else(|| item.url.clone());
    let url = url.unwrap_or_default();
    let title = item.title.clone();
    let title = title.filter(|title| !clean_line(title).is_empty());
    let (title, picture) = match card_by {
        // The platform reads title and picture from the page, so the post does not need them.
        CardBy::Platform { .. } => (title.unwrap_or_else(|| url.clone()), None),
        CardBy::Us | CardBy::None => {
            let title = title.ok_or_else(|| title_missing(item))?;
            (title, card_picture(item, limits, pictures, remarks)?)
        }
    };
    Ok(Card {
        url,
        title,
        description: item.description.clone(),
        picture,
    })
}

fn card_picture(
    item: &Item,
    limits: &Limits,
    pictures: &Pictures,
    remarks: &mut CompositionNotes,
) -> Result<Option<Picture>, Diagnostic> {
    if limits.picture == PicturePolicy::Skip {
        return Ok(None);
    }
    let gathered = match gathered_picture(item, limits, pictures) {
        Ok(Some(gathered)) => {
            let mut picture = noted(gathered, remarks);
            // Some platforms fetch the picture instead of taking its bytes.
            picture.url = item.image.as_ref().and_then(|image| image.url.clone());
            return Ok(Some(picture));
        }
        Ok(None) => no_picture(item),
        Err(error) => error,
    };
    if gathered.code == Code::ImageUnreachable {
        remarks.unreachable = Some(gathered.message.clone());
    } else if matches!(limits.picture, PicturePolicy::Require | PicturePolicy::Draw) {
        return Err(gathered);
    }
    remarks
        .warnings
        .push(format!("the card has no picture: {}", why(&gathered)));
    Ok(None)
}

/// Returns the picture of `item`, which is drawn if it has none and the policy says so.
fn gathered_picture(
    item: &Item,
    limits: &Limits,
    pictures: &Pictures,
) -> Result<Option<GatheredPicture>, Diagnostic> {
    match limits.picture {
        PicturePolicy::Draw => pictures.gather_or_draw(item, &limits.media),
        PicturePolicy::Require | PicturePolicy::Warn | PicturePolicy::Skip => {
            pictures.gather(item, &limits.media)
        }
    }
}

/// Describes a picture's error. Adds its position in the post and the hint, if the source gives a
/// position.
fn why(error: &Diagnostic) -> String {
    match (&error.path, &error.hint) {
        (Some(_), Some(hint)) => format!("{error}; {hint}"),
        _ => error.message.clone(),
    }
}

/// Returns the picture, and records a warning if it is not the original file.
fn noted(gathered: GatheredPicture, remarks: &mut CompositionNotes) -> Picture {
    let GatheredPicture { picture, note } = gathered;
    remarks.warnings.extend(note);
    picture
}

fn title_missing(item: &Item) -> Diagnostic {
    let message = format!("`{}` has no title", item.label());
    Diagnostic::new(Code::TitleMissing, message)
}

fn no_picture(item: &Item) -> Diagnostic {
    let message = format!("`{}` has no picture", item.label());
    Diagnostic::new(Code::ThumbnailMissing, message)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn platform_card_needs_no_title() {
        let item = Item {
            url: Some("https://example.org/a/".to_owned()),
            ..Item::default()
        };
        let pictures = Pictures::new(".", Arc::default());
        let card_by = |card| {
            let limits = Limits {
                picture: PicturePolicy::Require,
                ..Limits::text(500)
            };
            below(
                &item,
                (card, &limits),
                &pictures,
                &mut CompositionNotes::default(),
            )
        };
        let card = card_by(CardBy::Platform { reads_text: true }).unwrap().card;
        assert_eq!(card.unwrap().title, "https://example.org/a/");
        assert_eq!(card_by(CardBy::Us).unwrap_err().code, Code::TitleMissing);
        assert_eq!(card_by(CardBy::None).unwrap().card, None);
    }
}
