//! Every manifest has the fields that a registry and a reader need.

use std::path::Path;

use toml_edit::{DocumentMut, Item};

use super::{files, read, root};

const LICENSE: &str = "MIT OR Apache-2.0";

/// Returns all manifests with their paths: those of the workspace, and that of the fuzz targets.
fn manifests() -> Vec<(String, DocumentMut)> {
    let manifests: Vec<_> = files()
        .into_iter()
        .filter(|file| file.ends_with("Cargo.toml"))
        .map(|file| {
            let manifest = read(&file).parse().unwrap();
            (file.display().to_string().replace('\\', "/"), manifest)
        })
        .collect();
    assert!(manifests.len() > 10, "{}", manifests.len());
    manifests
}

/// Returns a text field of the package, which may be inherited from the workspace.
fn field(manifest: &DocumentMut, name: &str) -> Option<String> {
    let item = manifest["package"].get(name)?;
    let inherits = item.get("workspace").and_then(Item::as_bool) == Some(true);
    let workspace: DocumentMut = read("Cargo.toml").parse().unwrap();
    let item = if inherits {
        workspace["workspace"]["package"].get(name)?.clone()
    } else {
        item.clone()
    };
    Some(item.as_str()?.to_owned())
}

#[test]
fn manifests_have_license_and_description() {
    let fuzz_is_checked = manifests()
        .iter()
        .any(|(path, _)| path == "fuzz/Cargo.toml");
    assert!(fuzz_is_checked);
    for (path, manifest) in manifests() {
        let field = |name| field(&manifest, name);
        assert_eq!(field("license").as_deref(), Some(LICENSE), "{path}");
        assert_eq!(field("edition").as_deref(), Some("2024"), "{path}");
        assert_eq!(field("rust-version").as_deref(), Some("1.95"), "{path}");
        let description = field("description").unwrap_or_default();
        assert!(description.ends_with('.'), "{path}: {description}");
        if let Some(readme) = field("readme") {
            let folder = root().join(Path::new(&path).parent().unwrap());
            assert!(folder.join(&readme).is_file(), "{path}: missing {readme}");
        }
    }
}

/// The rules of crates.io: at most 5 keywords of at most 20 ASCII characters, which begin with a letter
/// or digit and contain letters, digits, `-`, `_` and `+`.
#[test]
fn manifests_have_valid_keywords() {
    for (path, manifest) in manifests() {
        let keywords = manifest["package"].get("keywords").and_then(Item::as_array);
        let keywords: Vec<&str> = keywords
            .unwrap_or_else(|| panic!("{path} has no keywords"))
            .iter()
            .map(|keyword| keyword.as_str().unwrap())
            .collect();
        assert!((1..=5).contains(&keywords.len()), "{path}: {keywords:?}");
        for keyword in keywords {
            let is_valid = keyword.len() <= 20
                && keyword.starts_with(|first: char| first.is_ascii_alphanumeric())
                && keyword
                    .chars()
                    .all(|other| other.is_ascii_alphanumeric() || "-_+".contains(other));
            assert!(is_valid, "{path}: {keyword}");
        }
    }
}

#[test]
fn toolchain_is_minimum_rust_version() {
    let toolchain: DocumentMut = read("rust-toolchain.toml").parse().unwrap();
    let channel = toolchain["toolchain"]["channel"].as_str().unwrap();
    // rustup asks the network for the newest patch version if the channel has none.
    assert_eq!(channel.split('.').count(), 3, "{channel}");
    let root: DocumentMut = read("Cargo.toml").parse().unwrap();
    let minimum = root["workspace"]["package"]["rust-version"]
        .as_str()
        .unwrap();
    assert!(channel.starts_with(&format!("{minimum}.")), "{channel}");
}

#[test]
fn license_files_have_their_texts() {
    let mit = read("LICENSE-MIT");
    assert!(mit.starts_with("MIT License\n\nCopyright (c) "), "{mit}");
    let apache = read("LICENSE-APACHE");
    assert!(apache.contains("Version 2.0, January 2004"));
    assert!(apache.ends_with("END OF TERMS AND CONDITIONS\n"));
}
