//! The imports between the files of a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::graph::Crate;

/// An import: a file uses names that another file defines.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) from: PathBuf,
    pub(super) to: PathBuf,
    /// The imported names.
    pub(super) names: BTreeSet<String>,
}

impl Edge {
    /// Formats the edge, with the files relative to `folder`.
    pub(super) fn display(&self, folder: &Path) -> String {
        let relative = |file: &Path| {
            let file = file.strip_prefix(folder).unwrap_or(file);
            file.display().to_string()
        };
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        format!(
            "{} -> {}: {}",
            relative(&self.from),
            relative(&self.to),
            names.join(", ")
        )
    }
}

/// Returns the imports between the files of a crate.
pub(super) fn edges(krate: &Crate) -> Vec<Edge> {
    let mut edges: BTreeMap<(&Path, &Path), BTreeSet<String>> = BTreeMap::new();
    for (index, module) in krate.modules.iter().enumerate() {
        for path in &module.mentions {
            let Some((file, name)) = krate.definition(index, path) else {
                continue;
            };
            if file != module.file {
                let names = edges.entry((&module.file, file)).or_default();
                names.insert(name);
            }
        }
    }
    let edges = edges.into_iter();
    let edges = edges.map(|((from, to), names)| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        names,
    });
    edges.collect()
}
