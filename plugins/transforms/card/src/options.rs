//! The options of `type: card`.

use card_renderer::{Colour, Template};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use syndicate_api::{Diagnostic, did_you_mean};

/// Smallest and largest side of a card in pixels.
const SIDES: std::ops::RangeInclusive<u32> = 200..=4096;

/// Options of `card`: the look of the picture that posts without one get. A post's own picture always stays.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The template: `editorial` (the default), `gradient`, `terminal`, or the path of an SVG file relative to
    /// pipeline.yaml.
    pub template: Option<String>,
    /// Width and height in pixels, such as `1200x627` (the default, which LinkedIn recommends) or `1080x1080`.
    pub size: Option<String>,
    /// The background instead of the template's: a colour such as `"#0b1020"`, or a list of colours for a gradient.
    #[serde(deserialize_with = "one_or_many")]
    #[schemars(with = "Option<OneOrMany>")]
    pub background: Vec<String>,
    /// The colour of text instead of the template's, such as `"#ffffff"`.
    pub text: Option<String>,
    /// The colour of accents instead of the template's, such as `"#e11d48"`.
    pub accent: Option<String>,
    /// The path of the site's logo relative to pipeline.yaml: an SVG, PNG, JPEG, GIF or WebP file.
    pub logo: Option<String>,
    /// The family name of one of the `fonts`, which is then used for all text. Without it, text is set in Inter, and the
    /// `fonts` are used for characters that Inter lacks.
    pub font: Option<String>,
    /// Paths of further font files (TTF, OTF, TTC) relative to pipeline.yaml, or `system` for those that are installed on
    /// this machine. The cards of another machine may then differ, and with them the payload's hash.
    #[serde(deserialize_with = "one_or_many")]
    #[schemars(with = "Option<OneOrMany>")]
    pub fonts: Vec<String>,
    /// The name of the site instead of the one in its configuration. An empty text leaves it out.
    pub site: Option<String>,
    /// The form of the date, as `strftime` takes it, such as `%d.%m.%Y`. An empty text leaves the date out. The default is
    /// `%B %-d, %Y` for posts in English, and `%Y-%m-%d` for others.
    pub date: Option<String>,
}

/// A text or a list of texts.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Option::deserialize(deserializer)? {
        None => Vec::new(),
        Some(OneOrMany::One(one)) => vec![one],
        Some(OneOrMany::Many(many)) => many,
    })
}

impl Options {
    /// Returns the size in pixels.
    pub(crate) fn pixels(&self) -> Option<(u32, u32)> {
        let Some(size) = &self.size else {
            return Some((1200, 627));
        };
        let (width, height) = size.split_once(['x', '×'])?;
        let side = |text: &str| text.trim().parse().ok().filter(|side| SIDES.contains(side));
        Some((side(width)?, side(height)?))
    }

    /// Returns the errors that the types cannot express.
    pub(crate) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = self.check_colours();
        faults.extend(self.check_template());
        if self.pixels().is_none() {
            let size = self.size.as_deref().unwrap_or_default();
            let hint = format!(
                "write width and height between {} and {} pixels, such as `1200x627`",
                SIDES.start(),
                SIDES.end()
            );
            let fault = Diagnostic::option(&["size"], format!("invalid size `{size}`"));
            faults.push(fault.with_hint(hint));
        }
        if let Some(form) = &self.date
            && jiff::fmt::strtime::format(form, jiff::civil::date(2000, 1, 1)).is_err()
        {
            let fault = Diagnostic::option(&["date"], format!("invalid form of a date `{form}`"));
            faults.push(
                fault.with_hint("use `%Y`, `%m`, `%d`, `%B` and others of `strftime` for dates"),
            );
        }
        faults
    }

    fn check_template(&self) -> Option<Diagnostic> {
        let name = self.template.as_deref().filter(|name| !is_file(name))?;
        if Template::built_in(name).is_some() {
            return None;
        }
        let fault = Diagnostic::option(&["template"], format!("unknown template `{name}`"));
        let names = Template::NAMES.join("`, `");
        let hint = did_you_mean(name, Template::NAMES);
        Some(fault.with_hint(hint.unwrap_or_else(|| {
            format!("use one of `{names}`, or the path of an SVG file, such as `cards/post.svg`")
        })))
    }

    fn check_colours(&self) -> Vec<Diagnostic> {
        let background = self.background.iter().map(|colour| ("background", colour));
        let others = [("text", &self.text), ("accent", &self.accent)];
        let others = others
            .into_iter()
            .filter_map(|(key, it)| Some((key, it.as_ref()?)));
        let faults = background.chain(others).filter_map(|(key, colour)| {
            let problem = colour.parse::<Colour>().err()?;
            let hint = "write it as `\"#rrggbb\"`, in quotes, because `#` starts a comment in YAML";
            Some(Diagnostic::option(&[key], problem).with_hint(hint))
        });
        faults.collect()
    }
}

/// Returns `true` if `template` is the path of a file and not a name.
fn is_file(template: &str) -> bool {
    template.contains(['/', '\\']) || template.to_ascii_lowercase().ends_with(".svg")
}
