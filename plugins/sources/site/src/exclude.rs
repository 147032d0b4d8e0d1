//! Prevents a site from publishing this program's files in its folder, for `init`.

use std::path::Path;

use syndicate_api::Exclusion;

use crate::generators::{GeneratorKind, find_unsupported, jekyll_exclusion, recognise};

/// Returns how to exclude the files `names` from the site in `folder`.
pub(crate) fn exclude(folder: &Path, names: &[&str]) -> Option<Exclusion> {
    if let Some((known, _)) = recognise(folder) {
        // The other generators publish only files from specific folders.
        return match known.kind {
            GeneratorKind::Jekyll => jekyll_exclusion(folder, names),
            _ => None,
        };
    }
    if let Some(found) = find_unsupported(folder) {
        return found.exclusion(names).map(Exclusion::ByHand);
    }
    let is_served = folder.join("index.html").is_file();
    is_served.then(|| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        Exclusion::ByHand(format!(
            "this folder is published unchanged: exclude {} when you deploy it, or move the pages to \
             a separate folder",
            names.join(", ")
        ))
    })
}
