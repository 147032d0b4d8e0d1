//! All generators, and which of them made the site in a folder.

use std::path::Path;

use syndicate_api::Result;

use super::conventions::Loaded;
use super::model::GeneratorKind;
use super::{astro, docusaurus, eleventy, hexo, hugo, jekyll, pelican, plain, react, zola};

/// A generator that is recognised by its config file.
pub(crate) struct Known {
    pub(crate) kind: GeneratorKind,
    pub(crate) name: &'static str,
    /// Returns whether the folder holds a site of the generator; an error where it does and its config
    /// cannot be read.
    is_site: fn(&Path) -> Result<bool>,
    /// Reads the generator's config.
    load: fn(&Path) -> Result<Loaded>,
}

/// In the order of asking. Config files of one name are told apart by their keys, not by this order.
const KNOWN: &[Known] = &[
    Known {
        kind: GeneratorKind::Jekyll,
        name: "Jekyll",
        is_site: jekyll::is_site,
        load: jekyll::load,
    },
    Known {
        kind: GeneratorKind::Hexo,
        name: "Hexo",
        is_site: hexo::is_site,
        load: hexo::load,
    },
    Known {
        kind: GeneratorKind::Pelican,
        name: "Pelican",
        is_site: pelican::is_site,
        load: pelican::load,
    },
    Known {
        kind: GeneratorKind::Hugo,
        name: "Hugo",
        is_site: hugo::is_site,
        load: hugo::load,
    },
    Known {
        kind: GeneratorKind::Zola,
        name: "Zola",
        is_site: zola::is_site,
        load: zola::load,
    },
    Known {
        kind: GeneratorKind::Docusaurus,
        name: "Docusaurus",
        is_site: docusaurus::is_site,
        load: docusaurus::load,
    },
    Known {
        kind: GeneratorKind::Astro,
        name: "Astro",
        is_site: astro::is_site,
        load: astro::load,
    },
    Known {
        kind: GeneratorKind::Eleventy,
        name: "Eleventy",
        is_site: eleventy::is_site,
        load: eleventy::load,
    },
    Known {
        kind: GeneratorKind::Gatsby,
        name: "Gatsby",
        is_site: react::is_gatsby_site,
        load: react::load_gatsby,
    },
    Known {
        kind: GeneratorKind::Next,
        name: "Next.js",
        is_site: react::is_next_site,
        load: react::load_next,
    },
];

/// Loads the rules of the generator that `kind` names, or of the one that is recognised at `root`.
///
/// # Errors
/// Returns an error if the generator's config file cannot be read.
pub(crate) fn load(kind: GeneratorKind, root: &Path) -> Result<Loaded> {
    let known = match kind {
        GeneratorKind::Auto => match recognise(root) {
            Some((known, readable)) => readable.map(|()| Some(known))?,
            None => None,
        },
        kind => KNOWN.iter().find(|known| known.kind == kind),
    };
    match known {
        Some(known) => (known.load)(root),
        None => Ok(plain::load()),
    }
}

/// Returns the generator whose config is at `root`, and whether that config can be read.
pub(crate) fn recognise(root: &Path) -> Option<(&'static Known, Result<()>)> {
    KNOWN.iter().find_map(|known| match (known.is_site)(root) {
        Ok(true) => Some((known, Ok(()))),
        Ok(false) => None,
        Err(error) => Some((known, Err(error))),
    })
}
