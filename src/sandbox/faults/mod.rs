//! What can go wrong between a client and LinkedIn, on demand: `create:lost`, `upload:503x2`. A
//! fault names a kind of request and what becomes of it, and optionally which ones are hit, so that
//! everybody can see what his pipeline makes of it before LinkedIn shows him.

mod broken;
mod place;
mod strike;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use self::place::{PLACES, Place};
pub(super) use self::strike::strike;

/// Something that is to go wrong. It is written `PLACE:WHAT`, followed by `@N` where only the `N`th
/// such request is hit or by `xN` where the first `N` are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    place: Place,
    what: What,
    which: Which,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// It is done, and the connection ends before any answer.
    Lost,
    /// It is done, and the answer breaks off after its head.
    Cut,
    /// It is done, and the answer does not tell the URN.
    NoId,
    /// It is done, and the answer takes its time.
    Slow,
    /// It is not done, and something on the way answers with a page.
    Html,
    /// It is refused with this status, after it was done or without.
    Status { status: u16, done: bool },
    /// Its token is refused with this code.
    Token(u32),
    /// The token that it brings into being is refused once.
    Late,
    /// What it uploads turns out to be of no use.
    Failed,
}

/// Which of the requests are hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Only(u32),
    First(u32),
}

/// The words for what can happen to any request.
const WHATS: [(&str, What); 13] = [
    ("lost", What::Lost),
    ("cut", What::Cut),
    ("slow", What::Slow),
    ("html", What::Html),
    ("409", refused(409)),
    ("426", refused(426)),
    ("429", refused(429)),
    ("500", refused(500)),
    ("503", refused(503)),
    ("504", refused(504)),
    ("500-after", answered(500)),
    ("503-after", answered(503)),
    ("504-after", answered(504)),
];

/// The words that only one place has.
const SPECIAL: [(Place, &str, What); 6] = [
    (Place::Create, "no-id", What::NoId),
    (Place::Token, "invalid", What::Token(65600)),
    (Place::Token, "revoked", What::Token(65601)),
    (Place::Token, "expired", What::Token(65602)),
    (Place::Token, "late", What::Late),
    (Place::Media, "failed", What::Failed),
];

const fn refused(status: u16) -> What {
    What::Status {
        status,
        done: false,
    }
}

const fn answered(status: u16) -> What {
    What::Status { status, done: true }
}

/// A fault that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{fault}` is no fault of the sandbox; {}", choices())]
#[non_exhaustive]
pub struct UnknownFault {
    /// What was written.
    pub fault: String,
}

/// All faults, for who has named another.
fn choices() -> String {
    let places = PLACES.map(|(name, place)| (name, place.is_request()));
    let requests: Vec<&str> = places
        .iter()
        .filter(|(_, is_request)| *is_request)
        .map(|(name, _)| *name)
        .collect();
    let whats: Vec<&str> = WHATS.iter().map(|(name, _)| *name).collect();
    let special: Vec<String> = SPECIAL
        .iter()
        .map(|(place, name, _)| format!("{}:{name}", place.name()))
        .collect();
    format!(
        "there are PLACE:WHAT with PLACE one of {} and WHAT one of {}; and {}; each with `@N` for \
         the Nth such request only or `xN` for the first N",
        requests.join(", "),
        whats.join(", "),
        special.join(", ")
    )
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        Self::parse(text).ok_or_else(|| UnknownFault {
            fault: text.to_owned(),
        })
    }
}

impl Fault {
    fn parse(text: &str) -> Option<Self> {
        let (place, rest) = text.split_once(':')?;
        let place = Place::of(place)?;
        let (word, which) = which(rest)?;
        let mut special = SPECIAL.iter();
        let special = special.find(|(its, name, _)| *its == place && *name == word);
        let what = match special {
            Some((_, _, what)) => *what,
            None if !place.is_request() => return None,
            None => WHATS.iter().find(|(name, _)| *name == word)?.1,
        };
        Some(Self { place, what, which })
    }
}

/// The word for what happens, and which requests are hit.
fn which(text: &str) -> Option<(&str, Which)> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    if let Some((word, place)) = text.split_once('@') {
        return Some((word, Which::Only(number(place)?)));
    }
    if let Some((word, count)) = text.rsplit_once('x')
        && let Some(count) = number(count)
    {
        return Some((word, Which::First(count)));
    }
    Some((text, Which::All))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut special = SPECIAL.iter();
        let own = special.find(|(place, _, what)| *place == self.place && *what == self.what);
        let word = match own {
            Some((_, name, _)) => Some(*name),
            None => WHATS
                .iter()
                .find(|(_, what)| *what == self.what)
                .map(|(name, _)| *name),
        };
        write!(f, "{}:{}", self.place.name(), word.unwrap_or_default())?;
        match self.which {
            Which::All => Ok(()),
            Which::Only(number) => write!(f, "@{number}"),
            Which::First(count) => write!(f, "x{count}"),
        }
    }
}

/// The faults of a sandbox, and how many requests each has seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Vec<Arc<Armed>>);

#[derive(Debug)]
struct Armed {
    fault: Fault,
    seen: AtomicU32,
}

impl Faults {
    /// One fault more.
    pub(super) fn arm(&mut self, fault: Fault) {
        let seen = AtomicU32::new(0);
        self.0.push(Arc::new(Armed { fault, seen }));
    }

    /// The fault that hits the next request at one of `places`, which is counted by that.
    fn next(&self, is_meant: impl Fn(&Fault) -> bool) -> Option<&Fault> {
        let mut hit = None;
        // Each counts for itself, also when another one hits.
        for armed in self.0.iter().filter(|armed| is_meant(&armed.fault)) {
            let number = armed.seen.fetch_add(1, Ordering::Relaxed) + 1;
            let hits = match armed.fault.which {
                Which::All => true,
                Which::Only(only) => number == only,
                Which::First(count) => number <= count,
            };
            if hits && hit.is_none() {
                hit = Some(&armed.fault);
            }
        }
        hit
    }

    /// Whether the next upload turns out to be of no use.
    pub(super) fn fails_medium(&self) -> bool {
        self.next(|fault| fault.what == What::Failed).is_some()
    }

    /// Whether the next token is refused once.
    pub(super) fn delays_token(&self) -> bool {
        self.next(|fault| fault.what == What::Late).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, PLACES, SPECIAL, WHATS};

    #[test]
    fn every_fault_reads_as_it_is_written() {
        let requests = PLACES.iter().filter(|(_, place)| place.is_request());
        let mut faults: Vec<String> = requests
            .flat_map(|(place, _)| WHATS.map(|(what, _)| format!("{place}:{what}")))
            .collect();
        faults.extend(SPECIAL.map(|(place, what, _)| format!("{}:{what}", place.name())));
        for fault in faults {
            for which in ["", "@2", "x3"] {
                let text = format!("{fault}{which}");
                let read: Fault = text.parse().unwrap();
                assert_eq!(read.to_string(), text);
            }
        }
    }

    #[test]
    fn an_unknown_fault_is_told_what_there_is() {
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
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.contains(&format!("`{text}`")), "{error}");
            for part in ["create", "504-after", "media:failed", "token:expired", "@N"] {
                assert!(error.contains(part), "{error}");
            }
        }
    }
}
