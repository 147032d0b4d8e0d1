//! Pictures in a text, named by Markdown or by a template tag that was converted to Markdown.

use html_meta::is_decoration;
use syndicate_api::text::html::attribute;

use crate::urls;

/// The URL scheme of a target that is a file of the post's own asset folder.
const ASSET_SCHEME: &str = "post-asset:";

/// The URL scheme of a target that is the name of a file in any folder of the site, as in Obsidian's
/// embeds.
const VAULT_SCHEME: &str = "vault-file:";

/// A picture as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The URL or path.
    pub(crate) target: String,
    /// `true` if `target` is a file of the post's own asset folder.
    pub(crate) asset: bool,
    /// The alternative text.
    pub(crate) alt: Option<String>,
}

impl Picture {
    /// Returns the picture with this URL or path from the front matter.
    pub(crate) fn at(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            asset: false,
            alt: None,
        }
    }

    /// Returns the picture with this file name in any folder of the site.
    pub(super) fn of_vault(name: &str, alt: Option<&str>) -> Self {
        Self {
            alt: alt.map(str::to_owned),
            ..Self::at(&format!("{VAULT_SCHEME}{}", escaped(name)))
        }
    }

    /// Returns the name or path of a file in any folder of the site, if the picture is given by one.
    pub(crate) fn vault_name(&self) -> Option<String> {
        self.target.strip_prefix(VAULT_SCHEME).map(urls::decode)
    }

    /// Returns the target as the author wrote it, for messages.
    pub(crate) fn written(&self) -> String {
        self.vault_name().unwrap_or_else(|| self.target.clone())
    }

    /// Returns the picture of an `<img>` with these attributes, unless it is decoration.
    pub(super) fn of_element(attributes: &str) -> Option<Self> {
        let source = attribute(attributes, "src")?;
        let source = source.trim();
        let is_decoration = is_decoration(source, |name| attribute(attributes, name));
        (!is_decoration).then(|| Self::named(source, attribute(attributes, "alt")))
    }

    /// Returns the picture with this Markdown target.
    pub(super) fn named(target: &str, alt: Option<String>) -> Self {
        match target.strip_prefix(ASSET_SCHEME) {
            Some(name) => Self {
                target: urls::decode(name),
                asset: true,
                alt,
            },
            None => Self {
                alt,
                ..Self::at(target)
            },
        }
    }
}

/// Writes a picture as Markdown.
pub(super) fn push_picture(source: &str, alt: &str, replaced: &mut String) {
    let target = urls::encode(source);
    let target = target.replace('(', "%28").replace(')', "%29");
    push_markdown(&target, alt, replaced);
}

/// Writes a file of the post's own asset folder as a Markdown picture.
pub(super) fn push_asset(name: &str, alt: &str, replaced: &mut String) {
    push_markdown(&asset_reference(name), alt, replaced);
}

/// Writes a file in any folder of the site as a Markdown picture.
pub(super) fn push_vault_picture(name: &str, alt: &str, replaced: &mut String) {
    push_markdown(&format!("{VAULT_SCHEME}{}", escaped(name)), alt, replaced);
}

/// Returns the Markdown target of a file of the post's own asset folder.
pub(super) fn asset_reference(name: &str) -> String {
    format!("{ASSET_SCHEME}{}", escaped(name))
}

fn escaped(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn push_markdown(target: &str, alt: &str, replaced: &mut String) {
    replaced.push_str("![");
    for c in alt.chars() {
        if c.is_ascii_punctuation() {
            replaced.push('\\');
        }
        replaced.push(c);
    }
    replaced.push_str(&format!("]({target})"));
}
