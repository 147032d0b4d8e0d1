//! Keeps the tree of pipeline.yaml, because each run reads the file twice: first for its ledger, then as a whole. Parsing
//! it is a tenth of a run with nothing to do.

use std::sync::{Mutex, PoisonError};

use syndicate_api::{Diagnostic, Env};

use super::printable::register_secrets;
use super::tree::ConfigNode;
use super::yaml;

/// The last text of pipeline.yaml that was parsed, with its tree. It may contain secrets, so it cannot be printed.
#[derive(Default)]
pub(crate) struct ParsedFile(Mutex<Option<(String, ConfigNode)>>);

impl ParsedFile {
    /// Parses `text` and registers its secrets, with variables expanded from `env`, unless it is the last one.
    ///
    /// # Errors
    /// The first YAML error.
    pub(super) fn tree(&self, text: &str, env: &Env) -> Result<ConfigNode, Diagnostic> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, tree)) = last.as_ref().filter(|(last, _)| last == text) {
            return Ok(tree.clone());
        }
        let tree = yaml::parse(text)?;
        register_secrets(&tree, env);
        *last = Some((text.to_owned(), tree.clone()));
        Ok(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tree_is_that_of_text() {
        let parsed = ParsedFile::default();
        let env = Env::empty();
        for text in ["a: 1", "a: 1", "a: 2", "a: 1", "b: [1, 2]"] {
            assert_eq!(parsed.tree(text, &env).unwrap(), yaml::parse(text).unwrap());
        }
        assert!(parsed.tree("a: [", &env).is_err());
        assert_eq!(
            parsed.tree("a: 1", &env).unwrap(),
            yaml::parse("a: 1").unwrap()
        );
    }
}
