//! Checks the API version of a request. LinkedIn publishes a version in most months, supports it for a
//! year and has no default version. The end dates in the table are from LinkedIn's page "Versioning".
//! A version that is not in the table is refused, as LinkedIn refuses a month without a version.

use axum::http::StatusCode;
use jiff::civil::{Date, date};

use crate::errors::ErrorResponse;

/// The versions and their last days.
const LAST_DAYS: &[(&str, Date)] = &[
    ("202509", date(2026, 9, 15)),
    ("202510", date(2026, 10, 15)),
    ("202511", date(2026, 11, 16)),
    // LinkedIn published no 202512.
    ("202601", date(2027, 1, 15)),
    ("202602", date(2027, 2, 15)),
    ("202603", date(2027, 3, 16)),
    ("202604", date(2027, 4, 15)),
    ("202605", date(2027, 5, 15)),
    ("202606", date(2027, 6, 15)),
    ("202607", date(2027, 7, 15)),
    ("202608", date(2027, 8, 17)),
    ("202609", date(2027, 9, 15)),
];

/// Refuses a request without a version or with one that is not active on `today`.
pub(crate) fn check(version: Option<&str>, today: Date) -> Result<&str, ErrorResponse> {
    let Some(version) = version else {
        return Err(ErrorResponse::gateway(
            StatusCode::BAD_REQUEST,
            "VERSION_MISSING",
            "A version must be present. Please specify a version by adding the Linkedin-Version \
             header.",
        ));
    };
    let lives = LAST_DAYS
        .iter()
        .any(|(known, last_day)| *known == version && today <= *last_day);
    if lives {
        return Ok(version);
    }
    // The gateway shows a month as its first day.
    let padding = if version.len() == 6 { "01" } else { "" };
    Err(ErrorResponse::gateway(
        StatusCode::UPGRADE_REQUIRED,
        "NONEXISTENT_VERSION",
        format!("Requested version {version}{padding} is not active"),
    ))
}

#[cfg(test)]
mod tests {
    use super::{check, date};

    #[test]
    fn version_is_active_on_last_day() {
        for (version, today, lives) in [
            ("202609", date(2026, 11, 22), true),
            ("202601", date(2027, 1, 15), true),
            ("202601", date(2027, 1, 16), false),
            ("202511", date(2026, 11, 22), false),
            ("202512", date(2026, 11, 22), false),
            ("209901", date(2026, 11, 22), false),
            ("latest", date(2026, 11, 22), false),
            ("", date(2026, 11, 22), false),
        ] {
            assert_eq!(
                check(Some(version), today).is_ok(),
                lives,
                "{version} on {today}"
            );
        }
        assert!(check(None, date(2026, 11, 22)).is_err());
    }
}
