//! The errors of Slack. The Web API answers failures with status 200 and `ok: false`; an incoming webhook answers in
//! plain text. Codes that this table does not list decide nothing, and `fatal_error` and `internal_error` say that
//! the message may exist.

use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::{
    Code, Context, ErrorForm, ErrorRow, ErrorTable, PublishError, PublishErrorKind,
};

use PublishErrorKind::{Rejected, Throttled, Unauthorized, Unknown};

const NEW_TOKEN: &str =
    "install the app again, and put its bot token (`xoxb-…`) into the variable that `token` names";
const NEW_HOOK: &str = "create a new webhook, and put its URL into the variable that `url` names; this one never works again";
const INVITE: &str = "run `/invite @your-bot` in the channel, or correct `channel`";
const SCOPE: &str = "add the scope `chat:write` to the app, and install it again";
const ADMIN: &str = "ask an administrator of the workspace, or choose another channel";

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

const fn content(code: &'static str, hint: &'static str) -> ErrorRow {
    row(code, Rejected, Code::Rejected, hint)
}

const fn forbidden(code: &'static str, hint: &'static str) -> ErrorRow {
    row(code, Rejected, Code::Forbidden, hint)
}

const fn token(code: &'static str) -> ErrorRow {
    row(code, Unauthorized, Code::Unauthorized, NEW_TOKEN)
}

const fn throttled(code: &'static str) -> ErrorRow {
    row(code, Throttled { until: None }, Code::Throttled, "")
}

const fn gone(code: &'static str) -> ErrorRow {
    content(code, NEW_HOOK)
}

const SHORTEN: &str = "shorten the text";

/// The rows of the Web API.
const BOT_ROWS: &[ErrorRow] = &[
    token("invalid_auth"),
    token("not_authed"),
    token("account_inactive"),
    token("token_revoked"),
    token("token_expired"),
    row("missing_scope", Rejected, Code::Forbidden, SCOPE),
    forbidden(
        "not_allowed_token_type",
        "set `token` to the app's bot token, which starts with `xoxb-`",
    ),
    forbidden("no_permission", SCOPE),
    forbidden("access_denied", ADMIN),
    forbidden("ekm_access_denied", ADMIN),
    forbidden("org_login_required", ADMIN),
    forbidden("team_access_not_granted", ADMIN),
    forbidden("restricted_action", ADMIN),
    forbidden("restricted_action_read_only_channel", ADMIN),
    forbidden("restricted_action_thread_only_channel", ADMIN),
    forbidden("restricted_action_non_threadable_channel", ADMIN),
    content("channel_not_found", INVITE),
    content("not_in_channel", INVITE),
    content("is_archived", "unarchive the channel, or change `channel`"),
    content("msg_too_long", SHORTEN),
    content("msg_blocks_too_long", SHORTEN),
    content("no_text", "write a text"),
    content(
        "invalid_blocks",
        "check that Slack can open the picture's URL, or set `thumbnail: skip`",
    ),
    content("invalid_blocks_format", ""),
    content("too_many_attachments", ""),
    content("invalid_arguments", ""),
    content("invalid_json", ""),
    content("json_not_object", ""),
    content("cant_update_message", "retract the post, and send it again"),
    content("edit_window_closed", "retract the post, and send it again"),
    content("cant_delete_message", "delete the message in Slack"),
    row("message_not_found", Rejected, Code::PostGone, ""),
    throttled("ratelimited"),
    throttled("rate_limited"),
    throttled("message_limit_exceeded"),
    // Slack's documentation: some aspect of the operation may have succeeded.
    row("fatal_error", Unknown, Code::OutcomeUnknown, ""),
    row("internal_error", Unknown, Code::OutcomeUnknown, ""),
    row("service_unavailable", Unknown, Code::OutcomeUnknown, ""),
    row("request_timeout", Unknown, Code::OutcomeUnknown, ""),
];

/// The rows of incoming webhooks.
const HOOK_ROWS: &[ErrorRow] = &[
    gone("no_service"),
    gone("no_service_id"),
    gone("no_active_hooks"),
    gone("no_team"),
    gone("team_disabled"),
    row("invalid_token", Unauthorized, Code::Unauthorized, NEW_HOOK),
    forbidden("action_prohibited", ADMIN),
    forbidden("posting_to_general_channel_denied", ADMIN),
    content(
        "channel_is_archived",
        "unarchive the channel, or create a webhook for another one",
    ),
    content("channel_not_found", NEW_HOOK),
    content("user_not_found", NEW_HOOK),
    content("invalid_payload", ""),
    content(
        "invalid_blocks",
        "check that Slack can open the picture's URL, or set `thumbnail: skip`",
    ),
    content("invalid_attachments", ""),
    content("no_text", "write a text"),
    content("too_many_attachments", ""),
    throttled("ratelimited"),
    throttled("rate_limited"),
];

/// The table of the Web API.
pub(super) const BOT: ErrorTable = ErrorTable {
    success: Some("/ok"),
    rows: BOT_ROWS,
    ..ErrorTable::of("Slack", ErrorForm::Message("/error"))
};

const HOOK: ErrorTable = ErrorTable {
    rows: HOOK_ROWS,
    ..ErrorTable::of("Slack", ErrorForm::Text)
};

/// The table of webhooks for answers in the form of the Web API, such as rate limits.
const HOOK_JSON: ErrorTable = ErrorTable {
    rows: HOOK_ROWS,
    ..BOT
};

/// Checks the response of an incoming webhook to the creating request. Success is the plain text `ok`.
///
/// # Errors
/// Returns `Unknown` unless it is certain that Slack created nothing.
pub(super) fn check_webhook(
    cx: &Context,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    let is_json = outcome
        .as_ref()
        .is_ok_and(|response| response.json().is_object());
    let table = if is_json { HOOK_JSON } else { HOOK };
    let response = table.check_create(cx, outcome)?;
    if !is_json && response.body.trim_ascii() != b"ok" {
        let message = "Slack's answer has a status of success, but is not `ok`";
        return Err(PublishError::new(Unknown, Code::OutcomeUnknown, message));
    }
    Ok(response)
}
