//! The file that gets the addresses of the sent posts, and its format.

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

/// A format of data files.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum LinkFormat {
    /// JSON
    #[default]
    Json,
    /// YAML
    Yaml,
    /// TOML
    Toml,
    /// A table with one line for each copy
    Csv,
}

impl LinkFormat {
    /// Returns the format that the name of `file` stands for; `None` if it stands for none.
    pub(crate) fn of_path(file: &Path) -> Option<Self> {
        let extension = file.extension()?.to_str()?;
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// A file for the addresses of the sent posts.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("pattern" = r"(?i)\.(json|ya?ml|toml|csv)$"))]
pub(crate) struct LinkFile {
    /// Its path, relative to pipeline.yaml.
    pub path: String,
    /// Its format.
    pub format: LinkFormat,
}

impl TryFrom<String> for LinkFile {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        match LinkFormat::of_path(Path::new(&path)) {
            Some(format) => Ok(Self { path, format }),
            None => Err(format!(
                "the ending of `{path}` stands for no format; hint: use `.json`, `.yaml`, `.toml` or `.csv`"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ending_stands_for_format() {
        for (name, format) in [
            ("data/a.json", Some(LinkFormat::Json)),
            ("a.YML", Some(LinkFormat::Yaml)),
            ("../a.toml", Some(LinkFormat::Toml)),
            ("a.csv", Some(LinkFormat::Csv)),
            ("a.txt", None),
            ("json", None),
        ] {
            let file = LinkFile::try_from(name.to_owned());
            assert_eq!(file.ok().map(|file| file.format), format, "{name}");
        }
    }
}
