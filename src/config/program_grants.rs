//! The permissions of a component that is another program: those that pipeline.yaml grants, and those that the program
//! asks for.

use std::path::Path;
use std::slice::from_ref;

use plugin_protocol::Wants;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use syndicate_api::Diagnostic;

use crate::host::{Permissions, wanted_paths};

/// The permissions of a plugin.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Grant {
    /// Names of the environment variables that the plugin gets, and that its options can contain as `${NAME}`.
    pub env: Vec<String>,
    /// Files and folders that the plugin may read, relative to pipeline.yaml. It can always read its own program.
    pub read: Vec<String>,
    /// Files and folders that the plugin may read, change and remove, relative to pipeline.yaml.
    pub write: Vec<String>,
    /// `true` if the plugin may use the network: TCP and UDP, to all hosts.
    pub network: bool,
    /// For sinks: hosts that requests may go to, besides those of URLs in the options.
    pub hosts: Vec<String>,
    /// For sinks: secrets that the plugin may read, to sign posts itself.
    pub seal_secrets: Vec<String>,
}

impl Grant {
    /// Returns what the kernel is to allow. `root` is the absolute path of the folder of pipeline.yaml.
    pub(super) fn permissions(&self, root: &Path) -> Permissions {
        let below = |paths: &[String]| paths.iter().map(|path| root.join(path)).collect();
        Permissions {
            read: below(&self.read),
            write: below(&self.write),
            network: self.network,
        }
    }

    /// Returns an error for each path that does not exist, because the kernel can allow only files that do.
    pub(super) fn missing_paths(&self, root: &Path) -> Vec<Diagnostic> {
        let keys = [("read", &self.read), ("write", &self.write)];
        let paths = keys
            .iter()
            .flat_map(|(key, paths)| paths.iter().map(|path| (*key, path)));
        let missing = paths.filter(|(_, path)| !root.join(path).exists());
        let diagnostic = |(key, path): (&str, &String)| {
            let message = format!("no file or folder `{path}`");
            let hint = "create it, or correct the path, which is relative to pipeline.yaml";
            Diagnostic::option(&["grant", key], message).with_hint(hint)
        };
        missing.map(diagnostic).collect()
    }

    /// Returns an error if the plugin `name` asks for files or the network and does not get them. `{key}` in a path is
    /// an option of the plugin.
    pub(super) fn check_wants(
        &self,
        name: &str,
        wants: &Wants,
        options: &Map<String, Value>,
        root: &Path,
    ) -> Option<Diagnostic> {
        let mut needed = self.clone();
        let mut asks = Vec::new();
        let granted = self.permissions(root);
        for wanted in &wants.read {
            for path in wanted_paths(from_ref(wanted), options) {
                if !granted.may_read(&root.join(&path)) {
                    asks.push(format!("read {}", describe(wanted)));
                    needed.read.push(path);
                }
            }
        }
        for wanted in &wants.write {
            for path in wanted_paths(from_ref(wanted), options) {
                if !granted.may_write(&root.join(&path)) {
                    asks.push(format!("write {}", describe(wanted)));
                    needed.write.push(path);
                }
            }
        }
        if wants.network && !self.network {
            asks.push("use the network".to_owned());
            needed.network = true;
        }
        for secret in &wants.seal_secrets {
            if !self.seal_secrets.contains(secret) {
                asks.push(format!("read the secret `{secret}`"));
                needed.seal_secrets.push(secret.clone());
            }
        }
        if asks.is_empty() {
            return None;
        }
        let message = format!("plugin `{name}` asks to {}", asks.join(", to "));
        let hint = format!("if it may, write `{}`", needed.to_yaml());
        Some(Diagnostic::option(&[], message).with_hint(hint))
    }

    /// Returns the line of pipeline.yaml.
    fn to_yaml(&self) -> String {
        let list = |key: &str, values: &[String]| {
            let values: Vec<String> = values.iter().map(|value| yaml_text(value)).collect();
            (!values.is_empty()).then(|| format!("{key}: [{}]", values.join(", ")))
        };
        let lists = [
            list("env", &self.env),
            list("read", &self.read),
            list("write", &self.write),
            list("hosts", &self.hosts),
            list("seal_secrets", &self.seal_secrets),
        ];
        let network = self.network.then(|| "network: true".to_owned());
        let entries: Vec<String> = lists.into_iter().chain([network]).flatten().collect();
        format!("grant: {{{}}}", entries.join(", "))
    }
}

/// Describes a path that a plugin asks for. Messages hide the values of options, so that of `{key}` is described by its key.
fn describe(wanted: &str) -> String {
    let key = wanted
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match key {
        Some(key) => format!("the path in `{key}`"),
        None => format!("`{wanted}`"),
    }
}

/// Quotes a text that YAML would read as something else.
fn yaml_text(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    match text.starts_with(|c: char| c.is_alphabetic() || c == '.' || c == '/')
        && text.chars().all(is_plain)
    {
        true => text.to_owned(),
        false => Value::from(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(grant: &Grant, wants: &Wants) -> Option<Diagnostic> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("notes/2026")).unwrap();
        let options = json!({"folder": "notes/2026"});
        grant.check_wants("x", wants, options.as_object().unwrap(), folder.path())
    }

    #[test]
    fn wants_that_are_granted_pass() {
        let grant = Grant {
            read: vec!["notes".to_owned()],
            network: true,
            ..Grant::default()
        };
        let wants = Wants {
            read: vec!["{folder}".to_owned(), "{other}".to_owned()],
            network: true,
            ..Wants::default()
        };
        assert_eq!(check(&grant, &wants), None);
        assert_eq!(check(&Grant::default(), &Wants::default()), None);
    }

    #[test]
    fn wanted_option_is_named_by_its_key() {
        let wants = Wants {
            read: vec!["{folder}".to_owned()],
            write: vec!["{folder}".to_owned()],
            ..Wants::default()
        };
        let fault = check(&Grant::default(), &wants).unwrap();
        let message = "plugin `x` asks to read the path in `folder`, to write the path in `folder`";
        assert_eq!(fault.to_string(), message);
        let hint = "if it may, write `grant: {read: [notes/2026], write: [notes/2026]}`";
        assert_eq!(fault.hint.as_deref(), Some(hint));
    }

    #[test]
    fn wants_that_are_not_granted_show_the_line() {
        let grant = Grant {
            env: vec!["A".to_owned()],
            read: vec!["notes".to_owned()],
            hosts: vec!["api.example.org".to_owned()],
            ..Grant::default()
        };
        let wants = Wants {
            read: vec!["my notes".to_owned(), "{folder}".to_owned()],
            write: vec!["notes".to_owned()],
            network: true,
            seal_secrets: vec!["nsec".to_owned()],
            ..Wants::default()
        };
        let fault = check(&grant, &wants).unwrap();
        assert_eq!(
            fault.to_string(),
            "plugin `x` asks to read `my notes`, to write `notes`, to use the network, to read the secret `nsec`"
        );
        assert_eq!(
            fault.hint.as_deref(),
            Some(
                "if it may, write `grant: {env: [A], read: [notes, \"my notes\"], write: [notes], hosts: [api.example.org], seal_secrets: [nsec], network: true}`"
            )
        );
    }
}
