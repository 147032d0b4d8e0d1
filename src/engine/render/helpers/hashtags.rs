//! `hashtags` and `hashtag`: convert tags to words that platforms link.

use syndicate_api::text;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const HASHTAGS: Helper = Helper {
    signature: Signature {
        name: "hashtags",
        usage: "{{hashtags LIST max=3 deny=\"draft,misc\"}}",
        parameters: 1..=1,
        options: &["deny", "max"],
        uses: VALUE,
    },
    run: |arguments| {
        let deny = arguments.option("deny")?.unwrap_or_default();
        let max = arguments.count_option("max")?.unwrap_or(usize::MAX);
        let tags = arguments.texts(0)?;
        let tags = tags.iter().flat_map(|tag| tag.split(','));
        Ok(HelperOutput::Hashtags(text::hashtags(
            tags,
            deny.split(','),
            max,
        )))
    },
};

pub(super) const HASHTAG: Helper = Helper {
    signature: Signature {
        name: "hashtag",
        usage: "{{hashtag TEXT}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let tag = arguments.text(0)?;
        let word = text::hashtag(&tag);
        Ok(HelperOutput::Hashtags(word.into_iter().collect()))
    },
};
