//! Turns an item into a payload: collects its card or attachment, renders the commentary, and has the
//! sink encode both. The result depends only on the item, its media bytes and the template, so the
//! previewed payload is the one that is sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;

use syndicate_api::{
    Appearance, Article, CardBy, Code, Diagnostic, Item, Measure, Medium, Payload, Post, PostKind,
    Revision, RichText, Shape, TextSpan,
};

use super::article;
use super::attachment::{CompositionNotes, below};
use super::clean_post::clean_post;
use super::gather::Pictures;
use super::own_commentary::own_commentary;
use super::page_reading::{PageCrawler, PageReading, read_page};
use super::render::{Rendered, Template, render, render_author_text};
use super::{ServedSink, SinkStage, digest, first_link, text_gap};
use crate::ledger::Digests;

/// A composed post with its payload.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The post as readers see it.
    pub post: Post,
    /// The page as the platform's crawler will read it, if it reads the page of each post.
    pub page: Option<PageReading>,
    /// The payload to send.
    pub payload: Payload,
    /// The payload's hash.
    pub hash: String,
    /// The length of the commentary by each rule of the platform.
    pub measures: Vec<Measure>,
    /// The appearance of posts on the sink's platform.
    pub appearance: Appearance,
    /// The texts by which the post shows its links, if they differ from the URLs.
    pub visible_links: BTreeMap<String, String>,
    /// Warnings for the author.
    pub warnings: Vec<String>,
    /// The reason why the card has no picture yet, if the picture's host cannot be reached.
    pub unreachable: Option<String>,
    /// The parts that could be updated after the post is sent.
    pub revision: Option<Revision>,
    /// Digests that later reveal changes of the post.
    pub digests: Option<Digests>,
}

impl Composed {
    /// Returns the page from which the platform makes the card, if the post has no card of its own.
    pub(crate) fn card_page(&self) -> Option<&PageReading> {
        self.page.as_ref().filter(|page| page.makes_card)
    }

    /// Returns the media that a preview shows: those of the payload, and the pictures that platforms fetch themselves
    /// by their URLs. A medium may occur twice.
    pub(crate) fn shown_media(&self) -> impl Iterator<Item = &Medium> {
        let page = self.card_page();
        let of_page = page.and_then(|page| page.picture.as_ref()?.medium.as_ref());
        let cover = self.post.article.as_ref();
        let cover = cover.and_then(|article| Some(&article.cover.as_ref()?.medium));
        let card = self.post.card.as_ref();
        let card = card.and_then(|card| Some(&card.picture.as_ref()?.medium));
        let fetched = [of_page, cover, card].into_iter().flatten();
        self.payload.media.iter().chain(fetched)
    }
}

/// Composes the payload of `item` for `sink`.
pub(super) fn compose(
    item: &Item,
    sink: ServedSink<'_>,
    pictures: &Pictures,
) -> Result<Composed, Diagnostic> {
    // The ledger needs the evidence of the text, and a post is made of one version of its file.
    item.text.digest()?;
    let stage = sink.stage;
    let capabilities = stage.sink.capabilities();
    let (limits, card_by) = (sink.limits(), capabilities.card);
    let mut remarks = CompositionNotes::default();
    let item = &Item {
        // Each of the following steps would read it.
        front: item.front.loaded()?,
        ..for_shape(item, capabilities.shape).into_owned()
    };
    let mut post = Post {
        lang: item.lang.clone(),
        tags: item.tags.clone(),
        ..below(item, (card_by, &limits), pictures, &mut remarks)?
    };
    let CompositionNotes {
        mut warnings,
        unreachable,
    } = remarks;
    clean_post(&mut post);
    if capabilities.needs_article() {
        let body = item.text.body()?;
        let page = article_page(item, &body, pictures);
        let made = article::make(item, &body, page.as_deref())?;
        let cover = post.card.as_ref().and_then(|card| card.picture.clone());
        post.article = Some(Article {
            cover,
            ..made.article
        });
        warnings.extend(made.warnings);
    }
    let Rendered { text, shortened } = words(item, sink, post.kind())?;
    post.text = text;
    if card_by == (CardBy::Platform { reads_text: true }) && post.card.is_some() {
        require_link(item, stage, &post)?;
        warnings.extend(first_link::warning(item, &post));
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
    warnings.extend(text_gap::warnings(item, &post, card_by));
    warnings.extend(foreign_canonical(item));
    let payload = sink.compose(&post)?;
    let hash = payload.hash();
    let visible_links = visible_links(&post.text, stage);
    let shown = post.article.as_ref();
    post.article = shown.map(|article| stage.sink.shown_article(article));
    let revision = stage.sink.revise(&payload);
    let digests = revision
        .as_ref()
        .map(|revision| digest::of(item, stage, revision))
        .transpose()?;
    Ok(Composed {
        page: page_of(item, sink, &post, pictures),
        post,
        payload,
        hash,
        measures,
        appearance: stage.sink.appearance(),
        visible_links,
        warnings,
        unreachable,
        revision,
        digests,
    })
}

/// Returns the texts by which a post shows its links, if they differ from the URLs.
fn visible_links(text: &RichText, stage: &SinkStage) -> BTreeMap<String, String> {
    let links = text.0.iter().filter_map(|span| match span {
        TextSpan::Link(link) => Some((link.clone(), stage.sink.visible_link(link))),
        _ => None,
    });
    links.filter(|(link, visible)| link != visible).collect()
}

/// Returns the built page of an item that has no text of its own. A page that cannot be read leaves the article
/// without text.
fn article_page(item: &Item, body: &str, pictures: &Pictures) -> Option<Bytes> {
    let page = item.page.as_ref()?;
    let has_own_text = !body.trim().is_empty();
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

/// Returns `true` if the commentary contains the URL of `item`, with or without campaign parameters.
fn names_link(item: &Item, post: &Post) -> bool {
    let text = post.text.plain();
    let mut links = [&item.link, &item.url].into_iter().flatten();
    links.any(|link| text.contains(link.as_str()))
}

/// Checks that the commentary has the link from which the platform makes the card.
fn require_link(item: &Item, stage: &SinkStage, post: &Post) -> Result<(), Diagnostic> {
    let link = item.link.as_deref().or(item.url.as_deref());
    let Some(link) = link.filter(|_| !names_link(item, post)) else {
        return Ok(());
    };
    let message =
        format!("the commentary does not contain `{link}`, from which the platform makes the card");
    let hint = match own_commentary(item, stage) {
        Some(_) => format!("add `{link}` to the post's own commentary"),
        None => format!("add `{{{{link}}}}` to the template of `{}`", stage.name),
    };
    Err(Diagnostic::new(Code::LinkMissing, message).with_hint(hint))
}

/// Returns the page as the platform's crawler will read it after this post, if there is one.
fn page_of(
    item: &Item,
    sink: ServedSink<'_>,
    post: &Post,
    pictures: &Pictures,
) -> Option<PageReading> {
    let card_by = sink.stage.sink.capabilities().card;
    let makes_card = matches!(card_by, CardBy::Platform { .. }) && post.card.is_some();
    let links = sink.page_links(item);
    let is_read = makes_card || !links.is_empty() && item.page.is_some();
    let crawler = PageCrawler {
        name: &sink.stage.crawler_name(),
        rules: sink.stage.page_rules().filter(|_| makes_card),
        links: &links,
        makes_card,
    };
    is_read.then(|| read_page(item, crawler, pictures))
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
    use syndicate_api::{Card, RichText};

    use super::*;

    #[test]
    fn link_is_looked_for_in_text() {
        let item = Item {
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
    }
}
