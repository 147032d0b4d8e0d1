//! Parses the picture that a front matter value names. Authors paste the notations of texts there:
//! embeds, whole Markdown pictures, template expressions.

use super::picture::Picture;
use super::picture_notation::{Embed, fill_templates, without_attributes, without_size};
use super::prose::read;
use super::tags::looks_like_picture;
use crate::urls;

/// A picture in a front matter value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WrittenPicture {
    /// A picture with a known URL or path.
    Picture(Picture),
    /// An expression of the generator's templates, which cannot be evaluated.
    Unreadable(String),
}

/// Parses the picture that a front matter value names; returns `None` if it names none.
pub(crate) fn parse_picture_value(text: &str) -> Option<WrittenPicture> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if let Some(embed) = whole_embed(text) {
        return Some(WrittenPicture::Picture(embed));
    }
    if text.starts_with(['!', '<', '[']) {
        let shown = read(text).pictures.into_iter().next();
        let bare = text.trim_start_matches('<').trim_end_matches('>');
        if shown.is_some() || !looks_like_picture(bare) {
            return shown.map(WrittenPicture::Picture);
        }
        return Some(WrittenPicture::Picture(Picture::at(bare)));
    }
    let Some(filled) = fill_templates(text) else {
        return Some(WrittenPicture::Unreadable(text.to_owned()));
    };
    let target = without_attributes(&filled);
    let target = without_size(target).trim();
    // Generators read backslashes in Windows paths as slashes.
    let target = match target.contains('\\') && !urls::is_remote(target) {
        true => target.replace('\\', "/"),
        false => target.to_owned(),
    };
    (!target.is_empty()).then(|| WrittenPicture::Picture(Picture::at(&target)))
}

/// Returns the picture of `[[NAME|SIZE]]`, with or without `!`, if `text` contains nothing else.
fn whole_embed(text: &str) -> Option<Picture> {
    let inside = text.trim_start_matches('!').strip_prefix("[[")?;
    let embed = Embed::read(inside.strip_suffix("]]")?);
    (!embed.name.is_empty()).then(|| Picture::of_vault(embed.name, embed.alt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_values_in_all_notations() {
        let at = |target: &str| Some(WrittenPicture::Picture(Picture::at(target)));
        for (text, target) in [
            ("p.png", "p.png"),
            (" \"p.png\" ", "p.png"),
            ("p.png =300x200", "p.png"),
            ("p.png{width=50%}", "p.png"),
            ("<p.png>", "p.png"),
            ("img\\p.png", "img/p.png"),
            ("{{ '/p.png' | relative_url }}", "/p.png"),
            ("{{ get_url(path=\"i/p.png\") }}", "i/p.png"),
            ("{{ site.url }}{{ site.baseurl }}/p.png", "/p.png"),
            ("{{site.baseurl}}/i/p.png", "/i/p.png"),
            ("{% link i/p.png %}", "i/p.png"),
            ("{{< ref \"p.png\" >}}", "p.png"),
            ("https://a.org/x=1.png", "https://a.org/x=1.png"),
        ] {
            assert_eq!(parse_picture_value(text), at(target), "{text}");
        }
        let embed = |name: &str, alt| Some(WrittenPicture::Picture(Picture::of_vault(name, alt)));
        assert_eq!(parse_picture_value("[[p.png]]"), embed("p.png", None));
        assert_eq!(
            parse_picture_value("![[i/p.png|300]]"),
            embed("i/p.png", None)
        );
        assert_eq!(
            parse_picture_value("[[p.png|A hill]]"),
            embed("p.png", Some("A hill"))
        );
        let Some(WrittenPicture::Picture(shown)) = parse_picture_value("![A hill](p.png)") else {
            panic!("it names a picture");
        };
        assert_eq!(
            (shown.target.as_str(), shown.alt.as_deref()),
            ("p.png", Some("A hill"))
        );
        assert_eq!(
            parse_picture_value("{{ page.cover }}"),
            Some(WrittenPicture::Unreadable("{{ page.cover }}".to_owned()))
        );
        assert_eq!(parse_picture_value(" "), None);
    }
}
