//! The rules for repeats, and the steps before and after the creating request.

use jiff::SignedDuration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::answers::ERROR_PAGE;
use super::connections::{address_of, closed_port};
use super::{Kit, stamp};
use crate::{Prepared, PublishErrorKind, Repeat, Role, Sink, Stamp};

/// Statuses of answers to a step that may be repeated.
const STATUSES: &[u16] = &[
    301, 308, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504,
];

impl Kit<'_> {
    /// Checks that the rules are of this attempt: a key or evidence is valid after the intent, and its time moves with
    /// the intent; steps beside the creating one may always be repeated.
    pub(super) async fn check_rules(&self) {
        let server = self.serve(self.platform.created.clone()).await;
        let sink = (self.platform.sink)(&server.uri());
        let first = stamp(&self.cx);
        let hour = SignedDuration::from_hours(1);
        let later = Stamp {
            now: first.now + hour,
            ..first.clone()
        };
        let steps = self.composed(&*sink).steps;
        let mut sealed = Vec::new();
        for stamp in [&first, &later] {
            let ready = self.ready(&*sink).await;
            let prepared = sink.seal(&self.cx, &steps, ready, stamp);
            sealed.push(prepared.unwrap_or_else(|error| panic!("`seal` fails: {error}")));
        }
        for (index, step) in steps.iter().enumerate() {
            let rules = [&sealed[0], &sealed[1]].map(|prepared| prepared.repeat_of(index));
            match step.role {
                Role::Before | Role::FollowUp => assert!(
                    matches!(rules[0], Repeat::Keyed { .. }),
                    "step `{}` beside the creating one is not keyed",
                    step.name
                ),
                Role::Create => check_rule(rules, first.now, hour),
                Role::Prepare => {}
            }
        }
    }

    /// Creates a post. Returns its steps as they were sent, and with the values of the receipt.
    pub(super) async fn created(&self) -> (Prepared, Prepared) {
        let server = self.serve(self.platform.created.clone()).await;
        let sink = (self.platform.sink)(&server.uri());
        let prepared = self.prepare(&*sink).await;
        let receipt = self.send(&*sink, &prepared).await;
        let receipt = receipt.unwrap_or_else(|error| panic!("`send` fails: {error}"));
        let filled = prepared
            .with_receipt(&receipt)
            .unwrap_or_else(|error| panic!("the receipt lacks a value of a later step: {error}"));
        (prepared, filled)
    }

    /// Checks that no error of a step before or after the creating one is `Unknown`, because the step is repeated.
    pub(super) async fn check_other_steps(&self) {
        let (_, filled) = self.created().await;
        let others = filled.steps.iter().enumerate();
        let others = others.filter(|(_, step)| matches!(step.role, Role::Before | Role::FollowUp));
        for (index, _) in others {
            for status in STATUSES {
                let server = MockServer::start().await;
                for mock in (self.platform.prepare)(&server.uri()) {
                    mock.mount(&server).await;
                }
                let answer = ResponseTemplate::new(*status).set_body_string(ERROR_PAGE);
                Mock::given(any()).respond_with(answer).mount(&server).await;
                let sink = (self.platform.sink)(&server.uri());
                self.check_step(&*sink, &filled, index, &status.to_string())
                    .await;
            }
            let closed = closed_port();
            let sink = (self.platform.sink)(&address_of(closed.local_addr()));
            self.check_step(&*sink, &filled, index, "connection refused")
                .await;
        }
    }

    async fn check_step(&self, sink: &dyn Sink, filled: &Prepared, index: usize, case: &str) {
        let name = &filled.steps[index].name;
        match sink.send(&self.cx, filled, index).await {
            Ok(receipt) => panic!("step `{name}` succeeds with {receipt:?} ({case})"),
            Err(error) => {
                assert_ne!(
                    error.kind,
                    PublishErrorKind::Unknown,
                    "step `{name}` creates nothing, so its error cannot be `Unknown` ({case})"
                );
                self.check_silence(&error);
            }
        }
    }
}

/// Checks the rules of the creating request for two intents that are `apart`, the first one at `now`.
fn check_rule([first, later]: [Repeat; 2], now: jiff::Timestamp, apart: SignedDuration) {
    let (until, moved) = match (first, later) {
        (Repeat::Never, Repeat::Never) => return,
        (Repeat::Keyed { from, until }, Repeat::Keyed { until: moved, .. }) => {
            let from = from.unwrap_or(now);
            assert!(now <= from && from <= until, "a key ends before it begins");
            (until, moved)
        }
        (Repeat::Evidence { from, until, .. }, Repeat::Evidence { until: moved, .. }) => {
            assert!(
                now <= from && from <= until,
                "evidence ends before it begins"
            );
            (until, moved)
        }
        (first, later) => {
            panic!("the rule depends on the time of the intent: {first:?}, {later:?}")
        }
    };
    assert!(until > now, "a key has expired when its request is sent");
    let is_eternal = until == moved && first == Repeat::ALWAYS;
    assert!(
        is_eternal || moved.duration_since(until) == apart,
        "the end of the repeats does not count from the intent: {first:?}, {later:?}"
    );
}
