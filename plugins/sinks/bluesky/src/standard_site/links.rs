//! The links and the file by which a site confirms its records on standard.site. The keys of the records are computed,
//! so these are known before anything is published.

use syndicate_api::{Code, Diagnostic, PageLink, ServerInfo, SiteFile};

use super::names::{document_key, publication_key};
use super::options::StandardSite;
use crate::identifier::{DOCUMENTS, PUBLICATIONS, RecordAddress, is_did};

/// The name of the value with the DID of the account in [`ServerInfo`].
pub(crate) const DID: &str = "did";

/// The file that names the publication.
const WELL_KNOWN: &str = ".well-known/site.standard.publication";

/// Returns the links of the page of the item with this stable key.
///
/// # Errors
/// Returns a diagnostic if the DID of `account` is not known.
pub(crate) fn page_links(
    site: &StandardSite,
    account: &str,
    key: &str,
    info: &ServerInfo,
) -> Result<Vec<PageLink>, Diagnostic> {
    let did = did(account, info)?;
    let document = RecordAddress::new(did, DOCUMENTS, document_key(key)).uri();
    let link = |rel: &'static str, href: String| PageLink {
        rel: rel.into(),
        href,
    };
    Ok(vec![
        link(DOCUMENTS, document),
        link(PUBLICATIONS, publication(site, did)),
    ])
}

/// Returns the file that names the publication.
///
/// # Errors
/// Returns a diagnostic if the DID of `account` is not known.
pub(crate) fn site_files(
    site: &StandardSite,
    account: &str,
    info: &ServerInfo,
) -> Result<Vec<SiteFile>, Diagnostic> {
    Ok(vec![SiteFile {
        path: WELL_KNOWN.into(),
        text: publication(site, did(account, info)?),
    }])
}

fn publication(site: &StandardSite, did: &str) -> String {
    let own = || RecordAddress::new(did, PUBLICATIONS, publication_key(site.base())).uri();
    site.publication.clone().unwrap_or_else(own)
}

fn did<'a>(account: &'a str, info: &'a ServerInfo) -> Result<&'a str, Diagnostic> {
    let known = if is_did(account) {
        Some(account)
    } else {
        info.text(DID)
    };
    known.ok_or_else(|| {
        let message = format!("the DID of `{account}` is not known");
        let hint = "run the command with network access, or set `handle` to the DID of the account";
        Diagnostic::new(Code::CommandFailed, message).with_hint(hint)
    })
}
