//! The OAuth scopes for each kind of author. An app for members has the products "Share on
//! LinkedIn" and "Sign In with LinkedIn using OpenID Connect". An app for pages has only "Community
//! Management API", because LinkedIn grants that product only to an app without other products.
//! Therefore the member of a page's token is looked up in another way.

use crate::author::Author;
use crate::urn;

/// The scope to post as a member.
pub(crate) const MEMBER: &str = "w_member_social";

/// The scope to post as a page.
pub(crate) const PAGE: &str = "w_organization_social";

/// Scopes each of which allows reading the member's roles on pages.
pub(crate) const READ_ROLES: &[&str] = &["r_organization_admin", "rw_organization_admin"];

/// The scope to read the member of the token with OpenID Connect.
pub(crate) const OPENID: &str = "openid";

/// Returns the scopes to request at sign-in.
pub(crate) fn for_login(author: &Author) -> &'static [&'static str] {
    if is_page(author) {
        &["r_basicprofile", "r_organization_admin", PAGE]
    } else {
        &[OPENID, "profile", MEMBER]
    }
}

/// Returns the scope that is required to post.
pub(crate) fn post_scope(author: &Author) -> &'static str {
    if is_page(author) { PAGE } else { MEMBER }
}

/// Returns the hint if the token lacks that scope.
pub(crate) fn missing_scope_hint(author: &Author, login: &str) -> String {
    if is_page(author) {
        format!(
            "use an app whose only product is \"Community Management API\", which is required to post \
             for a page; then run {login}"
        )
    } else {
        format!(
            "add the product \"Share on LinkedIn\" to the app at \
             https://www.linkedin.com/developers/apps, then run {login}; the old token does not \
             get the new scope"
        )
    }
}

pub(crate) fn is_page(author: &Author) -> bool {
    matches!(author, Author::Urn(urn) if urn::is_page(urn))
}
