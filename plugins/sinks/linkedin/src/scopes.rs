//! Scopes, by who posts. An app for members has the products "Share on LinkedIn" and "Sign In with
//! LinkedIn using OpenID Connect"; an app for pages has "Community Management API" and nothing else,
//! as LinkedIn gives that product only to an app without any other. So a page's token says whose it
//! is in another way than a member's.

use crate::author::Author;
use crate::urn;

/// What lets a member post.
pub(crate) const MEMBER: &str = "w_member_social";

/// What lets a page post.
pub(crate) const PAGE: &str = "w_organization_social";

/// Any of these tells on which pages a member has a role.
pub(crate) const READ_ROLES: &[&str] = &["r_organization_admin", "rw_organization_admin"];

/// What says whose token it is, by OpenID Connect.
pub(crate) const OPENID: &str = "openid";

/// What to do without a token.
pub(crate) const TOKEN_HINT: &str = "`syndicate auth login linkedin` gets one; where nobody can sign \
    in, make one with the scopes `openid`, `profile` and `w_member_social` at \
    https://www.linkedin.com/developers/tools/oauth/token-generator and put it where the sink's \
    `token` looks, by default into `LINKEDIN_ACCESS_TOKEN`";

/// What to ask for.
pub(crate) fn for_login(author: &Author) -> &'static [&'static str] {
    if is_page(author) {
        &["r_basicprofile", "r_organization_admin", PAGE]
    } else {
        &[OPENID, "profile", MEMBER]
    }
}

/// What posting takes.
pub(crate) fn post_scope(author: &Author) -> &'static str {
    if is_page(author) { PAGE } else { MEMBER }
}

/// What to do when that is missing.
pub(crate) fn missing_scope_hint(author: &Author, login: &str) -> String {
    if is_page(author) {
        format!(
            "posting for a page takes an app whose only product is \"Community Management API\"; \
             then sign in with that app: {login}"
        )
    } else {
        format!(
            "add the product \"Share on LinkedIn\" to the app at \
             https://www.linkedin.com/developers/apps, then sign in again, as a token from before \
             lacks it: {login}"
        )
    }
}

pub(crate) fn is_page(author: &Author) -> bool {
    matches!(author, Author::Urn(urn) if urn::is_page(urn))
}
