//! How a site is kept from publishing files of ours in its folder, for `init`.

use std::path::Path;

use syndicate_api::Exclusion;

use crate::generators::{GeneratorKind, find_unsupported, jekyll_exclusion, recognise};

/// Returns how the site in `folder` is kept from publishing the files `names`.
pub(crate) fn exclude(folder: &Path, names: &[&str]) -> Option<Exclusion> {
    if let Some((known, _)) = recognise(folder) {
        // Of the others, each takes files from folders of its own alone.
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
            "this folder is served as it is: leave out {} when you deploy it, or move the pages to a \
             folder of their own",
            names.join(", ")
        ))
    })
}
