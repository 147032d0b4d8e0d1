//! The rules of the filter. The first rule that an item does not match is the reason for skipping it.

use std::collections::BTreeMap;

use globset::GlobSet;
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Item, Result, Transform, TransformOutcome};

use crate::authors::AuthorRules;
use crate::expression::Expression;
use crate::names::{NameRules, listed};

/// A value of the front matter that is not a list or a map.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(untagged)]
pub enum Scalar {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(String),
}

pub(crate) struct Filter {
    pub(crate) tags: NameRules,
    pub(crate) authors: AuthorRules,
    pub(crate) include: GlobSet,
    pub(crate) exclude: GlobSet,
    pub(crate) langs: Vec<String>,
    pub(crate) front: BTreeMap<String, Scalar>,
    pub(crate) when: Option<Expression>,
}

impl Transform for Filter {
    fn apply(&self, item: Item) -> Result<TransformOutcome> {
        let reason = self
            .tag_reason(&item)
            .or_else(|| self.authors.reason(&item))
            .or_else(|| self.path_reason(&item))
            .or_else(|| self.lang_reason(&item));
        let reason = match reason {
            Some(reason) => Some(reason),
            None => self.front_reason(&item)?,
        };
        let reason = match (reason, &self.when) {
            (None, Some(when)) => when.reason(&item)?,
            (reason, _) => reason,
        };
        Ok(match reason {
            Some(reason) => TransformOutcome::Skip { reason },
            None => TransformOutcome::Keep(Box::new(item)),
        })
    }
}

impl Filter {
    fn tag_reason(&self, item: &Item) -> Option<String> {
        let has = |wanted: &&String| item.tags.iter().any(|tag| same(tag, wanted));
        if let Some(tag) = self.tags.none.iter().find(has) {
            return Some(format!("has the tag `{tag}`"));
        }
        if let Some(tag) = self.tags.all.iter().find(|tag| !has(tag)) {
            return Some(format!("lacks the tag `{tag}`"));
        }
        if !self.tags.any.is_empty() && !self.tags.any.iter().any(|tag| has(&tag)) {
            return Some(format!("has none of the tags {}", listed(&self.tags.any)));
        }
        None
    }

    fn path_reason(&self, item: &Item) -> Option<String> {
        let path = item
            .path
            .as_deref()
            .or(item.page.as_deref())
            .unwrap_or_default();
        if self.exclude.is_match(path) {
            return Some(format!("`{path}` is excluded"));
        }
        if !self.include.is_empty() && !self.include.is_match(path) {
            return Some(format!("`{path}` is not included"));
        }
        None
    }

    fn lang_reason(&self, item: &Item) -> Option<String> {
        if self.langs.is_empty() {
            return None;
        }
        let lang = item.lang.as_deref().unwrap_or_default();
        let kept = self.langs.iter().any(|wanted| {
            let primary = lang.split(['-', '_']).next().unwrap_or_default();
            same(lang, wanted) || same(primary, wanted)
        });
        match (kept, lang) {
            (true, _) => None,
            (false, "") => Some("has no language".to_owned()),
            (false, lang) => Some(format!("its language is `{lang}`")),
        }
    }

    fn front_reason(&self, item: &Item) -> Result<Option<String>> {
        if self.front.is_empty() {
            return Ok(None);
        }
        let front = item.front.read()?;
        let other = self.front.iter().find(|(key, wanted)| {
            let found = front.get(key.as_str());
            found.is_none_or(|found| text(found) != shown(wanted))
        });
        Ok(other.map(|(key, wanted)| format!("its `{key}` is not `{}`", shown(wanted))))
    }
}

fn text(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn shown(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Text(value) => value.clone(),
    }
}

fn same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}
