//! The files of a new plugin: a program that works, and a test of it in the same language.

use plugin_protocol::PluginKind;

use super::locate::PREFIX;

/// The language of a new plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    Node,
    Shell,
}

/// A new plugin. File names are relative to the folder `plugins`.
#[derive(Clone, Debug)]
pub(crate) struct Scaffold {
    /// The file name and the text of the program.
    pub(crate) program: (String, String),
    /// The file name and the text of its test.
    pub(crate) test: (String, String),
    /// The program that runs the test.
    pub(crate) test_runner: &'static str,
    /// The section of pipeline.yaml and the line in it.
    pub(crate) section: &'static str,
    pub(crate) component: String,
}

/// Returns the files of the plugin `name`, or `None` for a kind without templates.
pub(crate) fn scaffold(language: Language, kind: PluginKind, name: &str) -> Option<Scaffold> {
    let (section, options) = match kind {
        PluginKind::Source => ("sources", "folder: notes, grant: {read: [notes]}"),
        PluginKind::Transform => ("transforms", "tag: rust"),
        PluginKind::Sink => return None,
    };
    let is_source = kind == PluginKind::Source;
    let (extension, test_runner, [program, test]) = match (language, is_source) {
        (Language::Python, true) => (
            "py",
            "python3",
            [
                include_str!("templates/source.py"),
                include_str!("templates/source_test.py"),
            ],
        ),
        (Language::Python, false) => (
            "py",
            "python3",
            [
                include_str!("templates/transform.py"),
                include_str!("templates/transform_test.py"),
            ],
        ),
        (Language::Node, true) => (
            "js",
            "node",
            [
                include_str!("templates/source.js"),
                include_str!("templates/source_test.js"),
            ],
        ),
        (Language::Node, false) => (
            "js",
            "node",
            [
                include_str!("templates/transform.js"),
                include_str!("templates/transform_test.js"),
            ],
        ),
        (Language::Shell, true) => (
            "sh",
            "sh",
            [
                include_str!("templates/source.sh"),
                include_str!("templates/source_test.sh"),
            ],
        ),
        (Language::Shell, false) => (
            "sh",
            "sh",
            [
                include_str!("templates/transform.sh"),
                include_str!("templates/transform_test.sh"),
            ],
        ),
    };
    let fill = |text: &str| text.replace("@NAME@", name);
    Some(Scaffold {
        program: (format!("{PREFIX}{name}"), fill(program)),
        test: (format!("{name}_test.{extension}"), fill(test)),
        test_runner,
        section,
        component: format!("{name}: {{type: {name}, {options}}}"),
    })
}
