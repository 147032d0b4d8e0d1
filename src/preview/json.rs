//! Renders the stable JSON of `items --json`, `preview --json` and `build --json`. Top-level objects
//! carry a version; fields are added but never renamed. Items and plans contain no secrets, so neither does the
//! output.

use serde_json::{Value, json};
use syndicate_api::{
    Article, Attachment, Card, Diagnostic, FileExplanation, ItemJson, Measure, Medium, PagePart,
    Payload, Picture, Poll, Post,
};

use super::view::shown_text;
use super::{advice, next_step, reading_json};
use crate::engine::{Composed, PageReading, Plan, PlanEntry, Summary};

/// The version of the JSON format.
pub(crate) const VERSION: u32 = 1;

/// Renders the explanation of one file for `items --explain --json`.
#[must_use]
pub(crate) fn explanation_json(explanation: &FileExplanation) -> Value {
    let fields = explanation.fields.iter().map(|(field, candidates)| {
        let candidates = candidates.iter().map(|candidate| {
            json!({
                "origin": candidate.origin,
                "value": candidate.value,
                "won": candidate.is_chosen,
                "why": candidate.reason,
            })
        });
        json!({"field": field, "candidates": candidates.collect::<Vec<_>>()})
    });
    let item = explanation.item.as_ref();
    json!({
        "v": VERSION,
        "path": explanation.path,
        "post": explanation.item.is_some(),
        "reasons": explanation.reasons,
        "fields": fields.collect::<Vec<_>>(),
        "remarks": explanation.remarks,
        "item": item.map(|item| ItemJson::new(item, VERSION)),
    })
}

/// Renders a complete plan with its outcomes.
#[must_use]
pub(crate) fn plan_json(plan: &Plan) -> Value {
    json!({
        "v": VERSION,
        "plan": plan.entries.iter().map(entry_json).collect::<Vec<_>>(),
        "faults": plan.faults.iter().map(fault_json).collect::<Vec<_>>(),
        "notes": plan.notes,
        "unrecorded": plan.unrecorded.iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        "summary": Summary::of(plan),
    })
}

/// Renders the diagnostic of a file that could not be read.
#[must_use]
pub(crate) fn fault_json(fault: &Diagnostic) -> Value {
    let mut json = json!(fault);
    json["v"] = VERSION.into();
    json["error"] = fault.message.as_str().into();
    json
}

/// Renders one delivery of a plan.
#[must_use]
pub(crate) fn entry_json(entry: &PlanEntry) -> Value {
    let composed = entry.composed.as_deref();
    json!({
        "item": entry.item.id(),
        "path": entry.item.path,
        "title": entry.item.title,
        "sink": entry.sink,
        "sender": Some(&*entry.sender).filter(|sender| !sender.is_unknown()),
        "action": entry.action,
        "code": entry.code,
        "reason": entry.reason,
        "until": entry.until.map(|until| until.to_string()),
        "hash": composed.map(|composed| composed.hash.as_str()),
        "post": composed.map(post_json),
        "payload": composed.map(|composed| payload_json(&composed.payload)),
        "page": composed.and_then(|composed| composed.page.as_ref()).map(reading_json),
        "warnings": composed.map(|composed| {
            advice(composed).iter().map(ToString::to_string).collect::<Vec<_>>()
        }).unwrap_or_default(),
        "outcome": entry.outcome,
        "receipt": entry.receipt,
        "error": entry.problem.as_deref().map(Diagnostic::to_line),
        "diagnostic": entry.problem.as_deref().cloned().map(|problem| in_post(problem, entry)),
        "next": next_step(entry),
    })
}

/// Adds the post's file to a diagnostic that names no file.
fn in_post(problem: Diagnostic, entry: &PlanEntry) -> Diagnostic {
    match &entry.item.path {
        Some(path) if problem.path.is_none() => problem.in_file(path),
        _ => problem,
    }
}

fn post_json(composed: &Composed) -> Value {
    let Post {
        text,
        card,
        attachment,
        lang,
        tags: _,
        article,
    } = &composed.post;
    let card = card.as_ref().filter(|_| !composed.appearance.has_own_body);
    let card = card.map(|card| match composed.card_page() {
        Some(page) => page_card_json(card, page),
        None => json!({
            "url": card.url,
            "title": card.title,
            "description": card.description,
            "image": card.picture.as_ref().map(picture_json),
            "made_by": "sink",
        }),
    });
    let (shown, _) = shown_text(composed);
    json!({
        "text": text.plain(),
        "shown": shown,
        "lang": lang,
        "kind": composed.post.kind().as_str(),
        "card": card,
        "attachment": attachment.as_ref().map(attachment_json),
        "article": article.as_ref().map(article_json),
        "length": composed.measures.first().map(|measure| measure.used),
        "limit": composed.measures.first().map(|measure| measure.limit),
        "measures": composed.measures.iter().map(measure_json).collect::<Vec<_>>(),
    })
}

/// Renders a card that the platform makes, as its crawler will read it.
fn page_card_json(card: &Card, page: &PageReading) -> Value {
    let text = |part| page.part(part).map(|read| read.text.as_str());
    let origin = |part| page.part(part).map(|read| read.origin.as_str());
    let picture = page.picture.as_ref();
    let image = picture.map(|picture| {
        let mut json = match &picture.medium {
            Some(medium) => medium_json(medium, picture.alt.as_deref()),
            None => json!({"alt": picture.alt}),
        };
        json["url"] = picture.url.as_str().into();
        json
    });
    json!({
        "url": card.url,
        "title": text(PagePart::Title),
        "description": text(PagePart::Description),
        "site": text(PagePart::Site),
        "image": image,
        "made_by": "platform",
        "page": page.page,
        "origin": {
            "title": origin(PagePart::Title),
            "description": origin(PagePart::Description),
            "image": picture.map(|picture| &picture.origin),
        },
    })
}

fn article_json(article: &Article) -> Value {
    json!({
        "title": article.title,
        "description": article.description,
        "url": article.url,
        "tags": article.tags,
        "cover": article.cover.as_ref().map(picture_json),
        "cover_url": article.cover_url,
    })
}

fn measure_json(measure: &Measure) -> Value {
    json!({"unit": measure.unit, "used": measure.used, "limit": measure.limit})
}

fn picture_json(picture: &Picture) -> Value {
    medium_json(&picture.medium, picture.alt.as_deref())
}

fn medium_json(medium: &Medium, alt: Option<&str>) -> Value {
    let mut json = file_json(medium, alt);
    json["width"] = json!(medium.pixels.map(|(width, _)| width));
    json["height"] = json!(medium.pixels.map(|(_, height)| height));
    json
}

fn file_json(medium: &Medium, alt: Option<&str>) -> Value {
    json!({
        "file": medium.file,
        "type": medium.media_type,
        "bytes": medium.bytes.length(),
        "alt": alt,
    })
}

fn attachment_json(attachment: &Attachment) -> Value {
    match attachment {
        Attachment::Pictures(pictures) => {
            json!({"images": pictures.iter().map(picture_json).collect::<Vec<_>>()})
        }
        Attachment::Document { medium, title, alt } => {
            json!({"document": file_json(medium, alt.as_deref()), "title": title})
        }
        Attachment::Video { medium, title, alt } => {
            json!({"video": file_json(medium, alt.as_deref()), "title": title})
        }
        Attachment::Poll(poll) => {
            let Poll {
                question,
                options,
                days,
            } = poll;
            json!({"poll": {"question": question, "options": options, "days": days}})
        }
        Attachment::Reshare(post) => json!({"reshare": post}),
        _ => Value::Null,
    }
}

fn payload_json(payload: &Payload) -> Value {
    let media: Vec<Value> = payload
        .media
        .iter()
        .enumerate()
        .map(|(index, medium)| {
            json!({
                "slot": format!("media:{index}"),
                "sha256": medium.sha256(),
                "type": medium.media_type,
                "bytes": medium.bytes.length(),
                "file": medium.file,
            })
        })
        .collect();
    // The rules of a step are not sent.
    let steps = payload.steps.iter();
    let steps =
        steps.map(|step| json!({"name": step.name, "role": step.role, "request": step.request}));
    json!({"dialect": payload.dialect, "steps": steps.collect::<Vec<_>>(), "media": media})
}
