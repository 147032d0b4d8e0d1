//! Finds articles of the account: before an article is created, after an unclear answer, and by an address that a
//! user copied.

use syndicate_api::{
    Code, Endpoint, Found, FoundBy, ListPage, Listed, PublishError, PublishErrorKind, Receipt,
    Sought,
};

use crate::account;
use crate::article_path::path_on;
use crate::client::Client;
use crate::compose::ArticleFields;
use crate::own_articles::{self, OwnArticle};

/// Returns the article that exists with this canonical URL, if any.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn by_canonical(
    client: &Client<'_>,
    url: &str,
) -> Result<Option<Receipt>, PublishError> {
    let own = own_articles::all(client).await?;
    let mut found = own.iter().filter(|article| article.has_canonical([url]));
    Ok(found.next().map(OwnArticle::receipt))
}

/// Looks for an article whose creation is unknown. An article with exactly the canonical URL, title and text that were
/// sent is the attempt's, because `prepare` saw no article with that URL directly before. An article that was published
/// before the attempt is not. A list without any article, or of another account, proves nothing.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn find(client: &Client<'_>, sought: &Sought<'_>) -> Result<Found, PublishError> {
    let create = sought.prepared.and_then(|prepared| prepared.create());
    let sent = create.map(|step| ArticleFields::of(&step.request));
    let links = sought.links.iter().map(String::as_str);
    let links: Vec<&str> = links
        .chain(sent.and_then(|sent| sent.canonical_url))
        .collect();
    if links.is_empty() {
        return Ok(Found::Unclear(
            "the post has no URL to search for".to_owned(),
        ));
    }
    let unclear = |reason: &str| Ok(Found::Unclear(reason.to_owned()));
    let account = account::get(client).await?.id;
    let owner = sought
        .prepared
        .and_then(|prepared| prepared.account.as_deref());
    if owner.is_some_and(|owner| owner != account) {
        return unclear("the API key now belongs to another account");
    }
    let own = own_articles::all(client).await?;
    if own.is_empty() {
        return unclear("the account lists no articles");
    }
    if own.iter().any(|article| article.is_of_other(&account)) {
        return unclear("the list has articles of another account");
    }
    let earliest = sought.earliest();
    let found: Vec<&OwnArticle> = own
        .iter()
        .filter(|article| article.has_canonical(links.iter().copied()))
        .collect();
    let is_sent =
        |article: &OwnArticle| sent.is_some_and(|sent| article.has_content(sent.title, sent.text));
    Ok(match &found[..] {
        [] => Found::NotThere,
        [article] if article.is_older(earliest) => Found::Unclear(
            "the article with this canonical URL was published before the request".to_owned(),
        ),
        [article] => Found::Here {
            receipt: article.receipt(),
            by: if is_sent(article) {
                FoundBy::Key
            } else {
                FoundBy::Link
            },
        },
        articles => Found::Unclear(format!(
            "{} articles of the account have this canonical URL",
            articles.len()
        )),
    })
}

/// Returns a page of the articles.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn list(
    client: &Client<'_>,
    from: Option<&str>,
) -> Result<ListPage, PublishError> {
    let number = match from {
        None => 1,
        Some(number) => number.parse().map_err(|_| {
            let message = format!("invalid page number `{}`", number.escape_debug());
            PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
        })?,
    };
    let articles = own_articles::page(client, number).await?;
    Ok(ListPage {
        next: (!articles.is_empty()).then(|| (number + 1).to_string()),
        posts: articles.into_iter().map(listed).collect(),
    })
}

fn listed(article: OwnArticle) -> Listed {
    Listed {
        receipt: article.receipt(),
        links: article.canonical_url.into_iter().collect(),
        title: Some(article.title),
    }
}

/// Returns the receipt of the account's article at `address`: its number or the URL of its page or editor.
///
/// # Errors
/// Returns `Rejected` if the account has no such article.
pub(crate) async fn locate(
    client: &Client<'_>,
    endpoint: &Endpoint,
    address: &str,
) -> Result<Receipt, PublishError> {
    let address = address.trim();
    let is_number = !address.is_empty() && address.bytes().all(|b| b.is_ascii_digit());
    let path = path_on(endpoint, address);
    let path = path
        .as_deref()
        .map(|path| path.strip_suffix("/edit").unwrap_or(path));
    if !is_number && path.is_none_or(str::is_empty) {
        let message = format!("invalid dev.to article `{}`", excerpt(address));
        return Err(rejected(message));
    }
    let own = own_articles::all(client).await?;
    let mut found = own.iter().filter(|article| match path {
        Some(path) => article.is_at(path),
        None => article.id == address,
    });
    match found.next() {
        Some(article) => Ok(article.receipt()),
        None => {
            let message = format!("the account has no article `{}`", excerpt(address));
            Err(rejected(message))
        }
    }
}

fn excerpt(address: &str) -> String {
    syndicate_api::text::excerpt(address, 200)
}

fn rejected(message: String) -> PublishError {
    let hint = "pass the number of an article of this account, or the URL of its page or editor, such as \
                `https://dev.to/jane/my-article-1a2b`";
    PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message).with_hint(hint)
}
