//! Reads the modules of a crate from its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use syn::{Item, ItemMod, Visibility};

use super::graph::{Crate, Module};
use super::paths::{Binding, Segments, mentions, use_bindings};
use crate::source::{is_test_only, module_file, modules_folder, parse};

/// Reads the crate whose root file is `root`.
///
/// # Errors
/// Fails if a source file cannot be read.
pub(super) fn read_crate(root: &Path) -> Result<Crate> {
    let mut krate = Crate::default();
    let location = ModuleLocation {
        file: root.to_owned(),
        folder: modules_folder(root),
        parent: None,
    };
    add(&mut krate.modules, location, &parse(root)?.items)?;
    Ok(krate)
}

/// The position of a module in the crate.
struct ModuleLocation {
    file: PathBuf,
    /// The folder that contains the files of its child modules.
    folder: PathBuf,
    parent: Option<usize>,
}

/// Adds a module with all its children. Returns its index.
fn add(modules: &mut Vec<Module>, location: ModuleLocation, items: &[Item]) -> Result<usize> {
    let index = modules.len();
    let items: Vec<&Item> = items.iter().filter(|item| !is_test_only(item)).collect();
    let (bindings, mut mentions) = imports(&items);
    mentions.extend(items.iter().flat_map(|item| self::mentions(item)));
    modules.push(Module {
        file: location.file.clone(),
        parent: location.parent,
        children: BTreeMap::new(),
        definitions: items.iter().filter_map(|item| defined_name(item)).collect(),
        bindings,
        mentions,
    });
    for item in items {
        if let Item::Mod(module) = item {
            let child = add_child(modules, &location, index, module)?;
            modules[index]
                .children
                .insert(module.ident.to_string(), child);
        }
    }
    Ok(index)
}

fn add_child(
    modules: &mut Vec<Module>,
    location: &ModuleLocation,
    parent: usize,
    module: &ItemMod,
) -> Result<usize> {
    let name = module.ident.to_string();
    let parent = Some(parent);
    if let Some((_, items)) = &module.content {
        let file = location.file.clone();
        let folder = location.folder.join(name);
        return add(
            modules,
            ModuleLocation {
                file,
                folder,
                parent,
            },
            items,
        );
    }
    let file = module_file(&location.folder, &name).with_context(|| {
        format!(
            "the module `{name}` of `{}` has no file",
            location.file.display()
        )
    })?;
    let items = parse(&file)?.items;
    let folder = modules_folder(&file);
    add(
        modules,
        ModuleLocation {
            file,
            folder,
            parent,
        },
        &items,
    )
}

/// Returns the bindings of the `use` items, and the paths of those that are not re-exports.
fn imports(items: &[&Item]) -> (Vec<Binding>, Vec<Segments>) {
    let mut bindings = Vec::new();
    let mut mentions = Vec::new();
    for item in items {
        let Item::Use(import) = item else { continue };
        let bound = use_bindings(&import.tree);
        if matches!(import.vis, Visibility::Inherited) {
            mentions.extend(bound.iter().map(|binding| binding.path().clone()));
        }
        bindings.extend(bound);
    }
    (bindings, mentions)
}

/// Returns the name that an item defines in its module.
fn defined_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
