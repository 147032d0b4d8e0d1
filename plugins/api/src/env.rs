//! The environment variables of plugins.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Environment variables. `Debug` shows none of them.
#[derive(Clone)]
pub struct Env(Lookup);

type Lookup = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

impl Env {
    /// Returns the variables of this process.
    #[must_use]
    pub fn process() -> Self {
        Self(Arc::new(|name| std::env::var(name).ok()))
    }

    /// Returns an environment without variables.
    #[must_use]
    pub fn empty() -> Self {
        Self(Arc::new(|_| None))
    }

    /// Returns an environment with exactly these variables.
    #[must_use]
    pub fn from_pairs<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        let map: BTreeMap<String, String> = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self(Arc::new(move |name| map.get(name).cloned()))
    }

    /// Returns the value of `name`, or `None` if it is not set or not valid Unicode.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        (self.0)(name)
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env(…)")
    }
}
