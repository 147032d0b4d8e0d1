//! From item to payload for one sink: gather what hangs below the words, render the words, let the
//! sink encode both. Given the item, its media's bytes and the template it is a pure function, which is why
//! what was previewed is what is sent.

use syndicate_api::{
    Appearance, CardBy, Code, Diagnostic, Item, Payload, Post, PostKind, Revision,
};

use super::attachment::{CompositionNotes, below};
use super::clean_post::clean_post;
use super::gather::Pictures;
use super::own_commentary::own_commentary;
use super::render::{Rendered, Template, render, render_author_text};
use super::{SinkStage, digest};
use crate::ledger::Digests;

/// A post, encoded.
#[derive(Clone, Debug)]
pub struct Composed {
    /// What a reader is to see.
    pub post: Post,
    /// A note for previews if the platform makes the card itself.
    pub card_note: Option<String>,
    /// What is sent.
    pub payload: Payload,
    /// The payload's hash.
    pub hash: String,
    /// The length of the commentary, as the sink counts.
    pub length: usize,
    /// The longest that the sink takes.
    pub limit: usize,
    /// How the sink's platform shows it.
    pub appearance: Appearance,
    /// What the author may want to know.
    pub warnings: Vec<String>,
    /// Why the card has no picture yet, if its host cannot be reached.
    pub unreachable: Option<String>,
    /// What of it could be changed once it is out.
    pub revision: Option<Revision>,
    /// What tells later whether it has changed.
    pub digests: Option<Digests>,
}

/// Encodes `item` for `stage`.
pub(super) fn compose(
    item: &Item,
    stage: &SinkStage,
    pictures: &Pictures,
) -> Result<Composed, Diagnostic> {
    let limits = stage.sink.limits();
    let mut remarks = CompositionNotes::default();
    let mut post = Post {
        lang: item.lang.clone(),
        ..below(item, &limits, pictures, &mut remarks)?
    };
    let CompositionNotes {
        mut warnings,
        unreachable,
    } = remarks;
    clean_post(&mut post);
    let Rendered { text, shortened } = words(item, stage, post.kind())?;
    post.text = text;
    if limits.card == (CardBy::Platform { reads_text: true }) && !names_link(item, &post) {
        post.card = None;
    }
    if shortened {
        warnings.push(format!(
            "the commentary was shortened to fit {} characters",
            limits.text
        ));
    }
    warnings.extend(lost_link(item, &post));
    warnings.extend(foreign_canonical(item));
    let length = stage.sink.measure(&post.text);
    let payload = stage.sink.compose(&post)?;
    let hash = payload.hash();
    let revision = stage.sink.revise(&payload);
    let digests = revision
        .as_ref()
        .map(|revision| digest::of(item, stage, revision));
    Ok(Composed {
        card_note: card_note(item, limits.card, &post),
        post,
        payload,
        hash,
        length,
        limit: limits.text,
        appearance: stage.sink.appearance(),
        warnings,
        unreachable,
        revision,
        digests,
    })
}

/// What to say where nothing leads a reader to the post: it has no card, and its words do not name its
/// address.
fn lost_link(item: &Item, post: &Post) -> Option<String> {
    let link = item.link.as_deref().or(item.url.as_deref())?;
    let leads = post.card.is_some() || names_link(item, post);
    (!leads).then(|| {
        format!(
            "nothing leads to the post: it has no card, and its commentary does not name `{link}`"
        )
    })
}

/// Returns `true` if the commentary contains the address of `item`.
fn names_link(item: &Item, post: &Post) -> bool {
    let link = item.link.as_deref().or(item.url.as_deref());
    link.is_some_and(|link| post.text.plain().contains(link))
}

/// Returns a note on a card that the platform makes itself, with the picture that it finds on the page.
fn card_note(item: &Item, card_by: CardBy, post: &Post) -> Option<String> {
    if !matches!(card_by, CardBy::Platform { .. }) || post.card.is_none() {
        return None;
    }
    let image = item.image.as_ref();
    let picture = image.and_then(|image| image.url.as_deref().or(image.file.as_deref()));
    Some(match picture {
        Some(picture) => format!("the platform makes this card from the page, with `{picture}`"),
        None => "the platform makes this card from the page, which has no picture".to_owned(),
    })
}

/// Returns what to say of a post that names an address on another host as its canonical one, where search
/// engines and some platforms send readers.
fn foreign_canonical(item: &Item) -> Option<String> {
    let canonical = item.canonical.as_deref()?;
    let link = item.link.as_deref().or(item.url.as_deref())?;
    Some(format!(
        "its canonical address `{canonical}` is on another host; the post leads to `{link}`"
    ))
}

/// The commentary: the post's own words, and only then the template. Own words are never shortened.
fn words(item: &Item, stage: &SinkStage, kind: PostKind) -> Result<Rendered, Diagnostic> {
    match own_commentary(item, stage) {
        Some(own) => render_author_text(item.label(), own, stage.sink.as_ref()),
        None => render(compiled(stage)?, item, kind, stage.sink.as_ref()),
    }
}

fn compiled(stage: &SinkStage) -> Result<&Template, Diagnostic> {
    stage.template.as_ref().map_err(|faults| match &faults[..] {
        [fault] => fault.clone(),
        faults => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let hint = faults.iter().find_map(|fault| fault.hint.clone());
            Diagnostic::new(Code::TemplateError, lines.join("; ")).with_optional_hint(hint)
        }
    })
}

#[cfg(test)]
mod tests {
    use syndicate_api::{Card, Image, RichText};

    use super::*;

    #[test]
    fn platform_card_note_names_picture() {
        let mut item = Item {
            link: Some("https://example.org/a/".to_owned()),
            ..Item::default()
        };
        let post = Post {
            text: RichText::text("Read https://example.org/a/ now"),
            card: Some(Card::default()),
            ..Post::default()
        };
        assert!(names_link(&item, &post));
        assert!(!names_link(&item, &Post::default()));
        let by_platform = CardBy::Platform { reads_text: true };
        assert_eq!(card_note(&item, CardBy::Us, &post), None);
        assert_eq!(card_note(&item, by_platform, &Post::default()), None);
        let note = card_note(&item, by_platform, &post).unwrap();
        assert!(note.ends_with("has no picture"), "{note}");
        item.image = Some(Image {
            url: Some("https://example.org/a.png".to_owned()),
            ..Image::default()
        });
        let note = card_note(&item, by_platform, &post).unwrap();
        assert!(note.ends_with("with `https://example.org/a.png`"), "{note}");
    }
}
