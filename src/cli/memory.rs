//! What is remembered between runs, as a file in the user's cache folder. Losing it costs a question
//! to the platform, so trouble with the file is nobody's trouble.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use syndicate_api::{Env, Memory};

use super::cache::folder;

#[derive(Debug)]
pub(super) struct FileMemory {
    file: Option<PathBuf>,
    facts: Mutex<BTreeMap<String, String>>,
}

impl FileMemory {
    /// The memory in the user's cache folder.
    pub(super) fn open(env: &Env) -> Self {
        let file = folder(env).map(|folder| folder.join("memory.json"));
        let facts = file
            .as_ref()
            .and_then(|file| std::fs::read(file).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self {
            file,
            facts: Mutex::new(facts),
        }
    }

    fn save(&self, facts: &BTreeMap<String, String>) -> Option<()> {
        let file = self.file.as_ref()?;
        let folder = file.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let partial = folder.join(format!("memory.{}.partial", std::process::id()));
        std::fs::write(&partial, serde_json::to_vec_pretty(facts).ok()?).ok()?;
        std::fs::rename(&partial, file).ok()
    }
}

impl Memory for FileMemory {
    fn recall(&self, key: &str) -> Option<String> {
        self.facts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn remember(&self, key: &str, value: &str) {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        facts.insert(key.to_owned(), value.to_owned());
        // Not saved, not remembered: the next run asks again.
        let _ = self.save(&facts);
    }
}
