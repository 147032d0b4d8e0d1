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

/// Returns the files of the plugin `name`.
pub(crate) fn scaffold(language: Language, kind: PluginKind, name: &str) -> Scaffold {
    let variable = name.to_uppercase().replace('-', "_");
    let (section, options) = match kind {
        PluginKind::Source => (
            "sources",
            "folder: notes, grant: {read: [notes]}".to_owned(),
        ),
        PluginKind::Transform => ("transforms", "tag: rust".to_owned()),
        PluginKind::Sink => (
            "sinks",
            format!("site: \"https://example.org\", token: \"${{{variable}_TOKEN}}\""),
        ),
    };
    let (extension, test_runner) = match language {
        Language::Python => ("py", "python3"),
        Language::Node => ("js", "node"),
        Language::Shell => ("sh", "sh"),
    };
    let [program, test] = templates(language, kind);
    let fill = |text: &str| text.replace("@NAME@", name);
    Scaffold {
        program: (format!("{PREFIX}{name}"), fill(program)),
        test: (format!("{name}_test.{extension}"), fill(test)),
        test_runner,
        section,
        component: format!("{name}: {{type: {name}, {options}}}"),
    }
}

/// Returns the templates of a program and its test.
fn templates(language: Language, kind: PluginKind) -> [&'static str; 2] {
    macro_rules! pair {
        ($kind:literal, $extension:literal) => {
            [
                include_str!(concat!("templates/", $kind, ".", $extension)),
                include_str!(concat!("templates/", $kind, "_test.", $extension)),
            ]
        };
    }
    match (language, kind) {
        (Language::Python, PluginKind::Source) => pair!("source", "py"),
        (Language::Python, PluginKind::Transform) => pair!("transform", "py"),
        (Language::Python, PluginKind::Sink) => pair!("sink", "py"),
        (Language::Node, PluginKind::Source) => pair!("source", "js"),
        (Language::Node, PluginKind::Transform) => pair!("transform", "js"),
        (Language::Node, PluginKind::Sink) => pair!("sink", "js"),
        (Language::Shell, PluginKind::Source) => pair!("source", "sh"),
        (Language::Shell, PluginKind::Transform) => pair!("transform", "sh"),
        (Language::Shell, PluginKind::Sink) => pair!("sink", "sh"),
    }
}
