//! The look of the cards, with the files that it needs.

use std::path::Path;

use card_renderer::{CardDesign, Fonts, Logo, Template};
use syndicate_api::{Diagnostic, Result, sha256_hex};

use crate::files;
use crate::options::Options;

/// The value of `fonts` for the installed fonts.
const SYSTEM: &str = "system";

/// The look of the cards.
#[derive(Debug)]
pub(crate) struct Design {
    pub(crate) design: CardDesign,
    pub(crate) fonts: Fonts,
    /// `true` if the fonts of this machine are used.
    pub(crate) uses_system_fonts: bool,
    /// A digest of the look: of the options, and of the content of the files. A built-in template counts by its name, so
    /// that a better version of it does not mark sent posts as changed.
    pub(crate) digest: String,
}

impl Design {
    /// Reads the files of `options`, whose values are valid.
    ///
    /// # Errors
    /// Returns an error of the option whose file is missing or unusable.
    pub(crate) fn load(options: &Options, base: &Path) -> Result<Self> {
        let mut inputs = vec![format!("{:?}", options.pixels())];
        let name = options.template.as_deref().unwrap_or(Template::NAMES[0]);
        let template = template(name, base, &mut inputs)?;
        let logo = match &options.logo {
            Some(path) => Some(logo(path, base, &mut inputs)?),
            None => None,
        };
        let fonts = fonts(&options.fonts, base, &mut inputs)?;
        if let Some(font) = options.font.as_ref().filter(|font| !fonts.has_family(font)) {
            let message = format!("none of the `fonts` has the family name `{font}`");
            let fault = Diagnostic::option(&["font"], message);
            return Err(fault
                .with_hint(format!(
                    "add its file to `fonts`, which have {}",
                    fonts.families()
                ))
                .into());
        }
        inputs.push(format!(
            "{:?} {:?} {:?} {:?}",
            options.background, options.text, options.accent, options.font
        ));
        let colour = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        Ok(Self {
            design: CardDesign {
                template,
                size: options.pixels().unwrap_or((1200, 627)),
                background: options
                    .background
                    .iter()
                    .filter_map(|it| it.parse().ok())
                    .collect(),
                text: colour(&options.text),
                accent: colour(&options.accent),
                font: options.font.clone(),
                logo,
            },
            fonts,
            uses_system_fonts: options.fonts.iter().any(|font| font == SYSTEM),
            digest: sha256_hex(inputs.join("\n").as_bytes()),
        })
    }
}

fn template(name: &str, base: &Path, inputs: &mut Vec<String>) -> Result<Template> {
    if let Some(built_in) = Template::built_in(name) {
        inputs.push(name.to_owned());
        return Ok(built_in);
    }
    let bytes = files::read(base, name, "template")?;
    inputs.push(sha256_hex(&bytes));
    let svg = String::from_utf8_lossy(&bytes);
    let parsed = Template::parse(&svg);
    Ok(parsed.map_err(|error| {
        let fault = Diagnostic::option(&["template"], format!("`{name}` {error}"));
        fault.with_hint("see the section on templates of cards in docs/cards.md")
    })?)
}

fn logo(path: &str, base: &Path, inputs: &mut Vec<String>) -> Result<Logo> {
    let bytes = files::read(base, path, "logo")?;
    inputs.push(sha256_hex(&bytes));
    let logo = Logo::new(&bytes);
    Ok(logo.map_err(|error| {
        let fault = Diagnostic::option(&["logo"], format!("`{path}` {error}"));
        fault.with_hint("save it as SVG or PNG")
    })?)
}

fn fonts(paths: &[String], base: &Path, inputs: &mut Vec<String>) -> Result<Fonts> {
    let mut fonts = Fonts::new();
    for path in paths {
        if path == SYSTEM {
            fonts.add_system();
            inputs.push(SYSTEM.to_owned());
            continue;
        }
        let bytes = files::read(base, path, "fonts")?;
        inputs.push(sha256_hex(&bytes));
        fonts.add(bytes).map_err(|error| {
            let fault = Diagnostic::option(&["fonts"], format!("`{path}` {error}"));
            fault.with_hint("use a TTF, OTF or TTC file")
        })?;
    }
    Ok(fonts)
}
