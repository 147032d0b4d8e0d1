//! Turns an item into a payload: collects its card or attachment, renders the commentary, and has the
//! sink encode both. The result depends only on the item, its media bytes and the template, so the
//! previewed payload is the one that is sent.

use std::borrow::Cow;

use bytes::Bytes;
use syndicate_api::{
    Appearance, Article, CardBy, Code, Diagnostic, Item, Measure, Payload, Post, PostKind,
    Revision, Shape,
};

use super::article;
use super::attachment::{CompositionNotes, below};
use super::clean_post::clean_post;
use super::gather::Pictures;
use super::own_commentary::own_commentary;
use super::render::{Rendered, Template, render, render_author_text};
use super::{ServedSink, SinkStage, digest};
use crate::ledger::Digests;

/// A composed post with its payload.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The post as readers see it.
    pub post: Post,
    /// A note for previews if the platform makes the card itself.
    pub card_note: Option<String>,
    /// The payload to send.
    pub payload: Payload,
    /// The payload's hash.
    pub hash: String,
    /// The length of the commentary by each rule of the platform.
    pub measures: Vec<Measure>,
    /// The appearance of posts on the sink's platform.
    pub appearance: Appearance,
    /// Warnings for the author.
    pub warnings: Vec<String>,
    /// The reason why the card has no picture yet, if the picture's host cannot be reached.
    pub unreachable: Option<String>,
    /// The parts that could be updated after the post is sent.
    pub revision: Option<Revision>,
    /// Digests that later reveal changes of the post.
    pub digests: Option<Digests>,
}

/// Composes the payload of `item` for `sink`.
pub(super) fn compose(
    item: &Item,
    sink: ServedSink<'_>,
    pictures: &Pictures,
) -> Result<Composed, Diagnostic> {
    let stage = sink.stage;
    let capabilities = stage.sink.capabilities();
    let (limits, card_by) = (sink.limits(), capabilities.card);
    let mut remarks = CompositionNotes::default();
    let item = &*for_shape(item, capabilities.shape);
    let mut post = Post {
        lang: item.lang.clone(),
        ..below(item, (card_by, &limits), pictures, &mut remarks)?
    };
    let CompositionNotes {
        mut warnings,
        unreachable,
    } = remarks;
    clean_post(&mut post);
    if capabilities.needs_article() {
        let page = article_page(item, pictures);
        let made = article::make(item, page.as_deref());
        let cover = post.card.as_ref().and_then(|card| card.picture.clone());
        post.article = Some(Article {
            cover,
            ..made.article
        });
        warnings.extend(made.warnings);
    }
    let Rendered { text, shortened } = words(item, sink, post.kind())?;
    post.text = text;
    if card_by == (CardBy::Platform { reads_text: true }) && !names_link(item, &post) {
        post.card = None;
    }
    let measures = sink.measures(&post.text);
    if let Some(measure) = measures.first().filter(|_| shortened) {
        let Measure { unit, limit, .. } = measure;
        warnings.push(format!(
            "the commentary was shortened to fit {limit} {unit}"
        ));
    }
    // The article itself leads readers to the site, by its canonical URL.
    if capabilities.shape == Shape::Post {
        warnings.extend(lost_link(item, &post));
    }
    warnings.extend(foreign_canonical(item));
    let payload = sink.compose(&post)?;
    let hash = payload.hash();
    let revision = stage.sink.revise(&payload);
    let digests = revision
        .as_ref()
        .map(|revision| digest::of(item, stage, revision));
    Ok(Composed {
        card_note: card_note(item, card_by, &post),
        post,
        payload,
        hash,
        measures,
        appearance: stage.sink.appearance(),
        warnings,
        unreachable,
        revision,
        digests,
    })
}

/// Returns the built page of an item that has no text of its own. A page that cannot be read leaves the article
/// without text.
fn article_page(item: &Item, pictures: &Pictures) -> Option<Bytes> {
    let page = item.page.as_ref()?;
    let has_own_text = !item.body.trim().is_empty();
    if has_own_text {
        None
    } else {
        pictures.read_page(page)
    }
}

/// Returns `item` without its attachment if the sink publishes whole articles: an attachment accompanies a
/// commentary.
fn for_shape(item: &Item, shape: Shape) -> Cow<'_, Item> {
    if shape == Shape::Post || item.overrides.attachment.is_none() {
        return Cow::Borrowed(item);
    }
    let mut item = item.clone();
    item.overrides.attachment = None;
    Cow::Owned(item)
}

/// Returns a warning if the post does not link to its page: it has no card, and its commentary does not
/// contain the URL.
fn lost_link(item: &Item, post: &Post) -> Option<String> {
    let link = item.link.as_deref().or(item.url.as_deref())?;
    let leads = post.card.is_some() || names_link(item, post);
    (!leads).then(|| {
        format!(
            "nothing leads to the post: it has no card, and its commentary does not name `{link}`"
        )
    })
}

/// Returns `true` if the commentary contains the URL of `item`.
fn names_link(item: &Item, post: &Post) -> bool {
    let link = item.link.as_deref().or(item.url.as_deref());
    link.is_some_and(|link| post.text.plain().contains(link))
}

/// Returns a note if the platform makes the card, with the picture of the page.
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

/// Returns a warning if the canonical URL of the post is on another host. Search engines and some
/// platforms send readers to that host.
fn foreign_canonical(item: &Item) -> Option<String> {
    let canonical = item.canonical.as_deref()?;
    let link = item.link.as_deref().or(item.url.as_deref())?;
    Some(format!(
        "its canonical address `{canonical}` is on another host; the post leads to `{link}`"
    ))
}

/// Returns the commentary: the author's own, or else the rendered template. The author's own commentary
/// is never shortened.
fn words(item: &Item, sink: ServedSink<'_>, kind: PostKind) -> Result<Rendered, Diagnostic> {
    match own_commentary(item, sink.stage) {
        Some(own) => render_author_text(item.label(), own, &sink),
        None => render(compiled(sink.stage)?, item, kind, &sink),
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
