//! The list of supported generators, and the detection of the one that is used in a folder.

use std::path::Path;

use syndicate_api::Result;

use super::conventions::{Conventions, Loaded};
use super::folder_names::FolderNames;
use super::model::GeneratorKind;
use super::unsupported::find_unsupported;
use crate::urls::BaseUrl;

use super::{astro, docusaurus, eleventy, hexo, hugo, jekyll, pelican, plain, react, zola};

/// A generator that is detected by its config file.
pub(crate) struct KnownGenerator {
    pub(crate) kind: GeneratorKind,
    pub(crate) name: &'static str,
    /// The files and folders of which each site of the generator has at least one.
    signs: &'static [&'static [&'static str]],
    /// Returns `true` if the folder contains a site of the generator; an error if it does, but its config
    /// cannot be read.
    is_site: fn(&Path) -> Result<bool>,
    /// Reads the generator's config.
    load: fn(&Path) -> Result<Loaded>,
}

impl KnownGenerator {
    const fn new(
        kind: GeneratorKind,
        name: &'static str,
        signs: &'static [&'static [&'static str]],
        is_site: fn(&Path) -> Result<bool>,
        load: fn(&Path) -> Result<Loaded>,
    ) -> Self {
        Self {
            kind,
            name,
            signs,
            is_site,
            load,
        }
    }
}

/// Supported generators, in the order of detection. Config files with the same name are distinguished by
/// their keys, not by this order.
const KNOWN: &[KnownGenerator] = &[
    KnownGenerator::new(
        GeneratorKind::Jekyll,
        "Jekyll",
        &[jekyll::NAMES],
        jekyll::is_site,
        jekyll::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Hexo,
        "Hexo",
        &[hexo::NAMES],
        hexo::is_site,
        hexo::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Pelican,
        "Pelican",
        &[pelican::NAMES],
        pelican::is_site,
        pelican::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Hugo,
        "Hugo",
        &[hugo::NAMES, &[hugo::CONFIG_FOLDER]],
        hugo::is_site,
        hugo::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Zola,
        "Zola",
        &[zola::NAMES],
        zola::is_site,
        zola::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Docusaurus,
        "Docusaurus",
        &[docusaurus::NAMES],
        docusaurus::is_site,
        docusaurus::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Astro,
        "Astro",
        &[astro::NAMES],
        astro::is_site,
        astro::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Eleventy,
        "Eleventy",
        &[eleventy::NAMES, &[eleventy::PACKAGE]],
        eleventy::is_site,
        eleventy::load,
    ),
    KnownGenerator::new(
        GeneratorKind::Gatsby,
        "Gatsby",
        &[react::GATSBY],
        react::is_gatsby_site,
        react::load_gatsby,
    ),
    KnownGenerator::new(
        GeneratorKind::Next,
        "Next.js",
        &[react::NEXT],
        react::is_next_site,
        react::load_next,
    ),
];

/// Loads the rules of the generator `kind`, or of the one that is detected at `root`.
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
    Ok(match known {
        Some(known) => {
            let (mut conventions, generator) = (known.load)(root)?;
            reject_invalid_url(&mut conventions);
            (conventions, generator)
        }
        None if kind == GeneratorKind::Auto => {
            let other = find_unsupported(root);
            plain::load(other.map(|generator| generator.advice(root)))
        }
        None => plain::load(None),
    })
}

/// Replaces a URL in the config that is not an `http` or `https` URL by a note.
fn reject_invalid_url(conventions: &mut Conventions) {
    let config = &mut conventions.config;
    let is_invalid = |url: &mut String| BaseUrl::parse(url).is_none();
    let Some(url) = config.url.take_if(is_invalid) else {
        return;
    };
    let file = match conventions.config_files.first() {
        Some(file) => format!("`{file}`"),
        None => "the site's config".to_owned(),
    };
    config.url_notes.push(format!(
        "the site's URL `{url}` in {file} is not an `http` or `https` URL: set it, or `url` of this \
         source, to the site's public address"
    ));
}

/// Detects the generator at `root`. The second value is an error if its config cannot be read.
pub(crate) fn recognise(root: &Path) -> Option<(&'static KnownGenerator, Result<()>)> {
    let names = FolderNames::list(root);
    let has_sign = |known: &&KnownGenerator| {
        let mut signs = known.signs.iter().copied().flatten();
        signs.any(|sign| names.may_have(sign))
    };
    let possible = KNOWN.iter().filter(has_sign);
    let mut tried = possible.map(|known| (known, (known.is_site)(root)));
    let (known, is_site) = tried.find(|(_, is_site)| !matches!(is_site, Ok(false)))?;
    Some((known, is_site.map(|_| ())))
}
