//! The rules of a step that travel with the payload: the meaning of responses, the rule for repeats, and the change
//! that a later version makes. They are not part of the hash.

use jiff::{SignedDuration, Timestamp};
use plugin_protocol::{
    Meaning, RepeatRule, ResponseRule, RevisionSpec, StatusSpec, StepRole, StepSpec,
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
    let pointers = [&row.at, &row.say].into_iter().flatten();
    check_pointers(pointers.map(String::as_str))
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
        for row in [
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
