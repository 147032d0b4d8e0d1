//! Reads the flags of Eleventy's command line in the scripts of package.json ("Command Line Usage", Eleventy's
//! documentation). They override the config file.

use serde_json::Value;

/// The name of the script that builds the site for its readers, in most sites.
const BUILD: &str = "build";

/// The flags that affect URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub(super) input: Option<String>,
    pub(super) output: Option<String>,
    pub(super) path_prefix: Option<String>,
}

impl Flags {
    /// Reads the flags in the script `build` of a `package.json`, otherwise in the first script that calls Eleventy.
    pub(super) fn read(package: &Value) -> Self {
        let Some(scripts) = package.get("scripts").and_then(Value::as_object) else {
            return Self::default();
        };
        let build = scripts.get_key_value(BUILD);
        let mut commands = build.into_iter().chain(scripts).filter_map(|(_, script)| {
            let commands = script.as_str()?.split(['&', ';', '|']);
            commands.map(command_line).find(|words| !words.is_empty())
        });
        commands
            .next()
            .map_or_else(Self::default, |words| Self::parse(&words))
    }

    fn parse(words: &[&str]) -> Self {
        let flag = |name: &str| {
            let at = words.iter().position(|word| {
                word.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
            })?;
            let value = match words[at].split_once('=') {
                Some((_, value)) => value,
                None => words.get(at + 1)?,
            };
            let value = value.trim_matches(['"', '\'']);
            // The shell sets the value of a variable.
            (!value.contains('$')).then(|| value.to_owned())
        };
        Self {
            input: flag("--input"),
            output: flag("--output"),
            path_prefix: flag("--pathprefix"),
        }
    }
}

/// Returns the words after the name of Eleventy in a command; empty if it is another command.
fn command_line(command: &str) -> Vec<&str> {
    let mut words = command.split_whitespace();
    let is_eleventy = |word: &str| {
        let name = word.rsplit('/').next().unwrap_or(word);
        name == "eleventy" || name.starts_with("eleventy@")
    };
    match words.by_ref().find(|word| is_eleventy(word)) {
        // Without flags, the command still counts as one of Eleventy.
        Some(name) => [name].into_iter().chain(words).collect(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn flags_of_build_script() {
        let flags = |scripts: Value| {
            let Flags {
                input,
                output,
                path_prefix,
            } = Flags::read(&json!({"scripts": scripts}));
            [input, output, path_prefix].map(Option::unwrap_or_default)
        };
        for (scripts, expected) in [
            (
                json!({
                    "a": "npx @11ty/eleventy --input=dev",
                    "build": "rm -r _site && npx @11ty/eleventy --input=src --output 'out' --pathprefix=/p/",
                }),
                ["src", "out", "/p/"],
            ),
            (
                json!({"start": "ELEVENTY_ENV=x eleventy --serve --input ./src"}),
                ["./src", "", ""],
            ),
            (
                json!({"build": "eleventy", "start": "eleventy --input=src"}),
                ["", "", ""],
            ),
            (
                json!({"build": "eleventy --pathprefix=$BASE --inputs=x"}),
                ["", "", ""],
            ),
            (json!({"build": "webpack --input=x"}), ["", "", ""]),
            (json!([]), ["", "", ""]),
        ] {
            assert_eq!(flags(scripts.clone()), expected, "{scripts}");
        }
    }
}
