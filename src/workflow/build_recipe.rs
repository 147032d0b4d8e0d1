//! The commands that build a site on a runner: its tools, its dependencies and its generator.

use std::path::Path;

use syndicate_api::DetectedGenerator;

use super::node::{NodeProject, PackageManager};

/// The version of Hugo.
pub(super) const HUGO: &str = "0.157.0";

/// Zola's release for Linux, with the SHA-256 of the archive.
const INSTALL_ZOLA: &str = "\
archive=zola-v0.22.1-x86_64-unknown-linux-gnu.tar.gz
curl -fsSLO \"https://github.com/getzola/zola/releases/download/v0.22.1/$archive\"
echo \"0ca09aa40376aaa9ddfb512ff9ad963262ef95edb0d0f2d5ec6961b6f5cf22ef  $archive\" | sha256sum --check
sudo tar -xzf \"$archive\" -C /usr/local/bin zola
rm \"$archive\"";

/// Generators that are Node packages, with their build commands.
const NODE_GENERATORS: &[(&str, &str)] = &[
    ("Astro", "astro build"),
    ("Docusaurus", "docusaurus build"),
    ("Eleventy", "eleventy"),
    ("Gatsby", "gatsby build"),
    ("Hexo", "hexo generate"),
    ("Next.js", "next build"),
];

/// The build of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BuildRecipe {
    /// The site's folder relative to the repository's root; empty if it is the root.
    pub(super) folder: String,
    /// The folder of built pages, relative to the site's folder.
    pub(super) output: String,
    /// The Node project, if the site has dependencies from npm.
    pub(super) node: Option<NodeProject>,
    pub(super) needs_ruby: bool,
    pub(super) needs_python: bool,
    pub(super) needs_hugo: bool,
    /// `true` if the site has no Gemfile and is built like GitHub builds it.
    pub(super) is_github_jekyll: bool,
    /// `true` if the generator reads dates from the history.
    pub(super) needs_history: bool,
    /// The commands, in order.
    pub(super) steps: Vec<BuildStep>,
}

/// One command of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BuildStep {
    pub(super) name: &'static str,
    pub(super) run: String,
}

/// A site whose build is not known.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecipeError {
    #[error("no build command is known for a {0} site")]
    UnknownCommand(String),
    #[error("the folder of built pages is not known")]
    UnknownOutput,
}

/// The facts that a recipe is found from.
pub(crate) struct SiteFacts<'a> {
    /// The site's folder.
    pub(crate) root: &'a Path,
    /// The site's folder relative to the repository's root; empty if it is the root.
    pub(crate) folder: String,
    pub(crate) generator: Option<&'a DetectedGenerator>,
    /// The pipeline's `output`, relative to the site's folder.
    pub(crate) output: Option<String>,
    /// The user's own build command.
    pub(crate) command: Option<&'a str>,
}

impl BuildRecipe {
    /// Finds the build of a site.
    ///
    /// # Errors
    /// Returns an error if the generator's command or its output folder is not known.
    pub(crate) fn find(site: SiteFacts<'_>) -> Result<Self, RecipeError> {
        let name = site.generator.map_or("", |generator| generator.name);
        let default_output = site
            .generator
            .and_then(|generator| generator.output.clone());
        let output = site
            .output
            .or(default_output)
            .ok_or(RecipeError::UnknownOutput)?;
        let has = |name: &str| site.root.join(name).is_file();
        let mut recipe = Self {
            folder: site.folder,
            output,
            node: NodeProject::find(site.root),
            needs_ruby: has("Gemfile"),
            needs_python: name == "Pelican" || has("requirements.txt"),
            needs_hugo: name == "Hugo",
            is_github_jekyll: name == "Jekyll" && !has("Gemfile") && site.command.is_none(),
            needs_history: matches!(name, "Docusaurus" | "Hugo"),
            steps: Vec::new(),
        };
        recipe.install_dependencies(name, site.root);
        let build = match site.command {
            Some(command) => Some(command.to_owned()),
            None => recipe.command(name, site.root),
        };
        match build {
            Some(run) => recipe.steps.push(BuildStep::new("Build", run)),
            None if recipe.is_github_jekyll => {}
            None => return Err(RecipeError::UnknownCommand(name.to_owned())),
        }
        Ok(recipe)
    }

    fn install_dependencies(&mut self, generator: &str, root: &Path) {
        let has = |name: &str| root.join(name).is_file();
        if generator == "Zola" {
            self.steps
                .push(BuildStep::new("Install Zola", INSTALL_ZOLA));
        }
        if let Some(node) = &self.node {
            let install = BuildStep::new("Install dependencies", node.manager.install());
            self.steps.push(install);
        }
        if self.needs_ruby {
            self.steps
                .push(BuildStep::new("Install gems", "bundle install"));
        }
        if self.needs_python {
            let install = if has("requirements.txt") {
                "pip install -r requirements.txt"
            } else if has("pyproject.toml") {
                "pip install ."
            } else {
                "pip install 'pelican[markdown]'"
            };
            self.steps.push(BuildStep::new("Install packages", install));
        }
    }

    /// Returns the build command of the generator.
    fn command(&self, generator: &str, root: &Path) -> Option<String> {
        match generator {
            "Hugo" => return Some("hugo".to_owned()),
            "Zola" => return Some("zola build".to_owned()),
            "Jekyll" => {
                let command = "bundle exec jekyll build".to_owned();
                return self.needs_ruby.then_some(command);
            }
            "Pelican" => {
                let settings = ["publishconf.py", "pelicanconf.py"];
                let settings = settings
                    .into_iter()
                    .find(|name| root.join(name).is_file())?;
                return Some(format!("pelican --settings {settings}"));
            }
            _ => {}
        }
        let node = self.node.as_ref()?;
        if node.has_build_script {
            return Some(node.manager.build().to_owned());
        }
        let (_, command) = NODE_GENERATORS
            .iter()
            .find(|(name, _)| *name == generator)?;
        Some(node.manager.execute(command))
    }

    /// Returns the path of a file of the site relative to the repository's root.
    pub(super) fn path_of(&self, file: &str) -> String {
        match self.folder.as_str() {
            "" => file.to_owned(),
            folder => format!("{folder}/{file}"),
        }
    }

    /// Returns the folder of built pages relative to the repository's root.
    pub(super) fn output_path(&self) -> String {
        self.path_of(self.output.trim_start_matches("./").trim_end_matches('/'))
    }

    /// Returns `true` if pnpm must be installed.
    pub(super) fn needs_pnpm(&self) -> bool {
        let manager = self.node.as_ref().map(|node| node.manager);
        manager == Some(PackageManager::Pnpm)
    }
}

impl BuildStep {
    fn new(name: &'static str, run: impl Into<String>) -> Self {
        Self {
            name,
            run: run.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Returns the commands for a site of `generator` with these files.
    fn commands(generator: &'static str, files: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let generator = DetectedGenerator {
            name: generator,
            folder: ".".to_owned(),
            output: Some("public".to_owned()),
        };
        let found = BuildRecipe::find(SiteFacts {
            root: folder.path(),
            folder: String::new(),
            generator: Some(&generator),
            output: None,
            command: None,
        });
        let recipe = found.map_err(|error| error.to_string())?;
        Ok(recipe.steps.into_iter().map(|step| step.run).collect())
    }

    #[test]
    fn build_script_precedes_generator() {
        let lock = ("package-lock.json", "{}");
        let with_script = ("package.json", r#"{"scripts": {"build": "hexo generate"}}"#);
        assert_eq!(
            commands("Hexo", &[with_script, lock]).unwrap(),
            ["npm ci", "npm run build"]
        );
        assert_eq!(
            commands("Hexo", &[("package.json", "{}"), lock]).unwrap(),
            ["npm ci", "npx --no-install hexo generate"]
        );
    }

    #[test]
    fn each_language_installs_its_dependencies() {
        assert_eq!(
            commands("Jekyll", &[("Gemfile", "")]).unwrap(),
            ["bundle install", "bundle exec jekyll build"]
        );
        assert_eq!(commands("Jekyll", &[]).unwrap(), [""; 0]);
        assert_eq!(
            commands("Pelican", &[("pelicanconf.py", "")]).unwrap(),
            [
                "pip install 'pelican[markdown]'",
                "pelican --settings pelicanconf.py"
            ]
        );
        assert_eq!(commands("Hugo", &[]).unwrap(), ["hugo"]);
    }

    #[test]
    fn unknown_generator_needs_command() {
        let error = commands("mdBook", &[]).unwrap_err();
        assert_eq!(error, "no build command is known for a mdBook site");
    }
}
