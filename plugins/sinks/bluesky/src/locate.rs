//! Finds the post at an address that a user copied.

use syndicate_api::{Code, Context, PublishError, Receipt};
use url::Url;

use crate::client::Client;
use crate::errors::rejected;
use crate::identifier::{POSTS, RecordAddress, is_did, is_handle, is_record_key, normalise};
use crate::identity::resolve_handle;
use crate::records;

/// Returns the receipt of the post at `address`: an `at://` URI or the URL of a post.
///
/// # Errors
/// Returns `Rejected` if it is not a post of this account.
pub(crate) async fn locate(
    cx: &Context,
    client: &Client,
    address: &str,
) -> Result<Receipt, PublishError> {
    let mut post = parse(address).ok_or_else(|| {
        let message = format!("invalid address `{}` of a post", address.escape_debug());
        rejected(Code::Unsupported, message).with_hint(
            "copy the link of the post, such as `https://bsky.app/profile/NAME/post/KEY`",
        )
    })?;
    let did = client.did(cx).await?;
    if is_handle(&post.repo) {
        let pds = &client.identity(cx).await?.pds;
        post.repo = resolve_handle(cx, pds, &post.repo).await?;
    }
    if post.repo != did {
        let message = format!(
            "the post belongs to `{}`, not to this sink's account `{did}`",
            post.repo
        );
        return Err(rejected(Code::OtherAccount, message));
    }
    match records::get(cx, client, &post).await? {
        Some(record) => Ok(record.receipt()),
        None => {
            let message = format!("the account has no post `{}`", post.rkey);
            Err(rejected(Code::Unsupported, message).with_hint("copy the link of an existing post"))
        }
    }
}

/// Parses the address of a post. Other programs for Bluesky have the same paths on other hosts.
fn parse(address: &str) -> Option<RecordAddress> {
    let address = address.trim();
    if address.starts_with("at://") {
        return RecordAddress::parse(address).filter(|post| post.collection == POSTS);
    }
    let url = Url::parse(address).ok()?;
    let segments: Vec<&str> = url
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    match *segments {
        ["profile", account, "post", rkey] if url.scheme() == "https" => {
            let account = normalise(account);
            let is_post = (is_did(&account) || is_handle(&account)) && is_record_key(rkey);
            is_post.then(|| RecordAddress::post(account, rkey))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_posts_are_parsed() {
        let post = |repo| Some(RecordAddress::post(repo, "3l2abc"));
        for (address, expected) in [
            (
                "at://did:plc:abc/app.bsky.feed.post/3l2abc",
                post("did:plc:abc"),
            ),
            (
                "at://jane.example/app.bsky.feed.post/3l2abc",
                post("jane.example"),
            ),
            (
                " https://bsky.app/profile/Jane.example/post/3l2abc\n",
                post("jane.example"),
            ),
            (
                "https://bsky.app/profile/did:plc:abc/post/3l2abc?x=y#z",
                post("did:plc:abc"),
            ),
            (
                "https://deer.social/profile/jane.example/post/3l2abc",
                post("jane.example"),
            ),
            ("at://did:plc:abc/app.bsky.feed.like/3l2abc", None),
            ("https://bsky.app/profile/jane.example", None),
            ("https://bsky.app/profile/jane/post/3l2abc", None),
            ("http://bsky.app/profile/jane.example/post/3l2abc", None),
            ("3l2abc", None),
        ] {
            assert_eq!(parse(address), expected, "{address}");
        }
    }
}
