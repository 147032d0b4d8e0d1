//! A crate as a tree of modules, and the resolution of a path to the file that defines it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::paths::{Binding, Segments};

/// The largest number of re-exports between a name and its definition.
const MAX_HOPS: usize = 16;

/// A module, inline or in its own file.
#[derive(Debug)]
pub(super) struct Module {
    /// The file that contains the module.
    pub(super) file: PathBuf,
    pub(super) parent: Option<usize>,
    /// Child modules, by name.
    pub(super) children: BTreeMap<String, usize>,
    /// The names that the module defines.
    pub(super) definitions: Vec<String>,
    /// The names that the module imports or re-exports.
    pub(super) bindings: Vec<Binding>,
    /// The paths in its code, without those of `pub use`.
    pub(super) mentions: Vec<Segments>,
}

/// The modules of a crate; the first is its root.
#[derive(Debug, Default)]
pub(super) struct Crate {
    pub(super) modules: Vec<Module>,
}

impl Crate {
    /// Returns the file and the name of the item that `path` refers to in the module `from`; `None` if it
    /// is not an item of this crate.
    pub(super) fn definition(&self, from: usize, path: &[String]) -> Option<(&Path, String)> {
        self.resolve(from, path, MAX_HOPS)
    }

    fn resolve(&self, from: usize, path: &[String], hops: usize) -> Option<(&Path, String)> {
        let hops = hops.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.resolve_in(0, rest, hops),
            "self" => self.resolve_in(from, rest, hops),
            "super" => self.resolve_super(from, rest, hops),
            _ => self.resolve_in(from, path, hops),
        }
    }

    /// Resolves `path` in the parent of `from`; each further `super` goes one level up.
    fn resolve_super(&self, from: usize, path: &[String], hops: usize) -> Option<(&Path, String)> {
        let parent = self.modules[from].parent?;
        match path.split_first() {
            Some((first, rest)) if first == "super" => self.resolve_super(parent, rest, hops),
            _ => self.resolve_in(parent, path, hops),
        }
    }

    /// Resolves `path`, whose first segment is a name in `module`.
    fn resolve_in(&self, module: usize, path: &[String], hops: usize) -> Option<(&Path, String)> {
        let (first, rest) = path.split_first()?;
        let here = &self.modules[module];
        if here.definitions.contains(first) {
            return Some((&here.file, first.clone()));
        }
        if let Some(child) = here.children.get(first)
            && let Some(found) = self.resolve_in(*child, rest, hops)
        {
            return Some(found);
        }
        here.bindings
            .iter()
            .filter_map(|binding| binding.expand(first, rest))
            .find_map(|path| self.resolve(module, &path, hops))
    }
}
