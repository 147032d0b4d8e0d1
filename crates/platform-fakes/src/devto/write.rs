//! Creates, updates and unpublishes articles.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::devto::article::Article;
use crate::devto::errors::{error, invalid, not_found, unauthorized};
use crate::devto::liquid::LiquidError;
use crate::devto::server::{Devto, MODERATOR_KEY};
use crate::devto::{body, entities, fields, front_matter, liquid, validate};
use crate::request::Request;

/// Handles `POST /api/articles`. An article is a draft unless it says otherwise.
pub(super) fn create(
    devto: &mut Devto,
    request: &Request,
    author: &str,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let sent = body::article(devto, request)?;
    let mut article = Article {
        id: 0,
        author: author.to_owned(),
        title: String::new(),
        body_markdown: String::new(),
        liquid_error: None,
        published: false,
        tags: Vec::new(),
        canonical_url: None,
        description: String::new(),
        main_image: None,
        series: None,
        organization_id: None,
        slug: String::new(),
        created_at: now,
        published_at: None,
        edited_at: None,
    };
    devto.fill(&mut article, &sent, true, now)?;
    article.id = devto.next_id();
    article.slug = slug(&article);
    let created = Answer::json(201, &entities::detail(&article, base_url))
        .with("location", &entities::url(&article, base_url));
    devto.articles.push(article);
    Ok(created)
}

/// Handles `PUT /api/articles/:id`.
pub(super) fn update(
    devto: &mut Devto,
    request: &Request,
    id: &str,
    author: &str,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let sent = body::article(devto, request)?;
    let id: u64 = id.parse().map_err(|_| not_found())?;
    let mut articles = devto.articles.iter();
    let own = articles.find(|article| article.id == id && article.author == author);
    let mut article = own.cloned().ok_or_else(not_found)?;
    let was_public = article.published;
    devto.fill(&mut article, &sent, false, now)?;
    if was_public && article.published {
        article.edited_at = Some(now);
    }
    if article.published && !was_public {
        article.slug = slug(&article);
    }
    let answer = Answer::json(200, &entities::detail(&article, base_url));
    for kept in &mut devto.articles {
        if kept.id == id {
            *kept = article.clone();
        }
    }
    Ok(answer)
}

/// Handles `PUT /api/articles/:id/unpublish`, which is for moderators.
pub(super) fn unpublish(devto: &mut Devto, request: &Request, id: &str) -> Result<Answer, Answer> {
    let id: u64 = id.parse().map_err(|_| not_found())?;
    let mut articles = devto.articles.iter_mut();
    let article = articles.find(|article| article.id == id);
    let article = article.ok_or_else(not_found)?;
    if request.header("api-key") != Some(MODERATOR_KEY) || !article.published {
        return Err(unauthorized());
    }
    article.published = false;
    Ok(Answer::empty(204))
}

impl Devto {
    /// Applies a request to an article and checks the result.
    fn fill(
        &self,
        article: &mut Article,
        sent: &Map<String, Value>,
        is_new: bool,
        now: Timestamp,
    ) -> Result<(), Answer> {
        let body = sent.get("body_markdown");
        if body.is_some_and(Value::is_null) || (is_new && body.is_none()) {
            return Err(error(
                422,
                "Body markdown is too short (minimum is 0 characters)",
            ));
        }
        fields::apply_request(article, sent);
        let text = article.body_markdown.clone();
        let mut faults = Vec::new();
        article.liquid_error = None;
        match front_matter::split(&text) {
            Err(fault) => faults.push(fault),
            Ok(body) => {
                fields::apply_front_matter(article, &body);
                match liquid::check(body.content) {
                    Ok(()) => {}
                    Err(LiquidError::Published(fault)) if self.settings.is_lenient => {
                        article.liquid_error = Some(fault);
                    }
                    Err(LiquidError::Refused(fault) | LiquidError::Published(fault)) => {
                        faults.push(fault);
                    }
                }
            }
        }
        faults.extend(validate::faults(self, article, is_new, now));
        if !faults.is_empty() {
            return Err(invalid(&faults));
        }
        if article.published && article.published_at.is_none() {
            article.published_at = Some(now);
        }
        Ok(())
    }
}

/// Returns the slug: that of a draft is temporary and changes when it is published.
fn slug(article: &Article) -> String {
    let mut slug = String::new();
    for word in article.title.split(|c: char| !c.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            slug.push_str(&word.to_ascii_lowercase());
            slug.push('-');
        }
    }
    if article.published {
        format!("{slug}{:x}", article.id)
    } else {
        format!("{slug}temp-slug-{}", article.id)
    }
}
