//! Faults that a test injects: an answer other than the platform's, a connection that is cut before
//! the platform sees the request or after it has processed it, or an answer that is held back.

use axum::http::Method;

use crate::answer::Answer;
use crate::request::Request;

/// A fault of one or several requests.
#[derive(Clone, Debug)]
pub struct Fault {
    method: Method,
    path: String,
    first: u32,
    last: u32,
    pub(crate) effect: Effect,
    seen: u32,
}

/// The effect of a fault.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// The platform does not see the request, and this is the answer.
    Instead(Answer),
    /// The platform processes the request, and this is the answer.
    After(Answer),
    /// The platform does not see the request, and the connection is cut.
    CutBefore,
    /// The platform processes the request, and the connection is cut.
    CutAfter,
    /// The platform processes the request, and the answer waits until the test releases it.
    Held,
}

impl Fault {
    /// Answers with `answer`; the platform does not see the request.
    #[must_use]
    pub fn answer(method: &str, path: &str, answer: Answer) -> Self {
        Self::new(method, path, Effect::Instead(answer))
    }

    /// Answers with `answer`, although the platform processed the request.
    #[must_use]
    pub fn answer_after(method: &str, path: &str, answer: Answer) -> Self {
        Self::new(method, path, Effect::After(answer))
    }

    /// Cuts the connection; the platform does not see the request.
    #[must_use]
    pub fn cut_before(method: &str, path: &str) -> Self {
        Self::new(method, path, Effect::CutBefore)
    }

    /// Cuts the connection after the platform processed the request.
    #[must_use]
    pub fn cut_after(method: &str, path: &str) -> Self {
        Self::new(method, path, Effect::CutAfter)
    }

    /// Holds the answer back until [`Fake::release`](crate::Fake::release), although the platform
    /// processed the request.
    #[must_use]
    pub fn held(method: &str, path: &str) -> Self {
        Self::new(method, path, Effect::Held)
    }

    /// Applies to the `n`th matching request only, counted from 1. By default it is the first one
    /// after the fault was injected.
    #[must_use]
    pub fn nth(mut self, n: u32) -> Self {
        (self.first, self.last) = (n, n);
        self
    }

    /// Applies to the first `n` matching requests.
    #[must_use]
    pub fn first(mut self, n: u32) -> Self {
        (self.first, self.last) = (1, n);
        self
    }

    /// Applies to all matching requests.
    #[must_use]
    pub fn always(mut self) -> Self {
        (self.first, self.last) = (1, u32::MAX);
        self
    }

    fn new(method: &str, path: &str, effect: Effect) -> Self {
        Self {
            method: method.parse().expect("an HTTP method"),
            path: path.to_owned(),
            first: 1,
            last: 1,
            effect,
            seen: 0,
        }
    }

    /// Counts the request if it matches. Returns `true` if the fault applies to it.
    fn applies(&mut self, request: &Request) -> bool {
        if self.method != request.method || !path_matches(&self.path, &request.path) {
            return false;
        }
        self.seen += 1;
        (self.first..=self.last).contains(&self.seen)
    }
}

/// Returns the effect of the first fault that applies. All faults count the request.
pub(crate) fn next_effect(faults: &mut [Fault], request: &Request) -> Option<Effect> {
    let mut effect = None;
    for fault in faults {
        if fault.applies(request) && effect.is_none() {
            effect = Some(fault.effect.clone());
        }
    }
    effect
}

/// Compares a path with a pattern, in which `*` stands for one segment.
fn path_matches(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let same = pattern.split('/').all(|expected| {
        let segment = segments.next();
        segment.is_some_and(|segment| expected == "*" || expected == segment)
    });
    same && segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::{Fault, next_effect, path_matches};
    use crate::request::Request;

    #[test]
    fn pattern_star_is_one_segment() {
        for (pattern, path, same) in [
            ("/api/v1/statuses", "/api/v1/statuses", true),
            ("/api/v1/statuses", "/api/v1/statuses/1", false),
            ("/api/v1/statuses/*", "/api/v1/statuses/1", true),
            ("/api/v1/statuses/*", "/api/v1/statuses", false),
            ("/api/*/statuses", "/api/v2/statuses", true),
        ] {
            assert_eq!(path_matches(pattern, path), same, "{pattern} {path}");
        }
    }

    #[test]
    fn fault_counts_matching_requests() {
        let hits = |fault: Fault| -> Vec<bool> {
            let mut faults = [fault];
            ["/a", "/b", "/a", "/a"]
                .map(|path| {
                    let request = Request::bare(Method::POST, path);
                    next_effect(&mut faults, &request).is_some()
                })
                .to_vec()
        };
        let fault = || Fault::cut_after("POST", "/a");
        assert_eq!(hits(fault()), [true, false, false, false]);
        assert_eq!(hits(fault().nth(2)), [false, false, true, false]);
        assert_eq!(hits(fault().first(2)), [true, false, true, false]);
        assert_eq!(hits(fault().always()), [true, false, true, true]);
        assert_eq!(hits(Fault::cut_after("PUT", "/a").always()), [false; 4]);
    }
}
