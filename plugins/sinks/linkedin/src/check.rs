//! What `syndicate check` says about this sink: the token, the author and the age of the API
//! version. A version ends for everybody on one day and without a sign beforehand, and so does a
//! token, so the warnings have to come from here.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::{Code, Context, Credential, Diagnostic, Finding, PublishError};

use crate::author::Author;
use crate::oauth_provider::login_command;
use crate::options::Options;
use crate::scopes::TOKEN_HINT;
use crate::token::{Token, TokenOrigin, can_renew, utc_date};
use crate::versions::{ApiVersion, VersionStatus};

/// How many days before its end a version is worth a warning.
const WARNING_DAYS: i32 = 60;

/// How many days before its end a token is: two weeks, in which somebody comes by the machine.
const TOKEN_WARNING_DAYS: i64 = 14;

const DAY: i64 = 24 * 60 * 60;

/// All findings, without asking LinkedIn.
pub(crate) fn check(
    cx: &Context,
    author: &Author,
    options: &Options,
    token: Result<Token, PublishError>,
) -> Vec<Finding> {
    let today = cx.now().to_zoned(TimeZone::UTC).date();
    let mut findings = match token {
        Ok(token) => check_token(cx, &token, options),
        Err(error) => vec![Finding::Failed(
            Diagnostic::new(error.code, error.message)
                .with_hint(TOKEN_HINT)
                .with_optional_hint(error.hint),
        )],
    };
    findings.push(Finding::Passed(match author {
        Author::Me => "posts as the member that the token belongs to".to_owned(),
        Author::Urn(urn) => format!("posts as `{urn}`"),
    }));
    findings.push(check_version(options.api_version, today));
    findings
}

fn check_token(cx: &Context, token: &Token, options: &Options) -> Vec<Finding> {
    let origin = &token.origin;
    let Some(credential) = &token.credential else {
        let mut message = format!("there is a token, {origin}");
        if *origin == TokenOrigin::Option {
            message.push_str("; when it ends is not known here");
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
    let whose = format!("there is a token {origin}: {who}, `{account}`, with `{scopes}`");
    let mut findings = vec![Finding::Passed(whose)];
    findings.extend(check_expiry(cx, credential, options));
    findings
}

/// Returns the warning about a token that other users of this machine can read. It is not refused: files
/// that containers mount as secrets are readable by all inside, and not from outside.
fn exposed_file_warning(file: &Path) -> Finding {
    let file = file.display();
    Finding::Warning {
        message: format!("other users of this machine can read the token's file `{file}`"),
        hint: format!("run `chmod 600 {file}`"),
    }
}

/// What is left of what was granted.
fn check_expiry(cx: &Context, credential: &Credential, options: &Options) -> Option<Finding> {
    let end = if can_renew(cx, options, credential) {
        // It is renewed until then, and not a day longer.
        credential.refresh_until
    } else {
        credential.expires
    };
    Some(expiry_finding(
        cx.now(),
        "the token",
        end?,
        &options.profile,
    ))
}

/// That a token lives until `end`: a warning where that is soon.
pub(crate) fn expiry_finding(
    now: Timestamp,
    subject: &str,
    end: Timestamp,
    profile: &str,
) -> Finding {
    let days = end.duration_since(now).as_secs() / DAY;
    let message = format!(
        "{}, {days} days from now",
        expiry_message(subject, Some(end))
    );
    if days < TOKEN_WARNING_DAYS {
        let hint = format!("sign in again before it does: {}", login_command(profile));
        Finding::Warning { message, hint }
    } else {
        Finding::Passed(message)
    }
}

/// That a token lives until `end`, or for a time that nobody told.
pub(crate) fn expiry_message(subject: &str, end: Option<Timestamp>) -> String {
    match end {
        Some(end) => format!("{subject} ends on {}", utc_date(end)),
        None => format!("{subject} is good"),
    }
}

fn check_version(version: ApiVersion, today: Date) -> Finding {
    let hint = version.remedy(today);
    match version.status(today) {
        VersionStatus::ValidUntil(last) => {
            let days = (last - today).get_days();
            let message =
                format!("API version `{version}` answers until {last}, {days} days from now");
            if days > WARNING_DAYS {
                Finding::Passed(message)
            } else {
                Finding::Warning { message, hint }
            }
        }
        VersionStatus::Expired(last) => dead_version(
            format!("API version `{version}` stopped answering after {last}"),
            hint,
        ),
        VersionStatus::Unpublished => dead_version(
            format!("API version `{version}` is too old or was never published"),
            hint,
        ),
        VersionStatus::Newer => Finding::Warning {
            message: format!("API version `{version}` is newer than this build of syndicate"),
            hint: format!("if LinkedIn answers with status 426, {hint}"),
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
    fn a_version_is_judged_by_its_last_day() {
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
    fn a_token_is_asked_for_by_its_variable_and_never_shown() {
        let options = Options::default();
        let unset = findings(&options);
        let Some(Finding::Failed(Diagnostic { message, hint, .. })) = unset.first() else {
            panic!("there is no token: {unset:?}");
        };
        let hint = hint.as_ref().unwrap();
        assert!(message.contains("`LINKEDIN_ACCESS_TOKEN`"), "{message}");
        assert!(
            hint.starts_with("`syndicate auth login linkedin`"),
            "{hint}"
        );

        let options = Options {
            token: syndicate_api::Secret::new("AQX-secret"),
            ..options
        };
        let set = format!("{:?}", findings(&options));
        assert!(
            set.contains("there is a token") && !set.contains("AQX"),
            "{set}"
        );
    }
}
