//! Who posts. `me` is looked up once for each token and remembered: the answer of LinkedIn's
//! "Sign In with LinkedIn using OpenID Connect" names the member by a subject that is part of the
//! member's URN.

use serde_json::Value;
use syndicate_api::{Code, PublishError, PublishErrorKind};

use crate::client::Client;
use crate::errors::{self, Step};
use crate::urn;

/// The slot that `me` leaves open in a payload.
pub(crate) const AUTHOR_SLOT: &str = "author";

/// Who posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    /// The member that the token belongs to.
    Me,
    /// This member or page.
    Urn(String),
}

impl Author {
    /// Reads the option `author`.
    ///
    /// # Errors
    /// What to write instead.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text == "me" {
            Ok(Self::Me)
        } else if urn::is_author(text) {
            Ok(Self::Urn(text.to_owned()))
        } else if text.matches("urn:li:").count() > 1 {
            Err("the prefix stands there twice; write it once, such as `urn:li:person:782bbtaQ`")
        } else {
            Err("`me`, `urn:li:person:…` or `urn:li:organization:…`")
        }
    }

    /// The URN, asking LinkedIn for that of `me` unless it is remembered.
    ///
    /// # Errors
    /// When LinkedIn does not tell.
    pub(crate) async fn resolve(&self, client: &Client<'_>) -> Result<String, PublishError> {
        match (self, client.account()) {
            (Self::Urn(urn), _) => Ok(urn.clone()),
            // Whoever signed in was asked for then.
            (Self::Me, Some(account)) => Ok(account.to_owned()),
            (Self::Me, None) => {
                let key = format!("linkedin.author {}", client.identity());
                let remembered = client.cx.memory.recall(&key);
                if let Some(urn) = remembered.filter(|urn| urn::is_author(urn)) {
                    return Ok(urn);
                }
                let urn = ask(client).await?;
                client.cx.memory.remember(&key, &urn);
                Ok(urn)
            }
        }
    }
}

async fn ask(client: &Client<'_>) -> Result<String, PublishError> {
    let answer = client.who_am_i().await;
    let answer = errors::accepted(client, Step::WhoAmI, answer).map_err(|error| {
        if error.code == Code::Forbidden {
            // A token that may post need not be one that may say whose it is.
            error.hinted(
                "get a token by `syndicate auth login linkedin`, or make one with the scopes `openid` \
                 and `profile` too, or write your URN, `urn:li:person:…`, into the sink's `author`",
            )
        } else {
            error
        }
    })?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let subject = body.get("sub").and_then(Value::as_str);
    subject.and_then(urn::person).ok_or_else(|| {
        let message = "cannot find out whose token it is: the answer names nobody";
        PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
            .hinted("does `endpoint` lead to LinkedIn's API?")
    })
}
