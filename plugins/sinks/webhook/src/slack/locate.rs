//! Parses the addresses of messages that users copy from Slack.

use serde_json::Map;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};
use url::Url;

/// The number of digits of a timestamp after the dot.
const FRACTION: usize = 6;

/// Returns the receipt of the message at `address`: its permalink, or its timestamp in `channel`.
///
/// # Errors
/// Returns `Rejected` if `address` is not a message.
pub(super) fn locate(address: &str, channel: Option<&str>) -> Result<Receipt, PublishError> {
    let address = address.trim();
    let found = permalink(address).or_else(|| {
        is_timestamp(address).then(|| (channel.map(str::to_owned), address.to_owned(), None))
    });
    let (channel, ts, url) = found.ok_or_else(|| {
        let message = format!("`{}` is not a message of Slack", address.escape_debug());
        PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message).with_hint(
            "copy the link of the message, such as `https://team.slack.com/archives/C012AB3CD/p1732787000123456`",
        )
    })?;
    Ok(receipt(ts, channel, url))
}

/// Returns the receipt of the message `ts` in `channel`.
pub(super) fn receipt(ts: String, channel: Option<String>, url: Option<String>) -> Receipt {
    let seconds = ts
        .split('.')
        .next()
        .and_then(|seconds| seconds.parse().ok());
    Receipt {
        at: seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()),
        url,
        extra: Map::from_iter(channel.map(|channel| ("channel".to_owned(), channel.into()))),
        ..Receipt::new(ts)
    }
}

/// Returns the permalink of the message `ts` in `channel` of a workspace, whose URL ends with a slash.
pub(super) fn permalink_of(workspace: &str, channel: &str, ts: &str) -> String {
    format!("{workspace}archives/{channel}/p{}", ts.replace('.', ""))
}

fn permalink(address: &str) -> Option<(Option<String>, String, Option<String>)> {
    let url = Url::parse(address).ok()?;
    let is_slack = url
        .host_str()
        .is_some_and(|host| host.ends_with(".slack.com"));
    let mut segments = url
        .path_segments()
        .filter(|_| is_slack && url.scheme() == "https")?;
    let (archives, channel) = (segments.next()?, segments.next()?);
    let digits = segments.next()?.strip_prefix('p')?;
    let split = digits.len().checked_sub(FRACTION)?;
    let (seconds, fraction) = digits.split_at_checked(split)?;
    let ts = format!("{seconds}.{fraction}");
    let is_channel =
        !channel.is_empty() && channel.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_message = archives == "archives" && is_channel && is_timestamp(&ts);
    let plain = format!("https://{}{}", url.host_str()?, url.path());
    is_message.then(|| (Some(channel.to_owned()), ts, Some(plain)))
}

fn is_timestamp(text: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(seconds, fraction)| {
        seconds.len() >= 9
            && fraction.len() == FRACTION
            && is_number(seconds)
            && is_number(fraction)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalink_and_timestamp_are_located() {
        let link = "https://team.slack.com/archives/C012AB3CD/p1732787000123456";
        let expected = receipt(
            "1732787000.123456".to_owned(),
            Some("C012AB3CD".to_owned()),
            Some(link.to_owned()),
        );
        assert_eq!(
            locate(&format!(" {link}?thread_ts=1 "), None),
            Ok(expected.clone())
        );
        assert_eq!(
            permalink_of("https://team.slack.com/", "C012AB3CD", "1732787000.123456"),
            link
        );
        let bare = locate("1732787000.123456", Some("C012AB3CD")).unwrap();
        assert_eq!(
            bare,
            Receipt {
                url: None,
                ..expected
            }
        );
        for address in [
            "",
            "1732787000",
            "1732787000.12345é",
            "https://team.slack.com/archives/C012AB3CD",
            "https://team.slack.com/archives/C012AB3CD/pé23456",
            "https://evil.example/archives/C012AB3CD/p1732787000123456",
        ] {
            let error = locate(address, None).unwrap_err();
            assert_eq!(error.kind, PublishErrorKind::Rejected, "{address}");
        }
    }
}
