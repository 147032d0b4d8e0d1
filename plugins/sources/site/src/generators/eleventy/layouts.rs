//! Reads the front matter of layouts, which is data of the pages that use them ("Layouts", Eleventy's documentation).

use std::collections::BTreeMap;
use std::path::Path;

use ignore::WalkBuilder;
use serde_json::{Map, Value};

use super::config::Config;
use super::data::merge;
use crate::document::{Document, FrontMatterSyntax};
use crate::walk::NODE_MODULES;

/// The maximum number of layouts around a page. Layouts may include each other in a cycle.
const MAX_CHAIN: usize = 16;

/// The front matter of the layouts of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Layouts {
    /// Front matter by the name of the layout, with and without extension.
    by_name: BTreeMap<String, Map<String, Value>>,
}

impl Layouts {
    /// Reads all layouts. One with invalid front matter has no data.
    pub(super) fn read(root: &Path, config: &Config, syntax: FrontMatterSyntax) -> Self {
        let folder = root.join(&config.layouts);
        // The folder may be that of the whole site.
        let files = WalkBuilder::new(&folder)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != NODE_MODULES)
            .build();
        let mut layouts = Self::default();
        for entry in files.flatten() {
            let name = entry.path().strip_prefix(&folder).ok();
            let Some(name) = name
                .and_then(Path::to_str)
                .map(|name| name.replace('\\', "/"))
            else {
                continue;
            };
            let data = front_matter(entry.path(), syntax).unwrap_or_default();
            if data.is_empty() {
                continue;
            }
            if let Some((stem, _)) = name.rsplit_once('.') {
                layouts.by_name.insert(stem.to_owned(), data.clone());
            }
            layouts.by_name.insert(name, data);
        }
        for (alias, name) in &config.layout_aliases {
            if let Some(data) = layouts.by_name.get(name).cloned() {
                layouts.by_name.insert(alias.clone(), data);
            }
        }
        layouts
    }

    /// Adds the data of the layout `name`, and of the layouts around it, below `data`.
    pub(super) fn add_below(&self, name: &str, data: Map<String, Value>) -> Map<String, Value> {
        let mut chain = Vec::new();
        let mut next = Some(name);
        while let Some(layout) = next.and_then(|name| self.by_name.get(name)) {
            chain.push(layout);
            next = layout.get("layout").and_then(Value::as_str);
            if chain.len() == MAX_CHAIN {
                break;
            }
        }
        let mut merged = Map::new();
        for layout in chain.into_iter().rev() {
            merge(&mut merged, layout.clone());
        }
        merge(&mut merged, data);
        merged
    }
}

fn front_matter(path: &Path, syntax: FrontMatterSyntax) -> Option<Map<String, Value>> {
    let bytes = std::fs::read(path).ok()?;
    if !bytes.starts_with(b"---") {
        return None;
    }
    Some(Document::parse(&bytes, syntax).ok()?.front.map)
}
