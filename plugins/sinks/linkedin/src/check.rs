//! The offline checks of `syndicate check`: the token, the author and the age of the API version.
//! API versions and tokens expire on a known day without any notice from LinkedIn, so the warnings
//! are issued here.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::{Code, Context, Credential, Diagnostic, Finding, PublishError};

use crate::author::Author;
use crate::oauth_provider::login_command;
use crate::options::Options;
use crate::token::{Token, TokenOrigin, can_renew, utc_date};
use crate::versions::{ApiVersion, VersionStatus};

/// Number of days before an API version expires from which on a warning is shown.
const WARNING_DAYS: i32 = 60;

/// Number of days before a token expires from which on a warning is shown.
const TOKEN_WARNING_DAYS: i64 = 14;

const DAY: i64 = 24 * 60 * 60;

/// Returns all findings that need no request.
pub(crate) fn check(
    cx: &Context,
    author: &Author,
    options: &Options,
    token: Result<Token, PublishError>,
) -> Vec<Finding> {
    let today = cx.now().to_zoned(TimeZone::UTC).date();
    let has_token = token.is_ok();
    let mut findings = match token {
        Ok(token) => check_token(cx, &token, options),
        Err(error) => vec![Finding::Failed(
            Diagnostic::new(error.code, error.message).with_optional_hint(error.hint),
        )],
    };
    let posts_as = match author {
        Author::Me => has_token.then(|| "posts as the token's member".to_owned()),
        Author::Urn(urn) => Some(format!("posts as `{urn}`")),
    };
    findings.extend(posts_as.map(Finding::Passed));
    findings.push(check_version(options.api_version, today));
    findings
}

fn check_token(cx: &Context, token: &Token, options: &Options) -> Vec<Finding> {
    let origin = &token.origin;
    let Some(credential) = &token.credential else {
        let mut message = format!("found a token {origin}");
        if *origin == TokenOrigin::Option {
            message.push_str("; its expiry is unknown");
        }
        let warning = token.exposed_file.as_deref().map(exposed_file_warning);
        return std::iter::once(Finding::Passed(message))
            .chain(warning)
            .collect();
    };
    let Credential {
        account_name: who,
        account,
        ..
    } = credential;
    let scopes = credential.scopes.join("`, `");
    let whose =
        format!("found a token {origin} for {who} (`{account}`) with the scopes `{scopes}`");
    let mut findings = vec![Finding::Passed(whose)];
    findings.extend(check_expiry(cx, credential, options));
    findings
}

/// Returns the warning about a token file that other users of this machine can read. This is not an
/// error, because secrets that are mounted into a container are readable by everyone inside it.
fn exposed_file_warning(file: &Path) -> Finding {
    let file = file.display();
    Finding::Warning {
        message: format!("other users of this machine can read the token's file `{file}`"),
        hint: format!("run `chmod 600 {file}`"),
    }
}

/// Checks when a credential expires. Returns `None` if its expiry is unknown.
fn check_expiry(cx: &Context, credential: &Credential, options: &Options) -> Option<Finding> {
    let end = if can_renew(cx, options, credential) {
        // Renewing is possible until the refresh token expires.
        credential.refresh_until
    } else {
        credential.expires
    };
    let renewal = format!("run {}", login_command(&options.profile));
    Some(expiry_finding(cx.now(), "the token", end?, &renewal))
}

/// Returns the finding that a token expires at `end`, as a warning if that is soon. `renewal` is the hint
/// how to replace it.
pub(crate) fn expiry_finding(
    now: Timestamp,
    subject: &str,
    end: Timestamp,
    renewal: &str,
) -> Finding {
    let days = end.duration_since(now).as_secs() / DAY;
    let message = format!("{}, {}", expiry_message(subject, Some(end)), in_days(days));
    if days < TOKEN_WARNING_DAYS {
        let hint = format!("{renewal} before then");
        Finding::Warning { message, hint }
    } else {
        Finding::Passed(message)
    }
}

/// Returns the message that a token expires at `end`, or that it is valid if `end` is unknown.
pub(crate) fn expiry_message(subject: &str, end: Option<Timestamp>) -> String {
    match end {
        Some(end) => format!("{subject} expires on {}", utc_date(end)),
        None => format!("{subject} is valid"),
    }
}

fn in_days(days: i64) -> String {
    match days {
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}

fn check_version(version: ApiVersion, today: Date) -> Finding {
    let hint = version.remedy(today);
    match version.status(today) {
        VersionStatus::ValidUntil(last) => {
            let days = (last - today).get_days();
            let message = format!(
                "API version `{version}` is valid until {last}, {}",
                in_days(days.into())
            );
            if days > WARNING_DAYS {
                Finding::Passed(message)
            } else {
                Finding::Warning { message, hint }
            }
        }
        VersionStatus::Expired(last) => dead_version(
            format!("API version `{version}` expired after {last}"),
            hint,
        ),
        VersionStatus::Unpublished => dead_version(
            format!("API version `{version}` is too old or was never published"),
            hint,
        ),
        VersionStatus::Newer => Finding::Warning {
            message: format!("API version `{version}` is newer than this build of syndicate"),
            hint: format!("if LinkedIn responds with status 426, {hint}"),
        },
    }
}

fn dead_version(message: String, hint: String) -> Finding {
    Finding::Failed(Diagnostic::new(Code::VersionDead, message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn found(version: &str, today: &str) -> Finding {
        let version = serde_json::from_value(version.into()).unwrap();
        super::check_version(version, today.parse().unwrap())
    }

    #[test]
    fn version_status_depends_on_last_day() {
        for (name, today, expected) in [
            ("202609", "2027-07-16", "good"),
            ("202609", "2027-07-17", "warning"),
            ("202609", "2027-09-15", "warning"),
            ("202609", "2027-09-16", "bad"),
            ("202512", "2026-11-22", "bad"),
            ("202401", "2026-11-22", "bad"),
            ("202610", "2026-11-22", "warning"),
        ] {
            let finding = found(name, today);
            let actual = match &finding {
                Finding::Passed(_) => "good",
                Finding::Warning { .. } => "warning",
                Finding::Failed { .. } => "bad",
            };
            assert_eq!(actual, expected, "{name} on {today}: {finding:?}");
        }
    }

    #[test]
    fn dead_version_names_newer_ones() {
        let Finding::Failed(Diagnostic { message, hint, .. }) = found("202511", "2026-11-22")
        else {
            panic!("202511 ended on 2026-11-16");
        };
        let hint = hint.unwrap();
        assert!(message.contains("2026-11-16"), "{message}");
        assert!(
            hint.contains("`202609`") && hint.contains("api_version"),
            "{hint}"
        );
    }

    fn findings(options: &Options) -> Vec<Finding> {
        let cx = fixture::context();
        let token = crate::token::get(&cx, options, &Author::Me, ".".as_ref());
        check(&cx, &Author::Me, options, token)
    }

    #[test]
    fn token_value_is_never_shown() {
        let options = Options::default();
        let unset = findings(&options);
        let Some(Finding::Failed(Diagnostic { message, hint, .. })) = unset.first() else {
            panic!("expected a missing token: {unset:?}");
        };
        let hint = hint.as_ref().unwrap();
        assert!(message.contains("`LINKEDIN_ACCESS_TOKEN`"), "{message}");
        assert!(
            hint.starts_with("run `syndicate auth login linkedin`"),
            "{hint}"
        );
        // Without a token, its member is unknown.
        assert!(!format!("{unset:?}").contains("posts as"), "{unset:?}");

        let options = Options {
            token: Some(syndicate_api::Secret::new("AQX-secret")),
            ..options
        };
        let set = format!("{:?}", findings(&options));
        assert!(
            set.contains("found a token") && !set.contains("AQX"),
            "{set}"
        );
    }
}
