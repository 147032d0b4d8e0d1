//! What `syndicate check` says about this sink: the token, the author and the age of the API
//! version. A version ends for everybody on one day and without a sign beforehand, so the warning
//! has to come from here.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::{Context, Finding};

use crate::author::Author;
use crate::client::{TOKEN_HINT, reveal};
use crate::options::Options;
use crate::versions::{ApiVersion, Life};

/// How many days before its end a version is worth a warning.
const WARNING_DAYS: i32 = 60;

/// All findings, without asking LinkedIn.
pub(crate) fn check(cx: &Context, author: &Author, options: &Options) -> Vec<Finding> {
    let today = cx.now().to_zoned(TimeZone::UTC).date();
    vec![
        token(cx, options),
        Finding::Good(match author {
            Author::Me => "posts as the member that the token belongs to".to_owned(),
            Author::Urn(urn) => format!("posts as `{urn}`"),
        }),
        version(options.api_version, today),
    ]
}

fn token(cx: &Context, options: &Options) -> Finding {
    match reveal(cx, &options.token) {
        Ok(_) => Finding::Good("there is a token".to_owned()),
        Err(error) => Finding::Bad {
            message: error.message,
            hint: error.hint.unwrap_or_else(|| TOKEN_HINT.to_owned()),
        },
    }
}

fn version(version: ApiVersion, today: Date) -> Finding {
    let living = ApiVersion::living(today);
    let hint = format!("set `api_version` to one that lives: {living}");
    match version.life(today) {
        Life::Until(last) => {
            let days = (last - today).get_days();
            let message =
                format!("API version `{version}` answers until {last}, {days} days from now");
            if days > WARNING_DAYS {
                Finding::Good(message)
            } else {
                Finding::Warning { message, hint }
            }
        }
        Life::Ended(last) => Finding::Bad {
            message: format!("API version `{version}` stopped answering after {last}"),
            hint,
        },
        Life::Gone => Finding::Bad {
            message: format!("API version `{version}` is too old or was never published"),
            hint,
        },
        Life::Newer => Finding::Warning {
            message: format!("API version `{version}` is newer than this build of syndicate"),
            hint: format!("if LinkedIn answers with status 426, set one that is known: {living}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn found(version: &str, today: &str) -> Finding {
        let version = serde_json::from_value(version.into()).unwrap();
        super::version(version, today.parse().unwrap())
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
                Finding::Good(_) => "good",
                Finding::Warning { .. } => "warning",
                Finding::Bad { .. } => "bad",
            };
            assert_eq!(actual, expected, "{name} on {today}: {finding:?}");
        }
    }

    #[test]
    fn a_dead_version_names_the_living_ones() {
        let Finding::Bad { message, hint } = found("202511", "2026-11-22") else {
            panic!("202511 ended on 2026-11-16");
        };
        assert!(message.contains("2026-11-16"), "{message}");
        assert!(
            hint.contains("`202609`") && hint.contains("api_version"),
            "{hint}"
        );
    }

    #[test]
    fn a_token_is_asked_for_by_its_variable_and_never_shown() {
        let options = Options::default();
        let unset = check(&fixture::context(), &Author::Me, &options);
        let Some(Finding::Bad { message, .. }) = unset.first() else {
            panic!("there is no token: {unset:?}");
        };
        assert!(message.contains("`LINKEDIN_ACCESS_TOKEN`"), "{message}");

        let options = Options {
            token: syndicate_api::Secret::new("AQX-secret"),
            ..options
        };
        let set = format!("{:?}", check(&fixture::context(), &Author::Me, &options));
        assert!(
            set.contains("there is a token") && !set.contains("AQX"),
            "{set}"
        );
    }
}
