//! Renders the page that asks a member for consent. Its buttons are links, because the pages of the
//! sandbox must not submit forms.

use loopback_page::Escaped;

use super::request::AuthorizationRequest;
use crate::members::{MEMBERS, member_name};
use crate::page_frame::{PageTab, frame};

/// Renders the question of `request`, whose unchanged query is `query`.
pub(crate) fn question(request: &AuthorizationRequest, query: &str) -> String {
    let scopes: String = request
        .scopes
        .iter()
        .map(|scope| {
            format!(
                "<li>{} <code>{}</code></li>",
                meaning(scope),
                Escaped(scope)
            )
        })
        .collect();
    let asked: Vec<&str> = match &request.member {
        Some(member) => vec![member],
        None => MEMBERS.iter().map(|(sub, _)| *sub).collect(),
    };
    let members: String = asked
        .iter()
        .map(|sub| {
            // The first `member` in a query wins, so the button overrides the one in the request.
            format!(
                "<a class=\"button\" href=\"/oauth/v2/authorization/allow?member={sub}&amp;{}\">\
                 Allow as {}</a>",
                Escaped(query),
                Escaped(&member_name(sub).join(" "))
            )
        })
        .collect();
    frame(
        PageTab::SignIn,
        "",
        &format!(
            "<main class=\"wide\"><section class=\"card consent\"><h1>{} would like to:</h1>\
             <ul>{scopes}</ul><p class=\"buttons\">{members}\
             <a class=\"button quiet\" href=\"/oauth/v2/authorization/cancel?{}\">Cancel</a></p>\
             <p class=\"muted\">The members exist only in this sandbox. No real account is used.</p></section></main>",
            Escaped(&request.client),
            Escaped(query),
        ),
    )
}

/// Renders the page for an invalid request.
pub(crate) fn fault(fault: &str) -> String {
    frame(
        PageTab::SignIn,
        "",
        &format!(
            "<main class=\"wide\"><section class=\"card consent\"><h1>Invalid sign-in request</h1>\
             <p>{}</p><p class=\"muted\">LinkedIn shows such an error here and does not redirect to the app.</p>\
             </section></main>",
            Escaped(fault)
        ),
    )
}

fn meaning(scope: &str) -> &'static str {
    match scope {
        "openid" => "Know who you are",
        "profile" | "r_basicprofile" => "Use your name and photo",
        "email" => "Use your email address",
        "w_member_social" => "Create, change and delete posts on your behalf",
        "r_member_social" => "Read your posts",
        "w_organization_social" => "Create, change and delete posts of your pages",
        "r_organization_social" => "Read the posts of your pages",
        _ => "See your roles on pages",
    }
}
