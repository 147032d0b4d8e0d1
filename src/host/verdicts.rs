//! Keeps the answers of transforms between runs, because the same item always gets the same answer. A lost or damaged
//! file costs only time.
//!
//! An answer is found by everything that it depends on: the plugin with its version and files, its options and variables,
//! and the fields of the item.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use plugin_protocol::{Manifest, TransformOk};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use syndicate_api::{Env, sha256_hex};
use tracing::debug;

use super::plugin_host::ProgramSpec;

/// Maximum size of a file, in bytes. A longer one is replaced.
const MAX_FILE: u64 = 16 << 20;

/// Maximum size of a program whose content is compared, in bytes; of a larger one, the time of the last change is.
const MAX_PROGRAM: u64 = 4 << 20;

/// The answers of one transform.
#[derive(Debug)]
pub(super) struct Verdicts {
    file: Option<PathBuf>,
    /// The digest of the plugin, its options and its variables.
    plugin: String,
    answers: Mutex<Option<HashMap<String, TransformOk>>>,
}

/// A line of a file.
#[derive(Deserialize, Serialize)]
struct Verdict {
    item: String,
    ok: TransformOk,
}

impl Verdicts {
    /// Opens the answers of the transform `name`. Without `folder`, they are kept in memory.
    pub(super) fn open(
        folder: Option<&Path>,
        name: &str,
        manifest: &Manifest,
        options: &Map<String, Value>,
        (spec, env): (&ProgramSpec, &Env),
    ) -> Self {
        let place = sha256_hex(format!("{}\0{name}", spec.root.display()).as_bytes());
        Self {
            file: folder.map(|folder| folder.join(format!("{}.jsonl", &place[..32]))),
            plugin: plugin_digest(manifest, options, spec, env),
            answers: Mutex::default(),
        }
    }

    /// Returns the name under which the answer for an item with these fields is kept.
    pub(super) fn key(&self, fields: &Map<String, Value>) -> String {
        sha256_hex(format!("{}{}", self.plugin, json!(fields)).as_bytes())
    }

    /// Returns the answer with this key.
    pub(super) fn get(&self, key: &str) -> Option<TransformOk> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = answers.get_or_insert_with(|| self.read().unwrap_or_default());
        answers.get(key).cloned()
    }

    /// Adds answers with their keys.
    pub(super) fn add(&self, new: Vec<(String, TransformOk)>) {
        if new.is_empty() {
            return;
        }
        if let Err(error) = self.append(&new) {
            debug!(%error, "answers of a transform were not kept");
        }
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get_or_insert_default().extend(new);
    }

    fn read(&self) -> Option<HashMap<String, TransformOk>> {
        let file = std::fs::File::open(self.file.as_ref()?).ok()?;
        let lines = BufReader::new(file).lines().map_while(Result::ok);
        let verdicts = lines.filter_map(|line| serde_json::from_str::<Verdict>(&line).ok());
        Some(verdicts.map(|verdict| (verdict.item, verdict.ok)).collect())
    }

    fn append(&self, new: &[(String, TransformOk)]) -> std::io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let is_long = file.metadata().is_ok_and(|found| found.len() > MAX_FILE);
        if is_long {
            std::fs::remove_file(file)?;
        }
        let mut lines = Vec::new();
        for (item, ok) in new {
            serde_json::to_writer(&mut lines, &json!({"item": item, "ok": ok}))?;
            lines.push(b'\n');
        }
        let mut options = std::fs::OpenOptions::new();
        options
            .create(true)
            .append(true)
            .open(file)?
            .write_all(&lines)
    }
}

fn plugin_digest(
    manifest: &Manifest,
    options: &Map<String, Value>,
    spec: &ProgramSpec,
    env: &Env,
) -> String {
    let files = [spec.file.clone()].into_iter().chain(spec.own_files());
    let files: Vec<Value> = files.map(|file| file_digest(&file)).collect();
    let variables = spec.env.iter().map(|name| (name, env.get(name)));
    let variables: Vec<_> = variables.collect();
    let all = json!([manifest, options, spec.arguments, files, variables]);
    sha256_hex(all.to_string().as_bytes())
}

fn file_digest(file: &Path) -> Value {
    let Ok(found) = file.metadata() else {
        return Value::Null;
    };
    if found.len() <= MAX_PROGRAM
        && let Ok(content) = std::fs::read(file)
    {
        return sha256_hex(&content).into();
    }
    let changed = found.modified().ok();
    json!([file, found.len(), format!("{changed:?}")])
}

#[cfg(test)]
mod tests {
    use plugin_protocol::PluginKind;

    use super::*;

    struct Trial {
        folder: tempfile::TempDir,
        manifest: Manifest,
        options: Map<String, Value>,
        env: Env,
    }

    impl Trial {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("p.sh"), "one").unwrap();
            let manifest = json!({
                "protocol": 1, "kind": PluginKind::Transform, "name": "p", "version": "1",
            });
            Self {
                folder,
                manifest: serde_json::from_value(manifest).unwrap(),
                options: Map::new(),
                env: Env::from_pairs([("A", "1")]),
            }
        }

        fn open(&self) -> Verdicts {
            let root = self.folder.path();
            let spec = ProgramSpec {
                env: vec!["A".to_owned()],
                ..ProgramSpec::for_tests(root)
            };
            let cache = root.join("cache");
            let (manifest, options) = (&self.manifest, &self.options);
            Verdicts::open(Some(&cache), "t", manifest, options, (&spec, &self.env))
        }

        /// Returns the skip reason that is kept for an item with this title.
        fn kept(&self, title: &str) -> Option<String> {
            let verdicts = self.open();
            let key = verdicts.key(&fields(title));
            verdicts.get(&key)?.skip
        }
    }

    fn fields(title: &str) -> Map<String, Value> {
        [("title".to_owned(), title.into())].into_iter().collect()
    }

    fn skip(reason: &str) -> TransformOk {
        TransformOk {
            skip: Some(reason.to_owned()),
            ..TransformOk::default()
        }
    }

    #[test]
    fn answer_is_found_by_all_that_it_depends_on() {
        let mut trial = Trial::new();
        let verdicts = trial.open();
        verdicts.add(vec![(verdicts.key(&fields("A")), skip("no A"))]);
        assert_eq!(trial.kept("A").as_deref(), Some("no A"));
        assert_eq!(trial.kept("B"), None);
        trial.options.insert("max".to_owned(), 3.into());
        assert_eq!(trial.kept("A"), None);
        trial.options.clear();
        trial.manifest.version = "2".to_owned();
        assert_eq!(trial.kept("A"), None);
        trial.manifest.version = "1".to_owned();
        trial.env = Env::from_pairs([("A", "2")]);
        assert_eq!(trial.kept("A"), None);
        trial.env = Env::from_pairs([("A", "1"), ("B", "1")]);
        assert_eq!(trial.kept("A").as_deref(), Some("no A"));
        std::fs::write(trial.folder.path().join("p.sh"), "two").unwrap();
        assert_eq!(trial.kept("A"), None);
    }

    #[test]
    fn damaged_line_is_ignored() {
        let trial = Trial::new();
        let verdicts = trial.open();
        verdicts.add(vec![(verdicts.key(&fields("A")), skip("no A"))]);
        let file = verdicts.file.clone().unwrap();
        let mut text = std::fs::read_to_string(&file).unwrap();
        text.insert_str(0, "{\"item\":\n\u{0}\n");
        std::fs::write(&file, text).unwrap();
        verdicts.add(vec![(verdicts.key(&fields("B")), skip("no B"))]);
        assert_eq!(trial.kept("A").as_deref(), Some("no A"));
        assert_eq!(trial.kept("B").as_deref(), Some("no B"));
    }
}
