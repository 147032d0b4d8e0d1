//! An article as the server keeps it.

use jiff::Timestamp;

/// An article, published or not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Article {
    /// The identifier.
    pub id: u64,
    /// The name of the author.
    pub author: String,
    /// The title.
    pub title: String,
    /// The body as sent, with its front matter.
    pub body_markdown: String,
    /// The reason why the body cannot be rendered. Forem shows it as the text of the article.
    pub liquid_error: Option<String>,
    /// `true` if it is public.
    pub published: bool,
    /// The tags in lower case.
    pub tags: Vec<String>,
    /// The canonical URL.
    pub canonical_url: Option<String>,
    /// The description; the start of the body by default.
    pub description: String,
    /// The URL of the cover.
    pub main_image: Option<String>,
    /// The series.
    pub series: Option<String>,
    /// The organization.
    pub organization_id: Option<u64>,
    /// The part of the URL.
    pub slug: String,
    /// The time of the request that created it.
    pub created_at: Timestamp,
    /// The time of the first publication.
    pub published_at: Option<Timestamp>,
    /// The time of the last change after the publication.
    pub edited_at: Option<Timestamp>,
}
