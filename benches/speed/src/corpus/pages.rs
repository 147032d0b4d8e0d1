//! Built pages of about 30 KB, with Open Graph, Twitter and JSON-LD in the head.

use super::posts::{Post, Vocabulary};
use super::random::Random;

/// Minimum size of a page, in bytes.
const SIZE: usize = 29_500;

/// Returns the built page of `post`.
pub(super) fn render(post: &Post, words: &Vocabulary, random: &mut Random) -> String {
    let mut page = head(post);
    page.push_str("<body><header><nav>");
    for section in 0..20 {
        page.push_str(&format!("<a href=\"/s/{section}/\">Section {section}</a>"));
    }
    page.push_str(&format!(
        "</nav></header><main><article><h1>{}</h1><time datetime=\"{}\">{}</time>\n",
        escape(&post.title),
        post.date,
        &post.date[..10]
    ));
    while page.len() < SIZE {
        if random.in_percent(85) {
            page.push_str(&format!("<p>{}</p>\n", words.paragraph(random)));
        } else {
            page.push_str(&format!(
                "<div class=\"c{}\"><a href=\"/x/{}/\">{}</a><img src=\"/img/{}.jpg\" alt=\"x\"></div>\n",
                random.between(0, 35), random.between(0, 100), words.sentence(usize::MAX, random), random.between(0, 50)
            ));
        }
    }
    page.push_str("</article></main><footer>© Example</footer><script src=\"/main.js\"></script></body></html>\n");
    page
}

fn head(post: &Post) -> String {
    let Post {
        date,
        slug,
        description,
        tags,
        image,
        ..
    } = post;
    let title = escape(&post.title);
    let url = format!("https://example.org/posts/{slug}/");
    let image = format!("https://example.org{image}");
    let tags: String = tags
        .iter()
        .map(|tag| format!("<meta property=\"article:tag\" content=\"{tag}\">"))
        .collect();
    let styles: String = (0..35)
        .map(|class| format!(".c{class}{{margin:{class}px;color:#{class:06x}}}"))
        .collect();
    let linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "BlogPosting", "headline": post.title, "datePublished": date,
        "author": {"@type": "Person", "name": "Ann Example"}, "image": image, "description": description,
        "mainEntityOfPage": url,
    });
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} | Example</title>\
         <meta name=\"description\" content=\"{description}\"><link rel=\"canonical\" href=\"{url}\">\n\
         <meta property=\"og:type\" content=\"article\"><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"{description}\"><meta property=\"og:url\" content=\"{url}\">\
         <meta property=\"og:image\" content=\"{image}\"><meta property=\"og:image:width\" content=\"1200\">\
         <meta property=\"og:site_name\" content=\"Example\">\n\
         <meta property=\"article:published_time\" content=\"{date}\">{tags}\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\"><meta name=\"twitter:title\" content=\"{title}\">\
         <meta name=\"twitter:description\" content=\"{description}\"><meta name=\"twitter:image\" content=\"{image}\">\n\
         <link rel=\"stylesheet\" href=\"/css/main.css\"><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/index.xml\">\
         <style>{styles}</style>\n<script type=\"application/ld+json\">{linked_data}</script>\n\
         <script>window.x=function(a){{if(a<3){{return \"</div>\"}}}};</script></head>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}
