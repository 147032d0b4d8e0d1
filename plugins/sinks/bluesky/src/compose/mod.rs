//! Encodes a post without any request.

mod embed;

use serde_json::{Value, json};
use syndicate_api::text::{distinct, language_tag};
use syndicate_api::{Code, Diagnostic, Payload, Post, Request, Step, TextSpan, slot};

use crate::identifier::{POSTS, is_did, is_handle, normalise};
use crate::language::is_language;
use crate::options::{MAX_LANGS, Options};
use crate::rich_text::{self, EncodedText, MAX_BYTES, MAX_GRAPHEMES};
use crate::slots::{AUTHOR, RKEY};
use crate::standard_site;
use crate::xrpc::{PUT_RECORD, path};

/// The type of this sink, which is part of payloads.
pub(crate) const SINK: &str = "bluesky";

/// The most hidden tags of a post (`app.bsky.feed.post`).
const MAX_TAGS: usize = 8;

/// Encodes `post`.
///
/// # Errors
/// Returns a diagnostic if Bluesky cannot accept the post.
pub(crate) fn compose(options: &Options, post: &Post) -> Result<Payload, Diagnostic> {
    check_mentions(post)?;
    let text = rich_text::encode(&post.text, options.shorten_links);
    check_length(&text)?;
    let (mut embed, media) = embed::embed(post)?;
    if text.text.is_empty() && embed.is_none() {
        return Err(Diagnostic::new(Code::TextEmpty, "the post is empty"));
    }
    let mut steps = Vec::new();
    let mut follow_up = None;
    if let Some(site) = &options.standard_site {
        let (before, after) = standard_site::steps(site, post)?;
        steps.extend(before);
        follow_up = Some(after);
        embed.iter_mut().for_each(standard_site::refer);
    }
    let record = record(options, post, &text, embed);
    steps.push(Step::create(put_post(record)));
    steps.extend(follow_up);
    Ok(Payload {
        sink: SINK.into(),
        dialect: "v1".into(),
        steps,
        media,
    })
}

/// Returns the request that creates the post. With `swapRecord: null` the server refuses it if its key has another
/// record, and changes nothing if its key has this one.
fn put_post(record: Value) -> Request {
    Request::post(&path(PUT_RECORD)).json(json!({
        "repo": slot(AUTHOR),
        "collection": POSTS,
        "rkey": slot(RKEY),
        "record": record,
        "swapRecord": null,
    }))
}

fn record(options: &Options, post: &Post, text: &EncodedText, embed: Option<Value>) -> Value {
    let mut record = json!({"$type": POSTS, "text": text.text, "createdAt": slot("now")});
    let lists = [
        ("facets", text.facets_json()),
        ("langs", langs(options, post)),
        ("tags", hidden_tags(options, post, text)),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        record[name] = list.into();
    }
    if let Some(embed) = embed {
        record["embed"] = embed;
    }
    record
}

/// Returns the language of the post, else those of the options.
fn langs(options: &Options, post: &Post) -> Vec<Value> {
    let own = post.lang.as_deref().map(language_tag);
    let own = own.filter(|lang| is_language(lang));
    let langs = own.map_or_else(|| options.langs.clone(), |lang| vec![lang]);
    langs.into_iter().take(MAX_LANGS).map(Value::from).collect()
}

/// Returns the tags of the item that the text does not contain as hashtags.
fn hidden_tags(options: &Options, post: &Post, text: &EncodedText) -> Vec<Value> {
    let tags = post.tags.iter().filter(|_| options.hidden_tags);
    let tags = tags.filter_map(|tag| rich_text::tag(tag));
    let tags = tags.filter(|tag| !text.has_tag(tag));
    let tags = distinct(tags);
    tags.into_iter().take(MAX_TAGS).map(Value::from).collect()
}

fn check_length(text: &EncodedText) -> Result<(), Diagnostic> {
    let too_long = |count: usize, unit: &str, limit: usize| {
        let message = format!("the text has {count} {unit}, and Bluesky accepts at most {limit}");
        Err(Diagnostic::new(Code::TextTooLong, message))
    };
    let graphemes = text.graphemes();
    if graphemes > MAX_GRAPHEMES {
        return too_long(graphemes, "graphemes", MAX_GRAPHEMES);
    }
    if text.text.len() > MAX_BYTES {
        return too_long(text.text.len(), "bytes", MAX_BYTES);
    }
    Ok(())
}

/// Checks all mentions. An invalid one would be sent as a plain name, which the author did not intend.
fn check_mentions(post: &Post) -> Result<(), Diagnostic> {
    post.text.0.iter().try_for_each(|span| match span {
        TextSpan::Mention { name, target } => check_mention(target).map_err(|diagnostic| {
            let message = format!("cannot mention `{name}`: {}", diagnostic.message);
            diagnostic.with_message(message)
        }),
        _ => Ok(()),
    })
}

/// Checks the identifier of an account that templates may mention.
///
/// # Errors
/// Returns a diagnostic unless it is a handle or a DID.
pub(crate) fn check_mention(target: &str) -> Result<(), Diagnostic> {
    let account = normalise(target);
    if is_handle(&account) || is_did(&account) {
        return Ok(());
    }
    let message = format!("invalid handle `{target}`");
    let hint = "use a handle such as `jane.bsky.social`, or a DID";
    Err(Diagnostic::new(Code::MentionInvalid, message).with_hint(hint))
}

#[cfg(test)]
mod tests;
