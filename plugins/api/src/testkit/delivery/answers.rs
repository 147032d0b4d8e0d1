//! The answers to the creating request: refusals in the platform's own form, answers of gateways, and those that only
//! this platform gives.

use wiremock::ResponseTemplate;

use super::{Kit, is_keyed, label};

/// Statuses of refusals in the platform's own form, and the expected kind of error.
pub(super) const REFUSALS: &[(u16, &str)] = &[
    (400, "rejected"),
    (422, "rejected"),
    (401, "unauthorized"),
    (429, "throttled"),
];

/// The body of a proxy's answer.
pub(super) const ERROR_PAGE: &str = "<html><body><h1>Bad gateway</h1></body></html>";

/// Statuses of failing servers.
pub(super) const FAILURES: &[u16] = &[500, 503, 504];

/// More statuses that gateways send in the platform's place, sometimes after the platform has created the
/// post.
const GATEWAY: &[u16] = &[403, 404, 405, 407, 409, 413, 425, 499];

/// Statuses of redirects. A redirect of a creating request is never followed.
const REDIRECTS: &[u16] = &[301, 302, 303, 307, 308];

impl Kit<'_> {
    /// Checks refusals in the platform's own form.
    pub(super) async fn check_refusals(&self) {
        let echo = format!("not with {}", self.platform.secret);
        for (status, expected) in REFUSALS {
            for message in ["no", &echo] {
                let body = (self.platform.refusal)(*status, message);
                self.check_answer(*status, &body, expected).await;
            }
        }
    }

    /// Checks that a response in any other form, which may come from a gateway, is not a refusal.
    pub(super) async fn check_foreign_answers(&self) {
        let refusals = REFUSALS.iter().map(|(status, _)| status);
        for status in refusals.chain(FAILURES) {
            for body in self.odd_bodies() {
                self.check_answer(*status, &body, "unknown").await;
            }
        }
        for status in REDIRECTS {
            self.check_answer(*status, "", "unknown").await;
        }
        for status in GATEWAY {
            for body in [ERROR_PAGE, r#"{"message": "Forbidden"}"#] {
                self.check_answer(*status, body, "unknown").await;
            }
        }
    }

    pub(super) async fn check_odd_answers(&self) {
        for (status, body, expected) in self.platform.odd {
            self.check_answer(*status, body, expected).await;
        }
    }

    pub(super) async fn check_answer(&self, status: u16, body: &str, expected: &str) {
        let mut answer = ResponseTemplate::new(status).set_body_bytes(body);
        if REDIRECTS.contains(&status) {
            answer = answer.insert_header("location", "/elsewhere");
        }
        let server = self.serve(answer).await;
        let sink = (self.platform.sink)(&server.uri());
        let prepared = self.prepare(&*sink).await;
        let case = format!("{status} {}", body.chars().take(60).collect::<String>());
        let error = self.error(self.send(&*sink, &prepared).await, &case);
        let repeatable = expected == "unknown" && is_keyed(&prepared);
        let actual = label(error.kind);
        assert!(
            actual == expected || (repeatable && actual == "unavailable"),
            "{case}: expected `{expected}`, found `{actual}`"
        );
        let created = self.creating_requests(&server).await;
        assert_eq!(
            created.len(),
            1,
            "{case}: the creating request was repeated"
        );
    }

    /// Returns bodies that servers and proxies send although no documentation mentions them.
    pub(super) fn odd_bodies(&self) -> Vec<String> {
        vec![
            String::new(),
            ERROR_PAGE.to_owned(),
            "{\"message\": \"torn".to_owned(),
            "{\"message\": 5, \"code\": [], \"status\": \"x\", \"errorDetails\": 1}".to_owned(),
            format!("{{\"message\": \"not with {}\"}}", self.platform.secret),
            "\u{1b}[2J\0 \u{202e}".repeat(20_000),
        ]
    }
}
