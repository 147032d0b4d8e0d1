//! Parses the source files of a crate, and finds items and modules in them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use syn::{Attribute, File, Item, Meta};

/// Parses the file at `path`.
///
/// # Errors
/// Fails if the file cannot be read or is not valid Rust.
pub(crate) fn parse(path: &Path) -> Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    syn::parse_file(&text).with_context(|| format!("cannot parse `{}`", path.display()))
}

/// Returns `true` if an item is compiled for tests only.
pub(crate) fn is_test_only(item: &Item) -> bool {
    attributes(item).iter().any(is_cfg_test)
}

/// Returns the attributes of an item.
fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Returns `true` for `#[cfg(test)]` and `#[cfg(all(test, …))]`.
fn is_cfg_test(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else {
        return false;
    };
    let condition = list.tokens.to_string();
    list.path.is_ident("cfg") && (condition == "test" || condition.starts_with("all (test"))
}

/// Returns the file of the module `name`, which is declared by the module in `folder`.
pub(crate) fn module_file(folder: &Path, name: &str) -> Option<PathBuf> {
    let candidates = [
        folder.join(format!("{name}.rs")),
        folder.join(name).join("mod.rs"),
    ];
    candidates.into_iter().find(|path| path.is_file())
}

/// Returns the folder that contains the files of the modules declared in `file`.
pub(crate) fn modules_folder(file: &Path) -> PathBuf {
    let folder = file.parent().map(PathBuf::from).unwrap_or_default();
    match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") | None => folder,
        Some(stem) => folder.join(stem),
    }
}
