//! Reading the modules of a crate from its files.

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
/// When a source file cannot be read.
pub(super) fn read_crate(root: &Path) -> Result<Crate> {
    let mut krate = Crate::default();
    let place = Place {
        file: root.to_owned(),
        folder: modules_folder(root),
        parent: None,
    };
    add(&mut krate.modules, place, &parse(root)?.items)?;
    Ok(krate)
}

/// The place of a module in the crate.
struct Place {
    file: PathBuf,
    /// The folder of its child modules' files.
    folder: PathBuf,
    parent: Option<usize>,
}

/// Adds a module with all its children. Returns its index.
fn add(modules: &mut Vec<Module>, place: Place, items: &[Item]) -> Result<usize> {
    let index = modules.len();
    let items: Vec<&Item> = items.iter().filter(|item| !is_test_only(item)).collect();
    let (bindings, mut mentions) = imports(&items);
    mentions.extend(items.iter().flat_map(|item| self::mentions(item)));
    modules.push(Module {
        file: place.file.clone(),
        parent: place.parent,
        children: BTreeMap::new(),
        definitions: items.iter().filter_map(|item| defined_name(item)).collect(),
        bindings,
        mentions,
    });
    for item in items {
        if let Item::Mod(module) = item {
            let child = add_child(modules, &place, index, module)?;
            modules[index]
                .children
                .insert(module.ident.to_string(), child);
        }
    }
    Ok(index)
}

fn add_child(
    modules: &mut Vec<Module>,
    place: &Place,
    parent: usize,
    module: &ItemMod,
) -> Result<usize> {
    let name = module.ident.to_string();
    let parent = Some(parent);
    if let Some((_, items)) = &module.content {
        let file = place.file.clone();
        let folder = place.folder.join(name);
        return add(
            modules,
            Place {
                file,
                folder,
                parent,
            },
            items,
        );
    }
    let file = module_file(&place.folder, &name).with_context(|| {
        format!(
            "the module `{name}` of `{}` has no file",
            place.file.display()
        )
    })?;
    let items = parse(&file)?.items;
    let folder = modules_folder(&file);
    add(
        modules,
        Place {
            file,
            folder,
            parent,
        },
        &items,
    )
}

/// Returns what the `use` items bind, and the paths of those that are not re-exports.
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
