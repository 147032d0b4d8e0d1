//! The checks of `syndicate check`: offline the API key and the state of new articles, online the account.

use syndicate_api::{Diagnostic, Finding, PublishError};

use crate::account;
use crate::client::Client;
use crate::options::Options;

/// Returns the findings that need no request.
pub(crate) fn check(client: Result<Client<'_>, PublishError>, options: &Options) -> Vec<Finding> {
    let key = match client {
        Ok(_) => Finding::Passed("found an API key".to_owned()),
        Err(error) => failed(error),
    };
    let state = if options.publish {
        "publishes each article at once"
    } else {
        "creates drafts, which you publish on dev.to"
    };
    vec![key, Finding::Passed(state.to_owned())]
}

/// Returns the finding about the account of the API key.
pub(crate) async fn check_online(client: &Client<'_>) -> Vec<Finding> {
    vec![match account::fetch(client).await {
        Ok(account) => Finding::Passed(format!("posts as `@{}`", account.name)),
        Err(error) => failed(error),
    }]
}

fn failed(error: PublishError) -> Finding {
    Finding::Failed(Diagnostic::from(error))
}
