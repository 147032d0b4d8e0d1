//! The errors of Discord: JSON with `code` and `message`. A rate limit may have no code, and an invalid field of a
//! webhook's message is answered with a list of messages for each field.

use serde_json::Value;
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::text::excerpt;
use syndicate_api::{
    Code, Context, ErrorForm, ErrorRow, ErrorTable, PublishError, PublishErrorKind, RetryTime,
};

use PublishErrorKind::{Rejected, Throttled, Unauthorized};

use crate::gone;
use crate::webhook_url::ResolvedUrl;

/// The error code of a webhook that was deleted.
const UNKNOWN_WEBHOOK: u64 = 10015;

/// The longest quotation of Discord's message, in characters.
const MAX_QUOTE: usize = 300;

const fn row(
    code: &'static str,
    kind: PublishErrorKind,
    reason: Code,
    hint: &'static str,
) -> ErrorRow {
    ErrorRow {
        status: None,
        code: Some(code),
        kind,
        reason,
        hint,
    }
}

const ROWS: &[ErrorRow] = &[
    row("10008", Rejected, Code::PostGone, ""),
    row(
        "50027",
        Unauthorized,
        Code::Unauthorized,
        "copy the webhook's URL from the channel's settings again",
    ),
    row(
        "50005",
        Rejected,
        Code::Rejected,
        "only the webhook that sent a message can change it",
    ),
    row("50006", Rejected, Code::Rejected, "write a text"),
    row(
        "50035",
        Rejected,
        Code::Rejected,
        "check that title, link and picture are valid for Discord",
    ),
    row(
        "50013",
        Rejected,
        Code::Forbidden,
        "give the webhook access to the channel",
    ),
    row(
        "200000",
        Rejected,
        Code::Rejected,
        "AutoMod of the server blocked a word; ask its administrator",
    ),
    row(
        "200001",
        Rejected,
        Code::Rejected,
        "AutoMod of the server blocked the title; ask its administrator",
    ),
    row(
        "240000",
        Rejected,
        Code::Rejected,
        "Discord blocked the link as harmful",
    ),
    row(
        "220001",
        Rejected,
        Code::Rejected,
        "the webhook belongs to a forum channel: set `thread_name: \"{{title}}\"`",
    ),
    row(
        "220002",
        Rejected,
        Code::Rejected,
        "remove `thread_id` from the webhook's URL, or `thread_name`",
    ),
    row(
        "220003",
        Rejected,
        Code::Rejected,
        "the webhook belongs to no forum channel: remove `thread_name`",
    ),
    row("40062", Throttled { until: None }, Code::Throttled, ""),
    ErrorRow {
        status: Some(404),
        code: Some("0"),
        kind: Rejected,
        reason: Code::Rejected,
        hint: "copy the webhook's URL from the channel's settings again",
    },
];

const RETRY: &[RetryTime] = &[RetryTime::BodySeconds("/retry_after")];

/// The table of Discord.
pub(super) const ERRORS: ErrorTable = ErrorTable {
    retry: RETRY,
    rows: ROWS,
    ..ErrorTable::new("Discord", "/code", "/message")
};

/// The table for rate limits without a code.
const THROTTLED: ErrorTable = ErrorTable {
    retry: RETRY,
    ..ErrorTable::of("Discord", ErrorForm::Message("/message"))
};

/// A function of [`ErrorTable`] that checks a response.
type Check = fn(
    &ErrorTable,
    &Context,
    Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError>;

/// Checks the response to the creating request.
///
/// # Errors
/// Returns `Unknown` unless it is certain that Discord created nothing.
pub(super) fn check_create(
    cx: &Context,
    url: &ResolvedUrl,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    check(cx, url, outcome, ErrorTable::check_create)
}

/// Checks the response to a request that may be repeated.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(super) fn check_repeatable(
    cx: &Context,
    url: &ResolvedUrl,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    check(cx, url, outcome, ErrorTable::check_repeatable)
}

fn check(
    cx: &Context,
    url: &ResolvedUrl,
    outcome: Result<HttpResponse, HttpError>,
    check: Check,
) -> Result<HttpResponse, PublishError> {
    let Ok(response) = &outcome else {
        return check(&ERRORS, cx, outcome);
    };
    let body = response.json();
    if response.status == 404 && body["code"].as_u64() == Some(UNKNOWN_WEBHOOK) {
        gone::remember(cx, url);
        return Err(gone::deleted(
            "Discord answered that the webhook was deleted",
        ));
    }
    if response.status == 400 && is_field_errors(&body) {
        let error = PublishError::new(
            Rejected,
            Code::Rejected,
            "Discord refused a field of the message",
        );
        return Err(error.caused_by(excerpt(&body.to_string(), MAX_QUOTE)));
    }
    let table = if body["retry_after"].is_number() {
        &THROTTLED
    } else {
        &ERRORS
    };
    check(table, cx, outcome)
}

/// Returns `true` if `body` has a list of messages for each field, such as
/// `{"content": ["Must be 2000 or fewer in length."]}`.
fn is_field_errors(body: &Value) -> bool {
    let is_list = |value: &Value| {
        let list = value.as_array();
        list.is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string))
    };
    body.as_object()
        .is_some_and(|fields| !fields.is_empty() && fields.values().all(is_list))
}
