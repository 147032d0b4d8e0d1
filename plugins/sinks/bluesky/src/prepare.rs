//! Uploads pictures and looks up mentioned accounts, before a post is created. Readers see nothing of it: the server
//! deletes uploads that no record names.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use syndicate_api::http::HttpRequest;
use syndicate_api::{
    Code, Context, Medium, PublishError, PublishErrorKind, Ready, Request, SLOT_KEY, Slots, Step,
};

use crate::client::Client;
use crate::errors::{ERRORS, unexpected};
use crate::identity::resolve_handle;
use crate::rich_text::MENTION;
use crate::xrpc::{UPLOAD_BLOB, path};
use crate::{slots, standard_site};

/// The time for an upload of at most 1 MB.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(120);

/// Signs in, uploads `media` and fills the slots that the server assigns.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn prepare(
    cx: &Context,
    client: &Client,
    steps: &[Step],
    media: &[Medium],
) -> Result<Ready, PublishError> {
    let did = client.session(cx).await?.account;
    let mut slots = Slots::new();
    for name in slot_names(steps) {
        if let Some(handle) = name.strip_prefix(MENTION) {
            let pds = &client.identity(cx).await?.pds;
            let mentioned = resolve_handle(cx, pds, handle).await;
            slots.insert(name, mentioned.map_err(mention_error)?.into());
        }
    }
    for (index, medium) in media.iter().enumerate() {
        slots.insert(slots::media(index), upload(cx, client, medium).await?);
    }
    if let Some(site) = &client.options.standard_site {
        slots.extend(standard_site::slots(cx, client, site, &did, steps).await?);
    }
    slots.insert(slots::AUTHOR.to_owned(), did.as_str().into());
    Ok(Ready {
        slots,
        repeat: Vec::new(),
        account: Some(did),
    })
}

/// Returns the error of a mention whose handle cannot be looked up.
fn mention_error(mut error: PublishError) -> PublishError {
    if error.kind == PublishErrorKind::Rejected {
        error.code = Code::MentionInvalid;
        error.hint = error.code.hint();
    }
    error
}

/// Uploads a picture and returns the object that records refer to it by.
async fn upload(cx: &Context, client: &Client, medium: &Medium) -> Result<Value, PublishError> {
    let bytes = medium.bytes.read()?;
    let build = |pds: &str| -> HttpRequest {
        let request = Request::post(&path(UPLOAD_BLOB)).to_http(pds);
        request
            .header("content-type", medium.media_type.clone())
            .body(bytes.clone())
            .timeout(UPLOAD_TIMEOUT)
            .repeatable()
    };
    let outcome = client.send(cx, build).await?;
    let answer = ERRORS.check_repeatable(cx, outcome)?.json();
    let blob = &answer["blob"];
    if blob["$type"] == "blob" && blob["ref"]["$link"].is_string() {
        Ok(blob.clone())
    } else {
        Err(unexpected("uploaded picture"))
    }
}

/// Returns the names of the slots in the bodies of `steps`.
fn slot_names(steps: &[Step]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for step in steps {
        collect(step.request.body.as_json(), &mut names);
    }
    names
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            names.extend(map.get(SLOT_KEY).and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}
