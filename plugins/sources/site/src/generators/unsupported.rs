//! Generators that are detected but whose rules are not supported. Their URLs are not guessed; they are
//! read from the built pages.

use std::path::Path;

use super::eleventy::PACKAGE;
use super::folder_names::FolderNames;

/// A sign that a folder contains a site of a generator.
enum Sign {
    /// A file of one of these names.
    File(&'static [&'static str]),
    /// A folder of this name.
    Folder(&'static str),
    /// A file that contains this text.
    Text(&'static str, &'static str),
    /// A package in `package.json`.
    Package(&'static str),
    /// A file with this extension.
    Extension(&'static str),
}

/// A generator whose rules are not supported.
pub(crate) struct UnsupportedGenerator {
    pub(crate) name: &'static str,
    /// The default folder of built pages; empty if the generator has none.
    output: &'static str,
    signs: &'static [Sign],
}

impl UnsupportedGenerator {
    const fn new(name: &'static str, output: &'static str, signs: &'static [Sign]) -> Self {
        Self {
            name,
            output,
            signs,
        }
    }
}

use Sign::{Extension, File, Folder, Package, Text};

/// Unsupported generators in the order of detection. Tools that others are built on, or that may be used
/// beside them, are last.
const UNSUPPORTED: &[UnsupportedGenerator] = &[
    UnsupportedGenerator::new(
        "VitePress",
        ".vitepress/dist",
        &[
            Folder(".vitepress"),
            Folder("docs/.vitepress"),
            Package("vitepress"),
        ],
    ),
    UnsupportedGenerator::new(
        "VuePress",
        ".vuepress/dist",
        &[
            Folder(".vuepress"),
            Folder("docs/.vuepress"),
            Package("vuepress"),
        ],
    ),
    UnsupportedGenerator::new(
        "Quartz",
        "public",
        &[File(&["quartz.config.ts", "quartz.config.yaml"])],
    ),
    UnsupportedGenerator::new("Quarto", "_site", &[File(&["_quarto.yml", "_quarto.yaml"])]),
    UnsupportedGenerator::new("R Markdown", "_site", &[File(&["_site.yml"])]),
    UnsupportedGenerator::new(
        "Nuxt",
        ".output/public",
        &[File(&[
            "nuxt.config.ts",
            "nuxt.config.js",
            "nuxt.config.mjs",
        ])],
    ),
    UnsupportedGenerator::new(
        "Gridsome",
        "dist",
        &[File(&["gridsome.config.js", "gridsome.config.ts"])],
    ),
    UnsupportedGenerator::new("SvelteKit", "build", &[Package("@sveltejs/kit")]),
    UnsupportedGenerator::new(
        "React Router",
        "build/client",
        &[File(&[
            "react-router.config.ts",
            "react-router.config.js",
            "remix.config.js",
        ])],
    ),
    UnsupportedGenerator::new(
        "Analog",
        "dist/analog/public",
        &[Package("@analogjs/platform")],
    ),
    UnsupportedGenerator::new("Fresh", "_fresh", &[File(&["fresh.config.ts"])]),
    UnsupportedGenerator::new("mdBook", "book", &[File(&["book.toml"])]),
    UnsupportedGenerator::new(
        "Lume",
        "_site",
        &[
            Text("_config.ts", "lume"),
            Text("_config.js", "lume"),
            Text("deno.json", "lume/"),
            Text("deno.jsonc", "lume/"),
        ],
    ),
    UnsupportedGenerator::new(
        "Middleman",
        "build",
        &[
            Text("config.rb", "activate :"),
            Text("Gemfile", "middleman"),
        ],
    ),
    UnsupportedGenerator::new(
        "Bridgetown",
        "output",
        &[
            File(&["bridgetown.config.yml"]),
            Text("Gemfile", "bridgetown"),
        ],
    ),
    UnsupportedGenerator::new("nanoc", "output", &[File(&["nanoc.yaml"])]),
    UnsupportedGenerator::new("Nikola", "output", &[Text("conf.py", "BLOG_TITLE")]),
    UnsupportedGenerator::new("Jupyter Book", "_build/html", &[File(&["_toc.yml"])]),
    UnsupportedGenerator::new("MyST", "_build/html", &[File(&["myst.yml"])]),
    UnsupportedGenerator::new("Sphinx", "_build/html", &[Text("conf.py", "extensions")]),
    UnsupportedGenerator::new("MkDocs", "site", &[File(&["mkdocs.yml", "mkdocs.yaml"])]),
    UnsupportedGenerator::new("Zensical", "site", &[File(&["zensical.toml"])]),
    UnsupportedGenerator::new("Lektor", "", &[Extension("lektorproject")]),
    UnsupportedGenerator::new("Cobalt", "_site", &[File(&["_cobalt.yml"])]),
    UnsupportedGenerator::new("Hakyll", "_site", &[Text("site.hs", "Hakyll")]),
    UnsupportedGenerator::new(
        "Soupault",
        "build",
        &[File(&["soupault.toml", "soupault.conf"])],
    ),
    UnsupportedGenerator::new("Antora", "build/site", &[File(&["antora-playbook.yml"])]),
    UnsupportedGenerator::new(
        "Jigsaw",
        "build_production",
        &[Text("composer.json", "tightenco/jigsaw")],
    ),
    UnsupportedGenerator::new(
        "Sculpin",
        "output_prod",
        &[Text("composer.json", "sculpin/")],
    ),
    UnsupportedGenerator::new("Retype", ".retype", &[File(&["retype.yml"])]),
    UnsupportedGenerator::new(
        "Mintlify",
        "",
        &[Text("docs.json", "mintlify"), File(&["mint.json"])],
    ),
    UnsupportedGenerator::new(
        "HonKit",
        "_book",
        &[Package("honkit"), Package("gitbook-cli")],
    ),
    UnsupportedGenerator::new(
        "Metalsmith",
        "build",
        &[File(&["metalsmith.json"]), Package("metalsmith")],
    ),
    UnsupportedGenerator::new("Nikola or Sphinx", "output", &[File(&["conf.py"])]),
    UnsupportedGenerator::new("Ghost", "", &[Text("default.hbs", "ghost_head")]),
    UnsupportedGenerator::new("Obsidian", "", &[Folder(".obsidian")]),
];

/// Detects an unsupported generator in `root`.
pub(crate) fn find_unsupported(root: &Path) -> Option<&'static UnsupportedGenerator> {
    let names = FolderNames::list(root);
    let has = |sign: &Sign| sign.may_be_in(&names) && sign.is_in_folder(root);
    UNSUPPORTED
        .iter()
        .find(|generator| generator.signs.iter().any(has))
}

impl Sign {
    /// Returns `false` if a folder with these names certainly has no such sign.
    fn may_be_in(&self, names: &FolderNames) -> bool {
        match self {
            Self::File(paths) => paths.iter().any(|path| names.may_have(path)),
            Self::Folder(path) | Self::Text(path, _) => names.may_have(path),
            Self::Package(_) => names.may_have(PACKAGE),
            Self::Extension(extension) => names.may_have_extension(extension),
        }
    }

    fn is_in_folder(&self, root: &Path) -> bool {
        let text = |name: &str| std::fs::read_to_string(root.join(name)).unwrap_or_default();
        match self {
            Self::File(names) => names.iter().any(|name| root.join(name).is_file()),
            Self::Folder(name) => root.join(name).is_dir(),
            Self::Text(name, part) => text(name).contains(part),
            Self::Extension(extension) => {
                let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
                let mut paths = entries.map(|entry| entry.path());
                paths.any(|path| path.extension().is_some_and(|own| own == *extension))
            }
            Self::Package(name) => text(PACKAGE).contains(&format!("\"{name}\":")),
        }
    }
}

impl UnsupportedGenerator {
    /// Returns the default folder of built pages; `None` if the generator has none. It is in `docs` if the
    /// generator's own folder is.
    pub(crate) fn output(&self, root: &Path) -> Option<String> {
        let own = self
            .output
            .split('/')
            .next()
            .filter(|own| own.starts_with('.'));
        let is_below = |own: &str| !root.join(own).is_dir() && root.join("docs").join(own).is_dir();
        match self.output {
            "" => None,
            output if own.is_some_and(is_below) => Some(format!("docs/{output}")),
            output => Some(output.to_owned()),
        }
    }

    /// Returns advice for the user, as a clause without a full stop.
    pub(crate) fn advice(&self, root: &Path) -> String {
        match self.output(root) {
            Some(output) => format!(
                "the rules of {} are not supported: set `output` to the folder of its built pages, \
                 such as `{output}`, and `content: false`, and build the site before each run",
                self.name
            ),
            None => format!(
                "the URLs of a {} site depend on how it is published: set `output` to the folder of the \
                 built pages and `content: false`, or read the site's feed with `type: feed`",
                self.name
            ),
        }
    }

    /// Returns a note for the user about a pipeline with the options of [`Self::advice`].
    pub(crate) fn setup_note(&self, output: &str) -> String {
        format!(
            "the rules of {} are not supported, so posts are read from its built pages \
             (`content: false`): build the site into `{output}` before each run, and check with \
             `syndicate items` which pages are posts; `pages` overrides that",
            self.name
        )
    }

    /// Returns advice on how to exclude the files `names` from the built site, if the generator
    /// supports it.
    pub(crate) fn exclusion(&self, names: &[&str]) -> Option<String> {
        // Lume makes a page of every data file in its folder.
        (self.name == "Lume").then(|| {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!(
                "Lume would read files of `syndicate`: add `site.ignore({});` to its `_config.ts`",
                names.join(", ")
            )
        })
    }
}
