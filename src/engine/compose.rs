//! From item to payload for one sink: gather the picture, render the words, let the sink encode
//! both. Given the item, the picture's bytes and the template it is a pure function, which is why
//! what was previewed is what is sent.

use syndicate_api::{Card, Code, Item, Payload, Picture, PicturePolicy, Post, Revision};

use super::gather::{Gathered, Pictures};
use super::render::{Rendered, Template, render, render_author_text};
use super::{Problem, SinkStage, digest};
use crate::ledger::Digests;

/// A post, encoded.
#[derive(Clone, Debug)]
pub struct Composed {
    /// What a reader is to see.
    pub post: Post,
    /// What is sent.
    pub payload: Payload,
    /// The payload's hash.
    pub hash: String,
    /// The length of the commentary, as the sink counts.
    pub length: usize,
    /// The longest that the sink takes.
    pub limit: usize,
    /// What the author may want to know.
    pub warnings: Vec<String>,
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
) -> Result<Composed, Problem> {
    let limits = stage.sink.limits();
    let mut warnings = Vec::new();
    let card = if limits.card {
        let title = item.title.clone().ok_or_else(|| title_missing(item))?;
        let picture = picture(item, &limits, pictures, &mut warnings)?;
        let url = item
            .link
            .clone()
            .or_else(|| item.url.clone())
            .unwrap_or_default();
        Some(Card {
            url,
            title,
            description: item.description.clone(),
            picture,
        })
    } else {
        None
    };
    let Rendered { text, shortened } = words(item, stage)?;
    if shortened {
        warnings.push(format!(
            "the commentary was shortened to fit {} characters",
            limits.text
        ));
    }
    let length = stage.sink.measure(&text);
    let post = Post {
        text,
        card,
        lang: item.lang.clone(),
    };
    let payload = stage.sink.compose(&post)?;
    let hash = payload.hash();
    let revision = stage.sink.revise(&payload);
    let digests = revision
        .as_ref()
        .map(|revision| digest::of(item, stage, revision));
    Ok(Composed {
        post,
        payload,
        hash,
        length,
        limit: limits.text,
        warnings,
        revision,
        digests,
    })
}

fn title_missing(item: &Item) -> Problem {
    Problem::new(
        Code::TitleMissing,
        format!("`{}` has no title", item.label()),
    )
}

fn picture(
    item: &Item,
    limits: &syndicate_api::Limits,
    pictures: &Pictures,
    warnings: &mut Vec<String>,
) -> Result<Option<Picture>, Problem> {
    if limits.picture == PicturePolicy::Skip {
        return Ok(None);
    }
    let gathered = match pictures.gather(item, &limits.media) {
        Ok(Some(Gathered { picture, note })) => {
            warnings.extend(note);
            return Ok(Some(picture));
        }
        Ok(None) => Problem::new(
            Code::ThumbnailMissing,
            format!("`{}` has no picture", item.label()),
        ),
        Err(error) => Problem::new(error.code, error.message).hinted(error.hint),
    };
    if limits.picture == PicturePolicy::Require {
        return Err(gathered);
    }
    warnings.push(format!("the card has no picture: {}", gathered.message));
    Ok(None)
}

/// What the post itself wants said: its own words for this sink, its own words for all, a
/// transform's.
pub(super) fn own_words<'i>(item: &'i Item, stage: &SinkStage) -> Option<&'i String> {
    let overrides = &item.overrides;
    overrides
        .sink_commentary
        .get(&stage.name)
        .or_else(|| overrides.sink_commentary.get(stage.kind))
        .or(overrides.commentary.as_ref())
        .or(item.commentary.as_ref())
}

/// The commentary: the post's own words, and only then the template. Own words are never shortened.
fn words(item: &Item, stage: &SinkStage) -> Result<Rendered, Problem> {
    let rendered = match own_words(item, stage) {
        Some(own) => render_author_text(item.label(), own, stage.sink.as_ref()),
        None => render(compiled(stage)?, item, stage.sink.as_ref()),
    };
    rendered.map_err(|error| {
        let hint = error.fault.hint.clone();
        Problem::new(error.code, error.to_string()).hinted(hint)
    })
}

fn compiled(stage: &SinkStage) -> Result<&Template, Problem> {
    stage.template.as_ref().map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let hint = faults.iter().find_map(|fault| fault.hint.clone());
        Problem::new(Code::TemplateError, lines.join("; ")).hinted(hint)
    })
}
