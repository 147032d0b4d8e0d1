//! Generators whose rules are not known here. They are recognised all the same, so that no address is
//! guessed: the pages that they build have them.

use std::path::Path;

/// What a site of a generator is recognised by.
enum Sign {
    /// A file of one of these names.
    File(&'static [&'static str]),
    /// A folder of this name.
    Folder(&'static str),
    /// A file with this text in it.
    Text(&'static str, &'static str),
    /// A package that `package.json` names.
    Package(&'static str),
    /// A file with this extension.
    Extension(&'static str),
}

/// A generator.
pub(crate) struct Unsupported {
    pub(crate) name: &'static str,
    /// The folder that it builds into, unless its config names another; empty where there is none.
    output: &'static str,
    signs: &'static [Sign],
}

impl Unsupported {
    const fn new(name: &'static str, output: &'static str, signs: &'static [Sign]) -> Self {
        Self {
            name,
            output,
            signs,
        }
    }
}

use Sign::{Extension, File, Folder, Package, Text};

/// In the order of asking: what others are built upon, or may be used beside them, goes last.
const UNSUPPORTED: &[Unsupported] = &[
    Unsupported::new(
        "VitePress",
        ".vitepress/dist",
        &[
            Folder(".vitepress"),
            Folder("docs/.vitepress"),
            Package("vitepress"),
        ],
    ),
    Unsupported::new(
        "VuePress",
        ".vuepress/dist",
        &[
            Folder(".vuepress"),
            Folder("docs/.vuepress"),
            Package("vuepress"),
        ],
    ),
    Unsupported::new(
        "Quartz",
        "public",
        &[File(&["quartz.config.ts", "quartz.config.yaml"])],
    ),
    Unsupported::new("Quarto", "_site", &[File(&["_quarto.yml", "_quarto.yaml"])]),
    Unsupported::new("R Markdown", "_site", &[File(&["_site.yml"])]),
    Unsupported::new(
        "Nuxt",
        ".output/public",
        &[File(&[
            "nuxt.config.ts",
            "nuxt.config.js",
            "nuxt.config.mjs",
        ])],
    ),
    Unsupported::new(
        "Gridsome",
        "dist",
        &[File(&["gridsome.config.js", "gridsome.config.ts"])],
    ),
    Unsupported::new("SvelteKit", "build", &[Package("@sveltejs/kit")]),
    Unsupported::new(
        "React Router",
        "build/client",
        &[File(&[
            "react-router.config.ts",
            "react-router.config.js",
            "remix.config.js",
        ])],
    ),
    Unsupported::new(
        "Analog",
        "dist/analog/public",
        &[Package("@analogjs/platform")],
    ),
    Unsupported::new("Fresh", "_fresh", &[File(&["fresh.config.ts"])]),
    Unsupported::new("mdBook", "book", &[File(&["book.toml"])]),
    Unsupported::new(
        "Lume",
        "_site",
        &[
            Text("_config.ts", "lume"),
            Text("_config.js", "lume"),
            Text("deno.json", "lume/"),
            Text("deno.jsonc", "lume/"),
        ],
    ),
    Unsupported::new(
        "Middleman",
        "build",
        &[
            Text("config.rb", "activate :"),
            Text("Gemfile", "middleman"),
        ],
    ),
    Unsupported::new(
        "Bridgetown",
        "output",
        &[
            File(&["bridgetown.config.yml"]),
            Text("Gemfile", "bridgetown"),
        ],
    ),
    Unsupported::new("nanoc", "output", &[File(&["nanoc.yaml"])]),
    Unsupported::new("Nikola", "output", &[Text("conf.py", "BLOG_TITLE")]),
    Unsupported::new("Jupyter Book", "_build/html", &[File(&["_toc.yml"])]),
    Unsupported::new("MyST", "_build/html", &[File(&["myst.yml"])]),
    Unsupported::new("Sphinx", "_build/html", &[Text("conf.py", "extensions")]),
    Unsupported::new("MkDocs", "site", &[File(&["mkdocs.yml", "mkdocs.yaml"])]),
    Unsupported::new("Zensical", "site", &[File(&["zensical.toml"])]),
    Unsupported::new("Lektor", "", &[Extension("lektorproject")]),
    Unsupported::new("Cobalt", "_site", &[File(&["_cobalt.yml"])]),
    Unsupported::new("Hakyll", "_site", &[Text("site.hs", "Hakyll")]),
    Unsupported::new(
        "Soupault",
        "build",
        &[File(&["soupault.toml", "soupault.conf"])],
    ),
    Unsupported::new("Antora", "build/site", &[File(&["antora-playbook.yml"])]),
    Unsupported::new(
        "Jigsaw",
        "build_production",
        &[Text("composer.json", "tightenco/jigsaw")],
    ),
    Unsupported::new(
        "Sculpin",
        "output_prod",
        &[Text("composer.json", "sculpin/")],
    ),
    Unsupported::new("Retype", ".retype", &[File(&["retype.yml"])]),
    Unsupported::new(
        "Mintlify",
        "",
        &[Text("docs.json", "mintlify"), File(&["mint.json"])],
    ),
    Unsupported::new(
        "HonKit",
        "_book",
        &[Package("honkit"), Package("gitbook-cli")],
    ),
    Unsupported::new(
        "Metalsmith",
        "build",
        &[File(&["metalsmith.json"]), Package("metalsmith")],
    ),
    Unsupported::new("Nikola or Sphinx", "output", &[File(&["conf.py"])]),
    Unsupported::new("Ghost", "", &[Text("default.hbs", "ghost_head")]),
    Unsupported::new("Obsidian", "", &[Folder(".obsidian")]),
];

/// Returns the generator without rules here whose site is in `root`.
pub(crate) fn unsupported(root: &Path) -> Option<&'static Unsupported> {
    UNSUPPORTED
        .iter()
        .find(|generator| generator.signs.iter().any(|sign| sign.is_in_folder(root)))
}

impl Sign {
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
            Self::Package(name) => text("package.json").contains(&format!("\"{name}\":")),
        }
    }
}

impl Unsupported {
    /// Returns the folder of built pages, which is below `docs` where the generator's own folder is;
    /// `None` where it has no usual one.
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

    /// Returns what the user should do, as a clause without a full stop.
    pub(crate) fn advice(&self, root: &Path) -> String {
        match self.output(root) {
            Some(output) => format!(
                "the rules of {} are not known here: set `output` to the folder of its built pages, \
                 such as `{output}`, and `content: false`, and build the site before each run",
                self.name
            ),
            None => format!(
                "what publishes a folder of {} decides about addresses: set `output` to the folder of \
                 the built pages and `content: false`, or read the site's feed by a source `type: feed`",
                self.name
            ),
        }
    }

    /// Returns what the user should know of a pipeline that has the options of [`Self::advice`].
    pub(crate) fn setup_note(&self, output: &str) -> String {
        format!(
            "the rules of {} are not known here, so the posts are read from its built pages \
             (`content: false`): build the site into `{output}` before each run, and look with \
             `syndicate items` which pages are taken for posts; `pages` names them",
            self.name
        )
    }

    /// Returns what the user has to do so that the site does not publish the files `names`.
    pub(crate) fn exclusion(&self, names: &[&str]) -> Option<String> {
        // Of every file of data in its folder it makes a page.
        (self.name == "Lume").then(|| {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!(
                "Lume would read files of `syndicate`: add `site.ignore({});` to its `_config.ts`",
                names.join(", ")
            )
        })
    }
}
