//! The base URL that replaces scheme and host of a platform, for a proxy, a test or a server of one's own.

use syndicate_api::{Endpoint, Error, PlainHttp, Result};

/// The hosts that receive secrets over `http`.
pub(crate) const PLAIN_HTTP: PlainHttp = PlainHttp::PrivateNetworks;

/// Returns the endpoint of an option that was validated, or else `default`.
///
/// # Errors
/// Returns an error if the option is invalid.
pub(crate) fn endpoint_or(option: Option<&String>, default: &str) -> Result<Endpoint> {
    let text = option.map_or(default, String::as_str);
    Endpoint::parse(text, PLAIN_HTTP).map_err(|reason| Error::msg(format!("`endpoint` {reason}")))
}
