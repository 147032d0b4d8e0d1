//! Reads receipts and times from responses, and converts receipts from and to the protocol.

use jiff::{SignedDuration, Timestamp};
use plugin_protocol::{PostReceipt, ReceiptRule, TextPart, TextRule, TimeRule, TimeSpelling};
use serde_json::Value;
use syndicate_api::http::HttpResponse;
use syndicate_api::{Receipt, Slots};

/// A response with its body as JSON.
pub(super) struct ReadResponse<'a> {
    pub(super) response: &'a HttpResponse,
    pub(super) json: Value,
    /// The slots of the attempt.
    pub(super) slots: &'a Slots,
    pub(super) now: Timestamp,
}

impl ReadResponse<'_> {
    /// Returns the receipt. Returns `None` if the identifier that `rule` names is missing.
    pub(super) fn receipt(&self, rule: &ReceiptRule) -> Option<Receipt> {
        let id = match &rule.id {
            Some(id) => Some(self.text(id)?),
            None => None,
        };
        let extra = rule.extra.iter();
        let extra = extra.filter_map(|(name, pointer)| {
            let value = self
                .json
                .pointer(pointer)
                .filter(|value| !value.is_null())?;
            Some((name.clone(), value.clone()))
        });
        Some(Receipt {
            id,
            url: rule.url.as_ref().and_then(|url| self.text(url)),
            at: rule.at.as_ref().and_then(|at| self.time(at)),
            extra: extra.collect(),
        })
    }

    fn text(&self, rule: &TextRule) -> Option<String> {
        match rule {
            TextRule::Pointer(pointer) => scalar(self.json.pointer(pointer)?),
            TextRule::Header { header } => self.response.header(header).map(str::to_owned),
            TextRule::Parts(parts) => {
                let parts = parts.iter().map(|part| match part {
                    TextPart::Literal(text) => Some(text.clone()),
                    TextPart::Answer { pointer } => scalar(self.json.pointer(pointer)?),
                    TextPart::Slot { slot } => scalar(self.slots.get(slot)?),
                });
                parts.collect::<Option<String>>()
            }
        }
        .filter(|text| !text.is_empty())
    }

    /// Returns the time that `rule` names.
    pub(super) fn time(&self, rule: &TimeRule) -> Option<Timestamp> {
        let (text, spelling) = match rule {
            TimeRule::Pointer(pointer) => (
                scalar(self.json.pointer(pointer)?)?,
                TimeSpelling::Timestamp,
            ),
            TimeRule::Spelled {
                at,
                header,
                spelling,
            } => {
                let text = match (at, header) {
                    (Some(pointer), _) => scalar(self.json.pointer(pointer)?)?,
                    (None, Some(header)) => self.response.header(header)?.trim().to_owned(),
                    (None, None) => return None,
                };
                (text, *spelling)
            }
        };
        time_of(&text, spelling, self.now)
    }
}

fn time_of(text: &str, spelling: TimeSpelling, now: Timestamp) -> Option<Timestamp> {
    let after = |unit: f64| {
        let time = SignedDuration::try_from_secs_f64(text.parse::<f64>().ok()? * unit).ok()?;
        now.checked_add(time).ok()
    };
    match spelling {
        TimeSpelling::Timestamp => text.parse().ok(),
        TimeSpelling::Seconds => after(1.0),
        TimeSpelling::Milliseconds => after(0.001),
        TimeSpelling::UnixSeconds => {
            let seconds = SignedDuration::try_from_secs_f64(text.parse().ok()?).ok()?;
            Timestamp::from_duration(seconds).ok()
        }
        TimeSpelling::HttpDate => jiff::fmt::rfc2822::parse(text)
            .ok()
            .map(|time| time.timestamp()),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the receipt of a message.
///
/// # Errors
/// Returns the rule that it breaks.
pub(super) fn receipt_of(found: PostReceipt) -> Result<Receipt, String> {
    let PostReceipt { id, url, at, extra } = found;
    let at = match at {
        Some(text) => Some(
            text.parse::<Timestamp>()
                .map_err(|_| format!("invalid time `{text}`"))?,
        ),
        None => None,
    };
    Ok(Receipt {
        id: id.filter(|id| !id.is_empty()),
        url,
        at,
        extra,
    })
}

/// Returns `receipt` as a message.
pub(super) fn message_of(receipt: &Receipt) -> PostReceipt {
    PostReceipt {
        id: receipt.id.clone(),
        url: receipt.url.clone(),
        at: receipt.at.map(|at| at.to_string()),
        extra: receipt.extra.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_have_five_spellings() {
        let now: Timestamp = "2026-11-28T09:00:00Z".parse().unwrap();
        for (text, spelling, expected) in [
            (
                "2026-11-28T10:05:00+01:00",
                TimeSpelling::Timestamp,
                Some("2026-11-28T09:05:00Z"),
            ),
            ("300", TimeSpelling::Seconds, Some("2026-11-28T09:05:00Z")),
            ("0.5", TimeSpelling::Seconds, Some("2026-11-28T09:00:00.5Z")),
            (
                "300000",
                TimeSpelling::Milliseconds,
                Some("2026-11-28T09:05:00Z"),
            ),
            (
                "1795856700",
                TimeSpelling::UnixSeconds,
                Some("2026-11-28T09:05:00Z"),
            ),
            (
                "Sat, 28 Nov 2026 09:05:00 GMT",
                TimeSpelling::HttpDate,
                Some("2026-11-28T09:05:00Z"),
            ),
            ("soon", TimeSpelling::Seconds, None),
            ("1e300", TimeSpelling::Seconds, None),
            ("-1e18", TimeSpelling::UnixSeconds, None),
            ("NaN", TimeSpelling::Milliseconds, None),
        ] {
            let expected = expected.map(|time| time.parse::<Timestamp>().unwrap());
            assert_eq!(time_of(text, spelling, now), expected, "{text}");
        }
    }

    #[test]
    fn receipt_is_joined_of_parts() {
        let response = HttpResponse::new(200, "", &[("location", "/p/7")]);
        let slots = Slots::from([("key".to_owned(), json!("k-1"))]);
        let read = ReadResponse {
            response: &response,
            json: json!({"result": {"message_id": 7, "chat": {"username": "ann"}}, "date": 0, "x": null}),
            slots: &slots,
            now: Timestamp::UNIX_EPOCH,
        };
        let rule = json!({"id": "/result/message_id",
            "url": ["https://t.example/", {"$answer": "/result/chat/username"}, "/", {"$slot": "key"}],
            "at": {"at": "/date", "as": "unix_seconds"},
            "extra": {"chat": "/result/chat", "missing": "/y", "null": "/x"}});
        let receipt = read
            .receipt(&serde_json::from_value(rule).unwrap())
            .unwrap();
        assert_eq!(receipt.id.as_deref(), Some("7"));
        assert_eq!(receipt.url.as_deref(), Some("https://t.example/ann/k-1"));
        assert_eq!(receipt.at, Some(Timestamp::UNIX_EPOCH));
        assert_eq!(json!(receipt.extra), json!({"chat": {"username": "ann"}}));
        for rule in [
            json!({"id": "/result/id"}),
            json!({"id": "/x"}),
            json!({"id": {"header": "etag"}}),
        ] {
            assert_eq!(read.receipt(&serde_json::from_value(rule).unwrap()), None);
        }
        let rule = json!({"id": {"header": "Location"}});
        let receipt = read
            .receipt(&serde_json::from_value(rule).unwrap())
            .unwrap();
        assert_eq!(receipt.id.as_deref(), Some("/p/7"));
    }
}
