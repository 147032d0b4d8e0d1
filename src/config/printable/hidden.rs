//! The values of a parsed file that must not appear in messages.

use std::collections::BTreeSet;

use serde_json::Value;
use syndicate_api::{
    Diagnostic, Env, MASK, interpolate, is_likely_secret, is_secret_name, mask_likely_secrets,
    register_secret,
};
use url::Url;

use super::vocabulary::Vocabulary;
use crate::config::tree::{ConfigNode, NodeKind};

/// Minimum length of a replaced value; a shorter one would match in any message.
const SHORTEST: usize = 4;

/// The key of the type of a component.
const TYPE: &str = "type";

/// The values that must not appear in messages, each with its replacement.
pub(in crate::config) struct HiddenValues(Vec<(String, String)>);

impl HiddenValues {
    /// Collects the hidden values of `root`, with its variables expanded from `env`.
    pub(in crate::config) fn of(root: &ConfigNode, env: &Env) -> Self {
        Self::collect(root, env, Some(Vocabulary::new()))
    }

    fn collect(root: &ConfigNode, env: &Env, words: Option<Vocabulary>) -> Self {
        let mut collector = Collector {
            env,
            words,
            names: BTreeSet::new(),
            hidden: Vec::new(),
        };
        if collector.words.is_some() {
            collect_names(root, &mut collector.names);
        }
        collector.node(root, "", false);
        Self(collector.hidden)
    }

    /// Removes hidden values and likely secrets from `fault`. If a value came from a variable, the message
    /// names the variable and its key.
    pub(in crate::config) fn apply(&self, fault: Diagnostic, root: &ConfigNode) -> Diagnostic {
        let mut message = fault.message.clone();
        for (value, shown) in &self.0 {
            for quote in ['`', '"'] {
                let quoted = format!("{quote}{value}{quote}");
                if message.contains(&quoted) {
                    message = message.replace(&quoted, &format!("`{shown}`"));
                }
            }
        }
        let key = fault.span().and_then(|span| root.key_at(span));
        if let Some(key) = key.filter(|key| message != fault.message && !message.contains(*key)) {
            message = format!("`{key}`: {message}");
        }
        let hint = fault.hint.as_deref().map(mask_likely_secrets);
        let hint = hint.map(std::borrow::Cow::into_owned);
        let fault = fault.with_message(mask_likely_secrets(&message));
        fault.with_optional_hint(hint)
    }
}

/// Registers the secrets of `root`, so that they are masked everywhere. It needs no vocabulary, whose schemas take
/// longer to generate than the file to read.
pub(in crate::config) fn register_secrets(root: &ConfigNode, env: &Env) {
    HiddenValues::collect(root, env, None);
}

struct Collector<'a> {
    env: &'a Env,
    /// The harmless keys and values, or `None` if only secrets are registered.
    words: Option<Vocabulary>,
    /// The keys and types in the file. Messages show them, so an equal value is not a secret.
    names: BTreeSet<String>,
    hidden: Vec<(String, String)>,
}

impl Collector<'_> {
    /// Collects from `node`, the value of `key`; `is_secret` if a key above it names a secret.
    fn node(&mut self, node: &ConfigNode, key: &str, is_secret: bool) {
        let is_secret = is_secret || is_secret_name(key);
        match &node.kind {
            NodeKind::Map(entries) => {
                for entry in entries {
                    self.node(&entry.node, &entry.key, is_secret);
                }
            }
            NodeKind::List(nodes) => nodes
                .iter()
                .for_each(|node| self.node(node, key, is_secret)),
            NodeKind::Scalar(Value::String(text)) => self.text(text, key, is_secret),
            NodeKind::Scalar(value) if is_secret => self.hide(&value.to_string(), MASK),
            NodeKind::Scalar(_) => {}
        }
    }

    fn text(&mut self, text: &str, key: &str, is_secret: bool) {
        if text.contains("${") {
            self.expression(text, is_secret);
        } else if is_secret {
            register_secret(text);
            self.hide(text, MASK);
        } else if let Some(words) = &self.words
            && !words.is_harmless(key, text)
            && !words.is_harmless_value(text)
            && !self.names.contains(text)
        {
            self.hide(text, MASK);
        }
        let words = text.split(|c: char| c.is_whitespace() || "\"'`,;()<>".contains(c));
        words
            .filter(|word| is_likely_secret(word))
            .for_each(register_secret);
        if let Ok(url) = Url::parse(text) {
            url.password().into_iter().for_each(register_secret);
        }
    }

    fn expression(&mut self, text: &str, is_secret: bool) {
        let lookup = |name: &str| {
            let value = self.env.get(name)?;
            if is_secret_name(name) {
                register_secret(&value);
            }
            Some(value)
        };
        let Ok(value) = interpolate(text, &lookup) else {
            return;
        };
        if is_secret {
            register_secret(&value);
        }
        let is_harmless = |words: &Vocabulary| words.is_harmless_value(&value);
        if value != text && !self.words.as_ref().is_none_or(is_harmless) {
            self.hide(&value, text);
            self.hide(value.trim(), text);
        }
    }

    fn hide(&mut self, value: &str, shown: &str) {
        if value.len() >= SHORTEST {
            self.hidden.push((value.to_owned(), shown.to_owned()));
        }
    }
}

/// Adds the keys and types in `node` to `names`.
fn collect_names(node: &ConfigNode, names: &mut BTreeSet<String>) {
    match &node.kind {
        NodeKind::Map(entries) => {
            for entry in entries {
                names.insert(entry.key.clone());
                if let (TYPE, NodeKind::Scalar(Value::String(kind))) =
                    (entry.key.as_str(), &entry.node.kind)
                {
                    names.insert(kind.clone());
                }
                collect_names(&entry.node, names);
            }
        }
        NodeKind::List(nodes) => nodes.iter().for_each(|node| collect_names(node, names)),
        NodeKind::Scalar(_) => {}
    }
}
