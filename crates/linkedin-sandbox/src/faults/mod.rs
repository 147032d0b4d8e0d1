//! Faults that the sandbox simulates on demand, such as `create:lost` or `upload:503x2`. A fault
//! consists of the kind of request, the effect, and optionally the occurrences that it applies to.
//! It shows how a pipeline handles failures before they happen on LinkedIn.

mod request_matcher;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use self::request_matcher::{MATCHERS, RequestMatcher};

/// A fault to simulate. It is written `PLACE:WHAT`, optionally followed by `@N` for the `N`th such
/// request only or by `xN` for the first `N`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRule {
    pub(crate) matcher: RequestMatcher,
    pub(crate) effect: FaultEffect,
    occurrence: Occurrence,
}

/// The effect of a fault on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultEffect {
    /// The request is processed, and the connection is closed before the response.
    Lost,
    /// The request is processed, and the response ends after its headers.
    Cut,
    /// The request is processed, and the response lacks the URN.
    NoId,
    /// The request is processed, and the response is late.
    Slow,
    /// The request is not processed; a proxy responds with an HTML page.
    Html,
    /// The response has this status; the request was processed if `done`.
    Status { status: u16, done: bool },
    /// The text is refused as too long, with the code that LinkedIn documents.
    TooLong,
    /// The token is rejected with this code.
    Token(u32),
    /// The issued token is rejected at its first use.
    Late,
    /// The uploaded file cannot be processed.
    Failed,
}

/// The occurrences of a request that a fault applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occurrence {
    All,
    Only(u32),
    First(u32),
}

/// The names of effects that apply to every kind of request.
const EFFECTS: [(&str, FaultEffect); 20] = [
    ("lost", FaultEffect::Lost),
    ("cut", FaultEffect::Cut),
    ("slow", FaultEffect::Slow),
    ("html", FaultEffect::Html),
    ("400", refused(400)),
    ("403", refused(403)),
    ("404", refused(404)),
    ("409", refused(409)),
    ("410", refused(410)),
    ("413", refused(413)),
    ("415", refused(415)),
    ("422", refused(422)),
    ("426", refused(426)),
    ("429", refused(429)),
    ("500", refused(500)),
    ("503", refused(503)),
    ("504", refused(504)),
    ("500-after", answered(500)),
    ("503-after", answered(503)),
    ("504-after", answered(504)),
];

/// The names of effects that apply to one kind of request only.
const SPECIAL: [(RequestMatcher, &str, FaultEffect); 7] = [
    (RequestMatcher::Create, "no-id", FaultEffect::NoId),
    (RequestMatcher::Create, "too-long", FaultEffect::TooLong),
    (RequestMatcher::Token, "invalid", FaultEffect::Token(65600)),
    (RequestMatcher::Token, "revoked", FaultEffect::Token(65601)),
    (RequestMatcher::Token, "expired", FaultEffect::Token(65602)),
    (RequestMatcher::Token, "late", FaultEffect::Late),
    (RequestMatcher::Media, "failed", FaultEffect::Failed),
];

const fn refused(status: u16) -> FaultEffect {
    FaultEffect::Status {
        status,
        done: false,
    }
}

const fn answered(status: u16) -> FaultEffect {
    FaultEffect::Status { status, done: true }
}

/// A fault that cannot be parsed.
#[derive(Debug, thiserror::Error)]
#[error("unknown fault `{fault}`; {}", choices())]
#[non_exhaustive]
pub struct UnknownFault {
    /// The text of the fault.
    pub fault: String,
}

/// Lists all faults.
fn choices() -> String {
    let places = MATCHERS.map(|(name, place)| (name, place.is_request()));
    let requests: Vec<&str> = places
        .iter()
        .filter(|(_, is_request)| *is_request)
        .map(|(name, _)| *name)
        .collect();
    let whats: Vec<&str> = EFFECTS.iter().map(|(name, _)| *name).collect();
    let special: Vec<String> = SPECIAL
        .iter()
        .map(|(place, name, _)| format!("{}:{name}", place.name()))
        .collect();
    format!(
        "expected PLACE:WHAT, where PLACE is one of {} and WHAT is one of {}; or one of {}; \
         optionally followed by `@N` for the Nth such request only or `xN` for the first N",
        requests.join(", "),
        whats.join(", "),
        special.join(", ")
    )
}

impl FromStr for FaultRule {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        Self::parse(text).ok_or_else(|| UnknownFault {
            fault: text.to_owned(),
        })
    }
}

impl FaultRule {
    fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once(':')?;
        let matcher = RequestMatcher::named(name)?;
        let (word, occurrence) = occurrence(rest)?;
        let mut special = SPECIAL.iter();
        let special = special.find(|(its, name, _)| *its == matcher && *name == word);
        let effect = match special {
            Some((_, _, effect)) => *effect,
            None if !matcher.is_request() => return None,
            None => EFFECTS.iter().find(|(name, _)| *name == word)?.1,
        };
        Some(Self {
            matcher,
            effect,
            occurrence,
        })
    }
}

/// Splits `text` into the name of an effect and the occurrences at which it applies.
fn occurrence(text: &str) -> Option<(&str, Occurrence)> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    if let Some((word, place)) = text.split_once('@') {
        return Some((word, Occurrence::Only(number(place)?)));
    }
    if let Some((word, count)) = text.rsplit_once('x')
        && let Some(count) = number(count)
    {
        return Some((word, Occurrence::First(count)));
    }
    Some((text, Occurrence::All))
}

impl fmt::Display for FaultRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut special = SPECIAL.iter();
        let own =
            special.find(|(matcher, _, effect)| *matcher == self.matcher && *effect == self.effect);
        let word = match own {
            Some((_, name, _)) => Some(*name),
            None => EFFECTS
                .iter()
                .find(|(_, effect)| *effect == self.effect)
                .map(|(name, _)| *name),
        };
        write!(f, "{}:{}", self.matcher.name(), word.unwrap_or_default())?;
        match self.occurrence {
            Occurrence::All => Ok(()),
            Occurrence::Only(number) => write!(f, "@{number}"),
            Occurrence::First(count) => write!(f, "x{count}"),
        }
    }
}

/// The faults of a sandbox, each with the number of requests that it matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActiveFaults(Vec<Arc<ActiveFault>>);

#[derive(Debug)]
struct ActiveFault {
    fault: FaultRule,
    seen: AtomicU32,
}

impl ActiveFaults {
    /// Adds a fault.
    pub(crate) fn add(&mut self, fault: FaultRule) {
        let seen = AtomicU32::new(0);
        self.0.push(Arc::new(ActiveFault { fault, seen }));
    }

    /// Counts a request for every rule that `is_meant` selects, and returns the first of them that
    /// applies to this request.
    pub(crate) fn next(&self, is_meant: impl Fn(&FaultRule) -> bool) -> Option<&FaultRule> {
        let mut hit = None;
        // Every matching fault counts the request, even if another one applies.
        for active in self.0.iter().filter(|active| is_meant(&active.fault)) {
            let number = active.seen.fetch_add(1, Ordering::Relaxed) + 1;
            let hits = match active.fault.occurrence {
                Occurrence::All => true,
                Occurrence::Only(only) => number == only,
                Occurrence::First(count) => number <= count,
            };
            if hits && hit.is_none() {
                hit = Some(&active.fault);
            }
        }
        hit
    }

    /// Returns `true` if the next uploaded file cannot be processed.
    pub(crate) fn fails_medium(&self) -> bool {
        self.next(|fault| fault.effect == FaultEffect::Failed)
            .is_some()
    }

    /// Returns `true` if the next issued token is rejected at its first use.
    pub(crate) fn delays_token(&self) -> bool {
        self.next(|fault| fault.effect == FaultEffect::Late)
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{EFFECTS, FaultRule, MATCHERS, SPECIAL};

    #[test]
    fn fault_parses_and_displays_alike() {
        let requests = MATCHERS.iter().filter(|(_, place)| place.is_request());
        let mut faults: Vec<String> = requests
            .flat_map(|(place, _)| EFFECTS.map(|(what, _)| format!("{place}:{what}")))
            .collect();
        faults.extend(SPECIAL.map(|(place, what, _)| format!("{}:{what}", place.name())));
        for fault in faults {
            for which in ["", "@2", "x3"] {
                let text = format!("{fault}{which}");
                let read: FaultRule = text.parse().unwrap();
                assert_eq!(read.to_string(), text);
            }
        }
    }

    #[test]
    fn unknown_fault_lists_all_faults() {
        for text in [
            "create",
            "create:lots",
            "creat:lost",
            "create:lost@0",
            "create:lost@x",
            "update:no-id",
            "media:lost",
            "token:500",
            "",
        ] {
            let error = text.parse::<FaultRule>().unwrap_err().to_string();
            assert!(error.contains(&format!("`{text}`")), "{error}");
            for part in ["create", "504-after", "media:failed", "token:expired", "@N"] {
                assert!(error.contains(part), "{error}");
            }
        }
    }
}
