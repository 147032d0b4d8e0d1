//! Adds the parameters to a link.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use syndicate_api::{Item, Result, Transform, TransformOutcome};
use url::form_urlencoded;

/// The characters that are encoded in a value: all but the unreserved ones of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(crate) struct Utm {
    /// The names of the parameters, each with its encoded value.
    parameters: Vec<(String, String)>,
}

impl Utm {
    pub(crate) fn new(parameters: &[(&str, &str)]) -> Self {
        let encoded = |value: &str| utf8_percent_encode(value, ENCODED).to_string();
        let parameters = parameters.iter();
        Self {
            parameters: parameters
                .map(|(name, value)| ((*name).to_owned(), encoded(value)))
                .collect(),
        }
    }

    /// Returns `link` with the parameters that it lacks. The rest of it stays as it is, to the byte.
    pub(crate) fn with_parameters(&self, link: &str) -> String {
        let (address, fragment) = match link.find('#') {
            Some(at) => link.split_at(at),
            None => (link, ""),
        };
        let query = address.split_once('?').map(|(_, query)| query);
        let has = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
            pairs.any(|(key, _)| key == name)
        };
        let mut changed = address.to_owned();
        let mut separator = match query {
            None => "?",
            Some(query) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        for (name, value) in self.parameters.iter().filter(|(name, _)| !has(name)) {
            changed.push_str(&format!("{separator}{name}={value}"));
            separator = "&";
        }
        changed + fragment
    }
}

impl Transform for Utm {
    fn apply(&self, mut item: Item) -> Result<TransformOutcome> {
        let link = item.link.as_ref().or(item.url.as_ref());
        item.link = link.map(|link| self.with_parameters(link));
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}
