//! The options of `type: hashtags`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::text::is_hashtag;
use syndicate_api::{ComponentContext, Diagnostic, Result, Transform, TransformOptions};

use crate::case::Case;
use crate::tags::{Hashtags, comparable};

/// Options of `hashtags`. For other rules on another platform, use one transform for each and name it under `inputs` of
/// the sink.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Maximum number of hashtags. The first tags are kept.
    pub max: Option<usize>,
    /// Tags that do not become hashtags. Case and punctuation do not count.
    pub deny: Vec<String>,
    /// The hashtags of single tags, such as `{c: CLang}`. Case and punctuation of the tag do not count.
    pub words: BTreeMap<String, String>,
    /// Hashtags of every post, before those of its tags.
    pub add: Vec<String>,
    /// The case of the hashtags that come from tags: as the author wrote the tag (the default), `lower`, or `title` with
    /// a capital letter for each word, which screen readers read best.
    pub case: Case,
}

impl TransformOptions for Options {
    const NAME: &'static str = "hashtags";
    const SUMMARY: &'static str = "Turns tags into hashtags, by rules for each platform.";
    const EXAMPLE: &'static str = "max: 3";

    fn validate(&self) -> Vec<Diagnostic> {
        let add = self.add.iter().enumerate();
        let add = add.map(|(index, word)| (vec!["add".to_owned(), index.to_string()], word));
        let words = self.words.iter();
        let words = words.map(|(tag, word)| (vec!["words".to_owned(), tag.clone()], word));
        let is_invalid = |(_, word): &(Vec<String>, &String)| !is_hashtag(word);
        let invalid = add.chain(words).filter(is_invalid);
        let fault = |(keys, _): (Vec<String>, &String)| {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            Diagnostic::option(&keys, "invalid hashtag")
                .with_hint("use letters, digits and `_`, at least one letter, and no `#`")
        };
        invalid.map(fault).collect()
    }

    fn build(&self, context: &ComponentContext) -> Result<Box<dyn Transform>> {
        let words = self.words.iter();
        Ok(Box::new(Hashtags {
            name: context.name.clone(),
            max: self.max.unwrap_or(usize::MAX),
            deny: self.deny.iter().map(|tag| comparable(tag)).collect(),
            words: words
                .map(|(tag, word)| (comparable(tag), word.clone()))
                .collect(),
            add: self.add.clone(),
            case: self.case,
        }))
    }
}
