//! Turns responses into receipts and errors by the answer table of a step. A response that no row matches proves
//! nothing, and a redirect never does.

use plugin_protocol::{Meaning, ResponseRule, StatusSpec};
use serde_json::Value;
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::text::excerpt;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};

use super::receipt::ReadResponse;
use super::step_rules::{StepRules, refuses};

/// The longest quotation of a platform's message, in characters.
const MAX_QUOTE: usize = 300;

/// The step that a response belongs to.
pub(super) struct Outcome<'a> {
    /// The name of the platform in messages.
    pub(super) platform: &'a str,
    pub(super) rules: &'a StepRules,
    /// `true` for the request that creates the post.
    pub(super) creates: bool,
}

impl Outcome<'_> {
    /// Returns the receipt of a response that accepts the request.
    ///
    /// # Errors
    /// Returns `Unknown` for a creating request unless a row proves that nothing was created.
    pub(super) fn of(&self, read: &ReadResponse<'_>) -> Result<Receipt, PublishError> {
        let rows = self.rules.answers.iter();
        let Some(row) = rows.into_iter().find(|row| matches(row, read)) else {
            let error = self.error(Meaning::Unknown, read.response);
            return Err(error.caused_by("no row of the plugin's answer table matches"));
        };
        let receipt = row.receipt.as_ref().map(|rule| read.receipt(rule));
        if row.is == Meaning::Sent {
            return receipt
                .unwrap_or_else(|| Some(Receipt::default()))
                .ok_or_else(|| {
                    let message = format!(
                        "{} accepted the post but did not return its identifier",
                        self.platform
                    );
                    let (kind, code) = self.unclear();
                    PublishError::new(kind, code, message)
                });
        }
        let mut error = self.error(row.is, read.response);
        if let PublishErrorKind::Throttled { until } = &mut error.kind {
            let named = row.until.as_ref().and_then(|until| read.time(until));
            let named = named.filter(|until| *until > read.now);
            *until = named.or_else(|| read.response.retry_after(read.now));
        }
        if row.is == Meaning::Duplicate {
            error.existing = receipt.flatten();
        }
        if let Some(message) = said(row, &read.json) {
            error = error.caused_by(excerpt(message, MAX_QUOTE));
        }
        Err(match &row.hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        })
    }

    /// Returns the error of a request without a response.
    pub(super) fn no_response(&self, error: &HttpError) -> PublishError {
        let (kind, code) = match error {
            HttpError::NotSent(_) => (PublishErrorKind::Unavailable, Code::Unavailable),
            HttpError::NoResponse(_) => self.unclear(),
        };
        let message = format!("no response from {}", self.platform);
        PublishError::new(kind, code, message).caused_by(error.to_string())
    }

    /// Returns the kind of error if nothing is proven.
    fn unclear(&self) -> (PublishErrorKind, Code) {
        match self.creates {
            true => (PublishErrorKind::Unknown, Code::OutcomeUnknown),
            false => (PublishErrorKind::Unavailable, Code::Unavailable),
        }
    }

    fn error(&self, meaning: Meaning, response: &HttpResponse) -> PublishError {
        let (kind, code) = error_of(meaning).unwrap_or_else(|| self.unclear());
        let message = format!("{} answered with status {}", self.platform, response.status);
        PublishError::new(kind, code, message)
    }
}

/// Returns the error with this meaning. Returns `None` if nothing is proven.
pub(super) fn error_of(meaning: Meaning) -> Option<(PublishErrorKind, Code)> {
    Some(match meaning {
        Meaning::Sent | Meaning::Unknown => return None,
        Meaning::Duplicate => (PublishErrorKind::Rejected, Code::Duplicate),
        Meaning::Rejected => (PublishErrorKind::Rejected, Code::Rejected),
        Meaning::Conflict => (PublishErrorKind::Conflict, Code::Conflict),
        Meaning::Unauthorized => (PublishErrorKind::Unauthorized, Code::Unauthorized),
        Meaning::Throttled => (PublishErrorKind::Throttled { until: None }, Code::Throttled),
        Meaning::Unavailable => (PublishErrorKind::Unavailable, Code::Unavailable),
    })
}

fn matches(row: &ResponseRule, read: &ReadResponse<'_>) -> bool {
    let response = read.response;
    if (300..400).contains(&response.status) {
        return false;
    }
    let has_status = match &row.status {
        None => true,
        Some(StatusSpec::One(status)) => *status == response.status,
        Some(StatusSpec::Many(all)) => all.contains(&response.status),
    };
    let at = row.at.as_deref().map(|pointer| {
        let value = read.json.pointer(pointer).filter(|value| !value.is_null());
        value.is_some_and(|value| row.at_matches(value))
    });
    let header = row.header.as_deref().map(|name| {
        let value = response.header(name).map(Value::from);
        value.is_some_and(|value| row.at.is_some() || row.at_matches(&value))
    });
    let text = row.text.as_deref().map(|text| {
        let body = std::str::from_utf8(&response.body);
        body.is_ok_and(|body| body.trim() == text)
    });
    let named = [at, header, text];
    if !has_status || named.contains(&Some(false)) {
        return false;
    }
    // A gateway may answer with any status, so a refusal needs something that only the platform writes.
    !refuses(row.is)
        || named.contains(&Some(true))
        || said(row, &read.json).is_some()
        || row
            .until
            .as_ref()
            .is_some_and(|until| read.time(until).is_some())
}

/// The conditions on one value.
trait MatchValue {
    fn at_matches(&self, value: &Value) -> bool;
}

impl MatchValue for ResponseRule {
    fn at_matches(&self, value: &Value) -> bool {
        let is_equal = |wanted: &Value| wanted == value;
        let has = |part: &String| value.as_str().is_some_and(|text| text.contains(part));
        self.equals.as_ref().is_none_or(is_equal) && self.contains.as_ref().is_none_or(has)
    }
}

/// Returns the platform's message.
fn said<'j>(row: &ResponseRule, json: &'j Value) -> Option<&'j str> {
    json.pointer(row.say.as_deref()?)?.as_str()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;
    use syndicate_api::Slots;
    use syndicate_api::testkit::trials;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn rules() -> StepRules {
        let rules = json!({"answers": [
            {"status": 201, "is": "sent", "receipt": {"id": "/posts/0/id"}},
            {"status": 400, "at": "/errors/0/code", "equals": "INVALID_JWT", "is": "unauthorized"},
            {"status": 409, "at": "/errors/0/id", "is": "duplicate", "receipt": {"id": "/errors/0/id"}},
            {"status": 429, "is": "throttled", "until": {"header": "x-until", "as": "seconds"}},
            {"status": 422, "is": "rejected", "say": "/errors/0/context", "hint": "shorten it"},
            {"text": "invalid_token", "is": "unauthorized"},
            {"header": "x-down", "contains": "maint", "is": "unavailable"},
            {"status": [401, 403], "at": "/message", "is": "unauthorized"},
        ]});
        serde_json::from_value(rules).unwrap()
    }

    fn outcome(
        status: u16,
        body: &str,
        headers: &[(&'static str, &str)],
        creates: bool,
    ) -> Result<Receipt, PublishError> {
        let (rules, slots) = (rules(), Slots::new());
        let response = HttpResponse::new(status, body.to_owned(), headers);
        let read = ReadResponse {
            json: response.json(),
            response: &response,
            slots: &slots,
            now: NOW,
        };
        let outcome = Outcome {
            platform: "Example",
            rules: &rules,
            creates,
        };
        outcome.of(&read)
    }

    #[test]
    fn first_matching_row_counts() {
        let sent = outcome(201, r#"{"posts":[{"id":"66f"}]}"#, &[], true).unwrap();
        assert_eq!(sent.id.as_deref(), Some("66f"));
        let throttled = |until: &str| PublishErrorKind::Throttled {
            until: until.parse().ok(),
        };
        for (status, body, headers, kind) in [
            (
                400,
                r#"{"errors":[{"code":"INVALID_JWT"}]}"#,
                &[][..],
                PublishErrorKind::Unauthorized,
            ),
            (
                400,
                r#"{"errors":[{"code":"OTHER"}]}"#,
                &[],
                PublishErrorKind::Unknown,
            ),
            (
                422,
                r#"{"errors":[{"context":"no title"}]}"#,
                &[],
                PublishErrorKind::Rejected,
            ),
            (422, r#"{"errors":[]}"#, &[], PublishErrorKind::Unknown),
            (422, "<html>", &[], PublishErrorKind::Unknown),
            (
                429,
                "",
                &[("x-until", "60")],
                throttled("1970-01-01T00:01:00Z"),
            ),
            (429, "", &[], PublishErrorKind::Unknown),
            (500, " invalid_token\n", &[], PublishErrorKind::Unauthorized),
            (
                503,
                "",
                &[("x-down", "in maintenance")],
                PublishErrorKind::Unavailable,
            ),
            (503, "", &[("x-down", "no")], PublishErrorKind::Unknown),
            (403, r#"{"message":null}"#, &[], PublishErrorKind::Unknown),
            (
                200,
                r#"{"posts":[{"id":"66f"}]}"#,
                &[],
                PublishErrorKind::Unknown,
            ),
            (201, r#"{"posts":[]}"#, &[], PublishErrorKind::Unknown),
            (307, "invalid_token", &[], PublishErrorKind::Unknown),
        ] {
            let error = outcome(status, body, headers, true).unwrap_err();
            assert_eq!(error.kind, kind, "{status} {body}");
        }
    }

    #[test]
    fn error_has_message_and_hint() {
        let error = outcome(422, r#"{"errors":[{"context":"no title"}]}"#, &[], true).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Example answered with status 422: no title"
        );
        assert_eq!(error.hint.as_deref(), Some("shorten it"));
        let error = outcome(409, r#"{"errors":[{"id":7}]}"#, &[], true).unwrap_err();
        assert_eq!(
            (error.code, error.existing),
            (Code::Duplicate, Some(Receipt::new("7")))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(500)))]

        /// A gateway knows none of the names in the table, so that its answers prove nothing.
        #[test]
        fn answer_of_gateway_proves_nothing(
            status in 100u16..600,
            body in prop_oneof![
                "[ -~]{0,40}",
                Just(r#"{"message":"Forbidden"}"#.to_owned()),
                Just(r#"{"errors":"down","error":{}}"#.to_owned()),
                Just("<html><title>502</title></html>".to_owned()),
            ],
            after in "[0-9a-z]{0,5}",
        ) {
            prop_assume!(body.trim() != "invalid_token");
            let headers: &[(&'static str, &str)] = &[("retry-after", &after), ("server", "gateway")];
            let is_forbidden = matches!(status, 401 | 403) && body.contains("message");
            prop_assume!(!is_forbidden);
            let created = outcome(status, &body, headers, true);
            prop_assert_eq!(created.map_err(|error| error.kind), Err(PublishErrorKind::Unknown));
            let repeated = outcome(status, &body, headers, false);
            prop_assert_eq!(repeated.map_err(|error| error.kind), Err(PublishErrorKind::Unavailable));
        }
    }

    #[test]
    fn repeatable_step_is_never_unknown() {
        for (status, body) in [(500, ""), (302, ""), (201, "{}"), (422, "<html>")] {
            let error = outcome(status, body, &[], false).unwrap_err();
            assert_eq!(error.kind, PublishErrorKind::Unavailable, "{status}");
        }
    }
}
