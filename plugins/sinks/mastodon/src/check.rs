//! The checks of `syndicate check`.

use syndicate_api::{Account, Diagnostic, Endpoint, Finding, PublishError, ServerInfo};

use crate::client::Client;
use crate::listing::fetch_page;
use crate::options::{Options, Visibility};
use crate::server_limits::{ServerLimits, key};
use crate::{account, discover, software};

/// Returns the findings that need no request. `token` is the account of a stored login, `None` for a token of the
/// options, or the reason why none can be used.
pub(crate) fn check(
    options: &Options,
    endpoint: &Endpoint,
    token: Result<Option<Account>, PublishError>,
) -> Vec<Finding> {
    let host = endpoint.host();
    let audience = options.visibility.as_api_str();
    let mut findings = vec![match token {
        Ok(None) => Finding::Passed(format!("found a token for `{host}`")),
        Ok(Some(account)) => Finding::Passed(format!(
            "the profile `{}` is signed in as {}",
            options.profile, account.name
        )),
        Err(error) => failed(error),
    }];
    findings.push(Finding::Passed(format!(
        "sends posts with the audience `{audience}`"
    )));
    if options.visibility == Visibility::Direct {
        findings.push(Finding::Warning {
            message: "only mentioned accounts can read the posts".to_owned(),
            hint: "set `visibility` to `public`, or mention accounts in the template".to_owned(),
        });
    }
    findings
}

/// Returns the findings that the server confirms. It creates nothing.
pub(crate) async fn check_online(client: &Client<'_>) -> Vec<Finding> {
    let account = match account::fetch(client).await {
        Ok(account) => account,
        Err(error) => return vec![failed(error)],
    };
    let mut findings = vec![Finding::Passed(format!(
        "the token belongs to {}",
        account.name
    ))];
    findings.push(match fetch_page(client, &account.id, None).await {
        Ok(_) => Finding::Passed("the token may read the account's posts".to_owned()),
        Err(error) => Finding::Warning {
            message: format!("a lost answer cannot be resolved by reading the posts: {error}"),
            hint: "create a token that also has the scope `read:statuses`".to_owned(),
        },
    });
    findings.push(match discover::discover(client).await {
        Ok(info) => describe_server(&info),
        Err(error) => failed(error),
    });
    findings
}

fn describe_server(info: &ServerInfo) -> Finding {
    let limits = ServerLimits::of(info);
    let name = info.text(key::SOFTWARE).unwrap_or("unknown software");
    let repeats = match software::is_keyed(name) {
        true => "recognises a repeated request",
        false => {
            "does not recognise a repeated request, so that a lost answer is resolved by reading the posts"
        }
    };
    Finding::Passed(format!(
        "the server runs {name}; a post may have {} characters, of which a link takes {}; the server {repeats}",
        limits.max_characters, limits.url_length
    ))
}

fn failed(error: PublishError) -> Finding {
    Finding::Failed(Diagnostic::from(error))
}
