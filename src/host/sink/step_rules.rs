//! The rules of a step that travel with the payload: the meaning of responses, the rule for repeats, and the change
//! that a later version makes. They are not part of the hash.

use jiff::{SignedDuration, Timestamp};
use plugin_protocol::{
    Meaning, ReceiptRule, RepeatRule, ResponseRule, RevisionSpec, StatusSpec, StepRole, StepSpec,
    TextPart, TextRule, TimeRule,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use syndicate_api::{Repeat, Step};

/// The rules of one step.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub(super) struct StepRules {
    pub(super) answers: Vec<ResponseRule>,
    repeat: RepeatRule,
    /// Only of the creating step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<RevisionSpec>,
}

impl StepRules {
    /// Checks the rules of `spec`.
    ///
    /// # Errors
    /// Returns the rule that `spec` breaks.
    pub(super) fn of(spec: &StepSpec) -> Result<Self, String> {
        for (at, row) in spec.answers.iter().enumerate() {
            check(row).map_err(|error| format!("row {} of `answers`: {error}", at + 1))?;
        }
        let is_sent = |row: &ResponseRule| row.is == Meaning::Sent;
        let is_request = spec.request.message.is_none();
        if spec.role == StepRole::Create && is_request && !spec.answers.iter().any(is_sent) {
            let message =
                "no row of `answers` is `sent`, so that the outcome of every post would be unknown";
            return Err(message.to_owned());
        }
        let usual = match spec.role {
            StepRole::Create => RepeatRule::Never,
            StepRole::Prepare | StepRole::Before | StepRole::FollowUp => RepeatRule::Always,
        };
        Ok(Self {
            answers: spec.answers.clone(),
            repeat: spec.repeat.unwrap_or(usual),
            revision: None,
        })
    }

    /// Returns the rules of `step`; empty ones if it was not composed by a plugin.
    pub(super) fn read(step: &Step) -> Self {
        let rules = step.rules.clone().unwrap_or_default();
        serde_json::from_value(rules).unwrap_or_default()
    }

    /// Returns the rules as a step carries them.
    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Returns the rule for repeating a request that is fixed at the time `sealed`.
    pub(super) fn repeat(&self, sealed: Timestamp) -> Repeat {
        let after = |seconds: u32| {
            let time = SignedDuration::from_secs(seconds.into());
            sealed.saturating_add(time).unwrap_or(Timestamp::MAX)
        };
        match self.repeat {
            RepeatRule::Never => Repeat::Never,
            RepeatRule::Always => Repeat::ALWAYS,
            RepeatRule::Keyed { from, until } => Repeat::Keyed {
                from: from.map(after),
                until: after(until),
            },
            RepeatRule::Evidence { from, until } => Repeat::Evidence {
                from: after(from),
                until: after(until),
                by_itself: false,
            },
        }
    }
}

/// Returns `true` if a response with this meaning shows that the platform created nothing now.
pub(super) fn refuses(meaning: Meaning) -> bool {
    !matches!(meaning, Meaning::Sent | Meaning::Unknown)
}

/// Checks that the row proves what it says.
fn check(row: &ResponseRule) -> Result<(), String> {
    let names_body = row.at.is_some() || row.header.is_some() || row.text.is_some();
    if refuses(row.is) && !names_body && row.say.is_none() && row.until.is_none() {
        let message = "a refusal names something of the body or the headers in `at`, `header`, `text`, `say` or \
                       `until`, because a gateway may answer with any status";
        return Err(message.to_owned());
    }
    let is_success = |status: &u16| (200..300).contains(status);
    let has_success = match &row.status {
        Some(StatusSpec::One(status)) => is_success(status),
        Some(StatusSpec::Many(all)) => !all.is_empty() && all.iter().all(is_success),
        None => false,
    };
    if row.is == Meaning::Sent && !names_body && !has_success {
        return Err("`sent` names a status from 200 to 299, or something of the body".to_owned());
    }
    if (row.equals.is_some() || row.contains.is_some()) && row.at.is_none() && row.header.is_none()
    {
        return Err("`equals` and `contains` need `at` or `header`".to_owned());
    }
    let receipt = row.receipt.as_ref();
    let pointers = [&row.at, &row.say].into_iter().flatten();
    let pointers = pointers.map(String::as_str);
    let until = row.until.as_ref().and_then(time_pointer);
    check_pointers(
        pointers
            .chain(until)
            .chain(receipt.into_iter().flat_map(receipt_pointers)),
    )
}

/// Returns the JSON Pointers of `receipt`.
fn receipt_pointers(receipt: &ReceiptRule) -> Vec<&str> {
    let texts = [&receipt.id, &receipt.url].into_iter().flatten();
    let time = receipt.at.as_ref().and_then(time_pointer);
    let extra = receipt.extra.values().map(String::as_str);
    texts
        .flat_map(text_pointers)
        .chain(time)
        .chain(extra)
        .collect()
}

fn text_pointers(text: &TextRule) -> Vec<&str> {
    match text {
        TextRule::Pointer(pointer) => vec![pointer],
        TextRule::Header { .. } => Vec::new(),
        TextRule::Parts(parts) => {
            let pointers = parts.iter().filter_map(|part| match part {
                TextPart::Answer { pointer } => Some(pointer.as_str()),
                TextPart::Literal(_) | TextPart::Slot { .. } => None,
            });
            pointers.collect()
        }
    }
}

fn time_pointer(time: &TimeRule) -> Option<&str> {
    match time {
        TimeRule::Pointer(pointer) => Some(pointer),
        TimeRule::Spelled { at, .. } => at.as_deref(),
    }
}

fn check_pointers<'a>(mut pointers: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let is_pointer = |pointer: &&str| pointer.is_empty() || pointer.starts_with('/');
    match pointers.find(|pointer| !is_pointer(pointer)) {
        Some(pointer) => Err(format!(
            "`{pointer}` is not a JSON Pointer, such as `/error/code`"
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_row(row: Value) -> Result<(), String> {
        check(&serde_json::from_value(row).unwrap())
    }

    #[test]
    fn creating_request_needs_sent_row() {
        let rules = |step: Value| StepRules::of(&serde_json::from_value(step).unwrap());
        let refused = json!({"status": 422, "is": "rejected", "say": "/error"});
        let sent = json!({"status": 201, "is": "sent"});
        for (role, answers, is_valid) in [
            ("create", json!([]), false),
            ("create", json!([refused]), false),
            ("create", json!([refused, sent]), true),
            ("follow_up", json!([]), true),
        ] {
            let step = json!({"name": "s", "role": role, "request": {"method": "POST"}, "answers": answers});
            assert_eq!(rules(step.clone()).is_ok(), is_valid, "{step}");
        }
        let message = json!({"name": "s", "role": "create",
            "request": {"message": {"protocol": "smtp", "content": "A"}}});
        assert!(rules(message).is_ok());
    }

    #[test]
    fn refusal_needs_evidence() {
        for row in [
            json!({"status": 429, "is": "throttled"}),
            json!({"status": [400, 422], "is": "rejected"}),
            json!({"is": "unavailable"}),
            json!({"is": "sent"}),
            json!({"is": "sent", "status": 500}),
            json!({"is": "sent", "status": [201, 302]}),
            json!({"is": "rejected", "at": "error"}),
            json!({"is": "rejected", "status": 400, "say": "error/message"}),
            json!({"is": "rejected", "say": "/a", "equals": 1}),
        ] {
            assert!(check_row(row.clone()).is_err(), "{row}");
        }
        for receipt in [
            json!({"id": "id"}),
            json!({"url": "data/url"}),
            json!({"url": ["https://a.example/", {"$answer": "id"}]}),
            json!({"at": "created"}),
            json!({"at": {"at": "created", "as": "unix_seconds"}}),
            json!({"extra": {"version": "version"}}),
        ] {
            let row = json!({"status": 201, "is": "sent", "receipt": receipt});
            let error = check_row(row.clone()).unwrap_err();
            assert!(error.contains("is not a JSON Pointer"), "{row}: {error}");
        }
        let until = json!({"is": "throttled", "until": {"at": "retry", "as": "seconds"}});
        assert!(check_row(until).is_err());
        for row in [
            json!({"status": 201, "is": "sent", "receipt": {"id": "/id", "at": "/at", "extra": {"v": "/v"},
                "url": ["https://a.example/", {"$answer": "/id"}]}}),
            json!({"status": 201, "is": "sent", "receipt": {"id": {"header": "Location"}, "url": ""}}),
            json!({"status": 429, "is": "throttled", "until": {"header": "Retry-After", "as": "seconds"}}),
            json!({"status": 422, "is": "rejected", "say": "/errors/0/context"}),
            json!({"at": "/ok", "equals": true, "is": "sent"}),
            json!({"status": [200, 201], "is": "sent"}),
            json!({"status": 500, "is": "unknown"}),
            json!({"text": "invalid_token", "is": "unauthorized"}),
        ] {
            assert_eq!(check_row(row.clone()), Ok(()), "{row}");
        }
    }
}
